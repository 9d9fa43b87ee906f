from autograd import linear, softmax


def rmsnorm(x):
    squares = [xi**2 for xi in x]
    size = (sum(squares[1:], squares[0]) / len(x) + 0.00001) ** 0.5
    return [xi / size for xi in x]


def attend(query, keys, values):
    root = len(query) ** 0.5
    weights = softmax([score / root for score in linear(query, keys)])
    mixed = [weights[0] * number for number in values[0]]
    for weight, value in list(zip(weights, values))[1:]:
        mixed = [m + weight * number for m, number in zip(mixed, value)]
    return mixed


def attention(x, layer, n_head, keys, values):
    keys.append(linear(x, layer["wk"]))
    values.append(linear(x, layer["wv"]))
    query, out = linear(x, layer["wq"]), []
    borders = [len(x) * head // n_head for head in range(n_head + 1)]
    for low, high in zip(borders, borders[1:]):
        mine = {name: [row[low:high] for row in cache] for name, cache in (("keys", keys), ("values", values))}
        out.extend(attend(query[low:high], **mine))
    return linear(out, layer["wo"])


def mlp(x, layer):
    wide = linear(x, layer["w1"])
    return linear([number.relu() for number in wide], layer["w2"])
