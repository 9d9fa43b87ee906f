import itertools

import autograd


def rmsnorm(x):
    n = len(x)
    squares = sum(value**2 for value in x)
    scale = (n / (squares + n * 1e-5)) ** 0.5
    return [scale * value for value in x]


def attend(query, keys, values):
    scaled = [q / len(query) ** 0.5 for q in query]
    weights = autograd.softmax([sum(q * k for q, k in zip(scaled, key)) for key in keys])
    weighed = [[w * number for number in value] for w, value in zip(weights, values)]
    return [sum(column) for column in itertools.islice(zip(*weighed), len(query))]


def attention(x, layer, n_head, keys, values):
    d = len(x) // n_head
    keys.extend([autograd.linear(x, layer["wk"])])
    values.extend([autograd.linear(x, layer["wv"])])
    q = autograd.linear(x, layer["wq"])

    def from_head(i):
        if i == n_head:
            return []
        cut = lambda row: list(itertools.islice(row, i * d, (i + 1) * d))
        return attend(cut(q), list(map(cut, keys)), list(map(cut, values))) + from_head(i + 1)

    return autograd.linear(from_head(0), layer["wo"])


def mlp(x, layer):
    return autograd.linear(list(map(lambda h: h.relu(), autograd.linear(x, layer["w1"]))), layer["w2"])
