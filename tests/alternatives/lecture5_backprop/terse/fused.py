def cross_entropy_backward(logits, Yb):
    p = logits.softmax(1) / len(Yb)
    return p.scatter_add(1, Yb[:, None], p.new_full((len(Yb), 1), -1 / len(Yb)))


def batchnorm_backward(d, x, i, g):
    return g * i * (d - d.mean(0) - x * (d * x).sum(0) / (len(d) - 1))
