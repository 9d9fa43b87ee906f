import numpy as np
import torch


def encode(words, stoi, lead=1):
    """All words in one integer array, and a mask of the places where a window may start."""
    codes, starts = [], []
    for word in words:
        row = [0] * lead + [stoi[c] for c in word] + [0]
        codes += row
        starts += [True] * (len(row) - lead) + [False] * lead
    return np.array(codes), np.flatnonzero(starts)


def build_vocabulary(words):
    letters = np.unique(np.array(list("".join(words))))
    itos = {i: str(s) for i, s in enumerate(np.concatenate([["."], letters]))}
    stoi = {s: i for i, s in itos.items()}
    return stoi, itos


def bigrams(word):
    padded = np.array(list("." + word + "."))
    return [(str(a), str(b)) for a, b in np.stack([padded[:-1], padded[1:]], axis=1)]


def count_bigrams(words, stoi):
    codes, starts = encode(words, stoi)
    N = np.zeros((len(stoi), len(stoi)), dtype=np.int64)
    np.add.at(N, (codes[starts], codes[starts + 1]), 1)
    return torch.from_numpy(N)


def bigram_probabilities(N, smoothing):
    scores = N.numpy().astype(np.float64) + smoothing
    return torch.from_numpy(scores / scores.sum(axis=1, keepdims=True))


def sample_names(P, itos, count, generator):
    names = []
    for n in range(count):
        sampled = [0]
        while len(sampled) == 1 or sampled[-1] != 0:
            sampled.append(torch.multinomial(P[sampled[-1]], 1, generator=generator).item())
        names.append("".join(itos[ix] for ix in sampled[1:-1]))
    return names


def draw(p, generator):
    u = torch.rand(1, generator=generator, dtype=torch.float64).numpy()
    cdf = np.cumsum(p.numpy().astype(np.float64))
    ix = int(np.searchsorted(cdf, u[0], side="left"))
    return min(ix, len(cdf) - 1)


def average_nll(P, words, stoi):
    codes, starts = encode(words, stoi)
    with np.errstate(divide="ignore"):
        return float(-np.log(P.numpy()[codes[starts], codes[starts + 1]].astype(np.float64)).mean())
