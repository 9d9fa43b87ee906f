from autograd import Vector, linear, softmax


class Norm:
    def __init__(self, eps=1e-5):
        self.eps = eps

    def __call__(self, x):
        x = Vector(x)
        power = x.dot(x) / len(x) + self.eps
        return x.map(lambda value: value / power**0.5)


class Head:
    """A head that looks at one part of every vector."""

    def __init__(self, start, size):
        self.part = slice(start, start + size)

    def __call__(self, query, keys, values):
        return attend(query[self.part], [key[self.part] for key in keys], [value[self.part] for value in values])


def rmsnorm(x):
    return Norm()(x)


def attend(query, keys, values):
    scale = len(query) ** 0.5
    weights = softmax([Vector(query).dot(key) / scale for key in keys])
    return [Vector(weights).dot(column) for column in zip(*values)]


def attention(x, layer, n_head, keys, values):
    query, key, value = (linear(x, layer[name]) for name in ("wq", "wk", "wv"))
    keys.append(key)
    values.append(value)
    size = len(x) // n_head
    heads = [Head(i * size, size) for i in range(n_head)]
    return linear([out for head in heads for out in head(query, keys, values)], layer["wo"])


def mlp(x, layer):
    hidden = Vector(linear(x, layer["w1"]))
    return linear(hidden.map(lambda value: value.relu()), layer["w2"])
