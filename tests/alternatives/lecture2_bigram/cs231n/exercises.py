import numpy as np
import torch

import neural
from counts import bigram_probabilities, build_vocabulary, encode


def trigrams(words, stoi):
    codes, starts = encode(words, stoi, lead=2)
    return codes[starts] * len(stoi) + codes[starts + 1], codes[starts + 2]


def trigram_dataset(words, stoi):
    xs, ys = trigrams(words, stoi)
    return torch.from_numpy(xs), torch.from_numpy(ys)


def count_trigrams(words, stoi):
    V = len(stoi)
    xs, ys = trigrams(words, stoi)
    return torch.from_numpy(np.bincount(xs * V + ys, minlength=V**3).reshape(V * V, V))


def trigram_nll(P, words, stoi):
    xs, ys = trigrams(words, stoi)
    with np.errstate(divide="ignore"):
        return -np.log(P.numpy().astype(np.float64)[xs, ys]).mean()


def split(words, rng):
    N = len(words)
    permutation = list(range(N))
    for i in range(N - 1, 0, -1):  # Fisher and Yates
        j = rng.randint(0, i)
        permutation[i], permutation[j] = permutation[j], permutation[i]
    num_val = num_test = N // 10
    shuffled = [words[i] for i in permutation]
    return shuffled[num_val + num_test :], shuffled[:num_val], shuffled[num_val : num_val + num_test]


def tune_smoothing(train, dev, strengths):
    stoi, _ = build_vocabulary(train + dev)
    N = count_trigrams(train, stoi)
    results = np.zeros((len(strengths), 2))
    for i, strength in enumerate(strengths):
        P = bigram_probabilities(N, strength)
        results[i] = trigram_nll(P, train, stoi), trigram_nll(P, dev, stoi)
    return strengths[int(np.argmin(results[:, 1]))], results[:, 0], results[:, 1]


class Rows(torch.autograd.Function):
    @staticmethod
    def forward(ctx, W, xs):
        ctx.save_for_backward(xs)
        ctx.shape = W.shape
        return W[xs]

    @staticmethod
    def backward(ctx, dout):
        (xs,) = ctx.saved_tensors
        dW = torch.zeros(ctx.shape, dtype=dout.dtype)
        for n, x in enumerate(xs.tolist()):
            dW[x] += dout[n]
        return dW, None


def logits_by_indexing(xs, W):
    return Rows.apply(W, xs)


def loss_by_cross_entropy(xs, ys, W, l2):
    return neural.nll_loss(xs, ys, W, l2)
