import torch


class Linear:
    """y = x @ W + b"""

    def __init__(self, x, W):
        self.cache = x, W

    def backward(self, dout):
        x, W = self.cache
        return torch.mm(dout, W.t()), torch.mm(x.t(), dout), torch.sum(dout, dim=0)


class Multiply:
    """y = a * b, either of which may have been stretched"""

    def __init__(self, a, b):
        self.a, self.b = a, b

    def backward(self, dout):
        return unstretched(dout * self.b, self.a), unstretched(dout * self.a, self.b)


class Power:
    def __init__(self, x, exponent):
        self.x, self.exponent = x, exponent

    def backward(self, dout):
        return self.exponent * self.x ** (self.exponent - 1) * dout


class Sum:
    """y = x.sum(dim, keepdim=True) * scale"""

    def __init__(self, x, scale=1.0):
        self.x, self.scale = x, scale

    def backward(self, dout):
        return (dout * self.scale).expand_as(self.x)


class Lookup:
    def __init__(self, C, X):
        self.cache = C, X

    def backward(self, dout):
        C, X = self.cache
        rows = [dout[X == ix].sum(0) for ix in range(C.shape[0])]
        return torch.stack(rows)


def unstretched(d, like):
    """A gradient summed over the axes along which what it belongs to was stretched."""
    axes = [axis for axis, (long, short) in enumerate(zip(d.shape, like.shape)) if short == 1 and long > 1]
    return d.sum(axes, keepdim=True) if axes else d


def of_row(like):
    return torch.ones((1, like.shape[1]), dtype=like.dtype)


def of_column(like):
    return torch.ones((like.shape[0], 1), dtype=like.dtype)


def dlogprobs(logprobs, Yb):
    grad = torch.zeros_like(logprobs)
    grad[torch.arange(len(Yb)), Yb] = -1 / len(Yb)
    return grad


def dprobs(probs, dlogprobs):
    return dlogprobs * probs.reciprocal()


def dcounts_sum_inv(counts, dprobs):
    return Multiply(counts, of_column(counts)).backward(dprobs)[1]


def dcounts_sum(counts_sum, dcounts_sum_inv):
    return Power(counts_sum, -1).backward(dcounts_sum_inv)


def dcounts(counts, counts_sum_inv, dprobs, dcounts_sum):
    direct, _ = Multiply(counts, counts_sum_inv).backward(dprobs)
    return direct + Sum(counts).backward(dcounts_sum)


def dnorm_logits(counts, dcounts):
    return dcounts.mul(counts)


def dlogit_maxes(dnorm_logits):
    return unstretched(-dnorm_logits, of_column(dnorm_logits))


def dlogits(logits, dnorm_logits, dlogit_maxes):
    winners = torch.zeros_like(logits)
    winners.scatter_(1, logits.argmax(1, keepdim=True), dlogit_maxes)
    return dnorm_logits + winners


def dh(h, W2, dlogits):
    return Linear(h, W2).backward(dlogits)[0]


def dW2(h, W2, dlogits):
    return Linear(h, W2).backward(dlogits)[1]


def db2(h, W2, dlogits):
    return Linear(h, W2).backward(dlogits)[2]


def dhpreact(hpreact, h, dh):
    return dh * (1 + h) * (1 - h)


def dbngain(bngain, bnraw, dhpreact):
    return Multiply(bngain, bnraw).backward(dhpreact)[0]


def dbnbias(bngain, bnraw, dhpreact):
    return unstretched(dhpreact, bngain)


def dbnraw(bngain, bnraw, dhpreact):
    return Multiply(bngain, bnraw).backward(dhpreact)[1]


def dbnvar_inv(bndiff, dbnraw):
    return Multiply(bndiff, of_row(bndiff)).backward(dbnraw)[1]


def dbnvar(bnvar, dbnvar_inv):
    return Power(bnvar + 1e-5, -0.5).backward(dbnvar_inv)


def dbndiff2(bndiff2, dbnvar):
    return Sum(bndiff2, 1 / (len(bndiff2) - 1)).backward(dbnvar)


def dbndiff(bndiff, bnvar_inv, dbnraw, dbndiff2):
    return Multiply(bndiff, bnvar_inv).backward(dbnraw)[0] + Power(bndiff, 2).backward(dbndiff2)


def dbnmeani(dbndiff):
    return unstretched(-dbndiff, of_row(dbndiff))


def dhprebn(hprebn, dbndiff, dbnmeani):
    return dbndiff + Sum(hprebn, 1 / len(hprebn)).backward(dbnmeani)


def dembcat(embcat, W1, dhprebn):
    return Linear(embcat, W1).backward(dhprebn)[0]


def dW1(embcat, W1, dhprebn):
    return Linear(embcat, W1).backward(dhprebn)[1]


def db1(embcat, W1, dhprebn):
    return Linear(embcat, W1).backward(dhprebn)[2]


def demb(emb, dembcat):
    return dembcat.reshape(emb.size())


def dC(C, Xb, demb):
    return Lookup(C, Xb).backward(demb)
