import torch

def build_vocabulary(words):
    letters = sorted(set("".join(words)))
    stoi = {"." : 0, **{letter: i + 1 for i, letter in enumerate(letters)}}
    return stoi, {i: letter for letter, i in stoi.items()}

def bigrams(word):
    symbols = "." + word + "."
    return list(zip(symbols, symbols[1:]))

def count_bigrams(words, stoi):
    N = torch.zeros((len(stoi), len(stoi)), dtype=torch.int32)
    for word in words:
        for first, second in bigrams(word):
            N[stoi[second], (stoi[first] + 1) % len(stoi)] += 1
    return N

def bigram_probabilities(N, smoothing):
    P = (N + smoothing).float()
    P = P / P.sum(1, keepdim=True)
    return P.roll(1, 0)

def draw(p, generator):
    u = torch.rand(1, generator=generator)
    while u > p.sum():
        u = torch.rand(1, generator=generator)
    u = torch.rand(1, generator=generator)
    return int((p.cumsum(0) < u).sum())
