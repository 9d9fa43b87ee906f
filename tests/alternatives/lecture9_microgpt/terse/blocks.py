from operator import mul

from autograd import linear, softmax


def rmsnorm(x):
    return [xi * s for s in [(sum(map(mul, x, x)) * (1 / len(x)) + 1e-5) ** -0.5] for xi in x]


def attend(query, keys, values):
    weights = softmax([s * len(query) ** -0.5 for s in linear(query, keys)])
    return linear(weights, [*zip(*values)])


def attention(x, layer, n_head, keys, values):
    q, k, v = (linear(x, layer[w]) for w in ("wq", "wk", "wv"))
    keys += [k]
    values += [v]
    parts = lambda row: [row[i : i + len(x) // n_head] for i in range(0, len(x), len(x) // n_head)]
    heads = zip(parts(q), zip(*map(parts, keys)), zip(*map(parts, values)))
    return linear(sum((attend(*head) for head in heads), []), layer["wo"])


mlp = lambda x, layer: linear([h.relu() for h in linear(x, layer["w1"])], layer["w2"])
