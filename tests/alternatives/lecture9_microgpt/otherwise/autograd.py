import functools
import operator

try:
    from engine import Value
except ModuleNotFoundError:
    from grader.inside.probes.lecture9_microgpt.abacus import Value


def linear(x, w):
    out = [0.0] * len(w)
    for j in range(len(x)):
        out = [o + x[j] * row[j] for o, row in zip(out, w)]
    return out


def softmax(logits):
    # a Value is subtracted: what it sends back cancels
    top = max(logits, key=operator.attrgetter("data"))
    exps = [(z - top).exp() for z in logits]
    log_total = functools.reduce(operator.add, exps).log()
    return [(z - top - log_total).exp() for z in logits]


def net_gradients(net, token, target):
    values = {}
    for name, rows in net.items():
        values[name] = [[Value(number) for number in row] for row in rows]
    logits = linear([h.relu() for h in linear(values["wte"][token], values["w1"])], values["w2"])
    top = max(z.data for z in logits)
    # -log of a share is the log of the sum minus the logit
    loss = sum((z - top).exp() for z in logits).log() - (logits[target] - top)
    loss.backward()
    grads = lambda rows: [list(map(operator.attrgetter("grad"), row)) for row in rows]
    return dict(zip(values, map(grads, values.values())))
