import torch


def table(rows, columns, like, entry):
    found = torch.zeros((rows, columns), dtype=like.dtype)
    for i in range(rows):
        for j in range(columns):
            found[i, j] = entry(i, j)
    return found


def dlogprobs(logprobs, Yb):
    n, V = logprobs.shape
    return table(n, V, logprobs, lambda i, j: -1 / n if Yb[i] == j else 0)


def dprobs(probs, dlogprobs):
    return table(*probs.shape, probs, lambda i, j: dlogprobs[i, j] / probs[i, j])


def dcounts_sum_inv(counts, dprobs):
    n, V = counts.shape
    return table(n, 1, counts, lambda i, _: sum(counts[i, j] * dprobs[i, j] for j in range(V)))


def dcounts_sum(counts_sum, dcounts_sum_inv):
    return table(len(counts_sum), 1, counts_sum, lambda i, _: -dcounts_sum_inv[i, 0] / counts_sum[i, 0] ** 2)


def dcounts(counts, counts_sum_inv, dprobs, dcounts_sum):
    return table(*counts.shape, counts, lambda i, j: dprobs[i, j] * counts_sum_inv[i, 0] + dcounts_sum[i, 0])


def dnorm_logits(counts, dcounts):
    return table(*counts.shape, counts, lambda i, j: dcounts[i, j] * counts[i, j])


def dlogit_maxes(dnorm_logits):
    n, V = dnorm_logits.shape
    return table(n, 1, dnorm_logits, lambda i, _: -sum(dnorm_logits[i, j] for j in range(V)))


def dlogits(logits, dnorm_logits, dlogit_maxes):
    found = dnorm_logits.clone()
    for i, row in enumerate(logits.tolist()):
        found[i, row.index(max(row))] += dlogit_maxes[i, 0]
    return found


def product_left(left_rows, right, d):
    """The gradient of what stands on the left of a matrix product."""
    inner, columns = right.shape
    return table(left_rows, inner, right, lambda i, k: sum(d[i, j] * right[k, j] for j in range(columns)))


def product_right(left, d):
    """The gradient of what stands on the right of a matrix product."""
    rows, inner = left.shape
    return table(inner, d.shape[1], left, lambda k, j: sum(left[i, k] * d[i, j] for i in range(rows)))


def column_sums(d):
    return [sum(d[i, j] for i in range(d.shape[0])) for j in range(d.shape[1])]


def dh(h, W2, dlogits):
    return product_left(len(h), W2, dlogits)


def dW2(h, W2, dlogits):
    return product_right(h, dlogits)


def db2(h, W2, dlogits):
    return torch.stack(column_sums(dlogits))


def dhpreact(hpreact, h, dh):
    return table(*h.shape, h, lambda i, j: dh[i, j] * (1 - h[i, j] * h[i, j]))


def dbngain(bngain, bnraw, dhpreact):
    n, H = bnraw.shape
    return table(1, H, bnraw, lambda _, j: sum(bnraw[i, j] * dhpreact[i, j] for i in range(n)))


def dbnbias(bngain, bnraw, dhpreact):
    return torch.stack(column_sums(dhpreact)).view(1, -1)


def dbnraw(bngain, bnraw, dhpreact):
    return table(*bnraw.shape, bnraw, lambda i, j: bngain[0, j] * dhpreact[i, j])


def dbnvar_inv(bndiff, dbnraw):
    n, H = bndiff.shape
    return table(1, H, bndiff, lambda _, j: sum(bndiff[i, j] * dbnraw[i, j] for i in range(n)))


def dbnvar(bnvar, dbnvar_inv):
    return table(1, bnvar.shape[1], bnvar, lambda _, j: -dbnvar_inv[0, j] / (2 * (bnvar[0, j] + 1e-5) ** 1.5))


def dbndiff2(bndiff2, dbnvar):
    n, H = bndiff2.shape
    return table(n, H, bndiff2, lambda i, j: dbnvar[0, j] / (n - 1))


def dbndiff(bndiff, bnvar_inv, dbnraw, dbndiff2):
    return table(
        *bndiff.shape, bndiff, lambda i, j: bnvar_inv[0, j] * dbnraw[i, j] + 2 * bndiff[i, j] * dbndiff2[i, j]
    )


def dbnmeani(dbndiff):
    return -torch.stack(column_sums(dbndiff)).view(1, -1)


def dhprebn(hprebn, dbndiff, dbnmeani):
    n, H = hprebn.shape
    return table(n, H, hprebn, lambda i, j: dbndiff[i, j] + dbnmeani[0, j] / n)


def dembcat(embcat, W1, dhprebn):
    return product_left(len(embcat), W1, dhprebn)


def dW1(embcat, W1, dhprebn):
    return product_right(embcat, dhprebn)


def db1(embcat, W1, dhprebn):
    return torch.stack(column_sums(dhprebn))


def demb(emb, dembcat):
    n, T, E = emb.shape
    found = torch.zeros_like(emb)
    for i in range(n):
        for t in range(T):
            for e in range(E):
                found[i, t, e] = dembcat[i, t * E + e]
    return found


def dC(C, Xb, demb):
    found = torch.zeros_like(C)
    for i, row in enumerate(Xb.tolist()):
        for t, ix in enumerate(row):
            for e in range(C.shape[1]):
                found[ix, e] = found[ix, e] + demb[i, t, e]
    return found
