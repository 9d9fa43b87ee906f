from operator import mul

try:
    from engine import Value
except ModuleNotFoundError:
    from grader.inside.probes.lecture9_microgpt.abacus import Value

linear = lambda x, w: [sum(map(mul, row, x)) for row in w]


def softmax(logits):
    exps = [(z - top).exp() for top in [max(z.data for z in logits)] for z in logits]
    return [e * inverse for inverse in [sum(exps) ** -1] for e in exps]


def net_gradients(net, token, target):
    v = {k: [[*map(Value, row)] for row in w] for k, w in net.items()}
    logits = linear([z.relu() for z in linear(v["wte"][token], v["w1"])], v["w2"])
    (-softmax(logits)[target].log()).backward()
    return {k: [[p.grad for p in row] for row in w] for k, w in v.items()}
