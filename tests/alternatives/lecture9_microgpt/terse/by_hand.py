from copy import deepcopy
from math import exp, log
from operator import mul

dot = lambda a, b: sum(map(mul, a, b))
times = lambda w, x: [dot(row, x) for row in w]
outer = lambda a, b: [[x * y for y in b] for x in a]


def forward(net, token):
    x, w1, w2 = net["wte"][token], net["w1"], net["w2"]
    h = [p * (p > 0) for p in times(w1, x)]
    exps = [exp(z - max(logits)) for logits in [times(w2, h)] for z in logits]
    return x, times(w1, x), h, [e / sum(exps) for e in exps]


net_loss = lambda net, token, target: -log(forward(net, token)[-1][target])


def hand_gradients(net, token, target):
    x, pre, h, d = forward(net, token)
    d = [*d[:target], d[target] - 1, *d[target + 1 :]]
    back = [g * (p > 0) for g, p in zip(times(zip(*net["w2"]), d), pre)]
    rows = [[0.0] * len(x)] * len(net["wte"])
    rows = [*rows[:token], times(zip(*net["w1"]), back), *rows[token + 1 :]]
    return {"wte": rows, "w1": outer(back, x), "w2": outer(d, h)}


def number_gradients(loss, net, h):
    def at(name, i, j, by):
        (other := deepcopy(net))[name][i][j] += by
        return loss(other)

    slope = lambda *place: (at(*place, h) - at(*place, -h)) / (2 * h)
    return {k: [[slope(k, i, j) for j in range(len(row))] for i, row in enumerate(w)] for k, w in net.items()}
