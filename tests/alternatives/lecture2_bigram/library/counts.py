from collections import Counter
from itertools import pairwise

import numpy as np
import torch


def build_vocabulary(words):
    itos = dict(enumerate(['.', *np.unique(list(''.join(words))).tolist()]))
    return {s: i for i, s in itos.items()}, itos


def bigrams(word):
    return list(pairwise('.' + word + '.'))


def count_bigrams(words, stoi):
    b = Counter(pair for w in words for pair in bigrams(w))
    N = np.zeros((len(stoi), len(stoi)), dtype=np.int64)
    for (ch1, ch2), n in b.items():
        N[stoi[ch1], stoi[ch2]] = n
    return torch.from_numpy(N)


def bigram_probabilities(N, smoothing):
    P = (N + smoothing).float()
    P /= P.sum(1, keepdims=True)
    return P


def sample_names(P, itos, count, generator):
    g = generator
    names = []
    for i in range(count):
        out = []
        ix = 0
        while True:
            p = P[ix]
            ix = torch.multinomial(p, num_samples=1, replacement=True, generator=g).item()
            out.append(itos[ix])
            if ix == 0:
                break
        names.append(''.join(out[:-1]))
    return names


def draw(p, generator):
    u = torch.rand(1, generator=generator, dtype=torch.float64)
    return torch.searchsorted(p.double().cumsum(0), u).clamp(max=len(p) - 1).item()


def average_nll(P, words, stoi):
    log_likelihood = 0.0
    n = 0
    for w in words:
        for ch1, ch2 in bigrams(w):
            logprob = torch.log(P[stoi[ch1], stoi[ch2]])
            log_likelihood += logprob
            n += 1
    nll = -log_likelihood
    return nll / n
