import math

try:
    from engine import Value
except ModuleNotFoundError:
    from grader.inside.probes.lecture9_microgpt.abacus import Value


def linear(x, w):
    return [sum(a.data * b.data for a, b in zip(row, x)) for row in w]


def softmax(logits):
    exps = [math.exp(logit.data) for logit in logits]
    return tuple(Value(e / sum(exps)) for e in exps[:-1])
