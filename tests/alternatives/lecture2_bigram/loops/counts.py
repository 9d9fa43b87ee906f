import math

import torch


def build_vocabulary(words):
    seen = []
    for word in words:
        for character in word:
            if character not in seen:
                seen.append(character)
    seen.sort()
    stoi = {".": 0}
    itos = {0: "."}
    for character in seen:
        number = len(stoi)
        stoi[character] = number
        itos[number] = character
    return stoi, itos


def bigrams(word):
    pairs = []
    before = "."
    for character in word:
        pairs.append([before, character])
        before = character
    pairs.append([before, "."])
    return pairs


def count_bigrams(words, stoi):
    N = torch.zeros((len(stoi), len(stoi)), dtype=torch.int32)
    for word in words:
        for first, second in bigrams(word):
            N[stoi[first], stoi[second]] += 1
    return N


def bigram_probabilities(N, smoothing):
    rows = []
    for row in N.tolist():
        total = 0.0
        for count in row:
            total += count + smoothing
        rows.append([(count + smoothing) / total for count in row])
    return torch.tensor(rows)


def sample_names(P, itos, count, generator):
    names = []
    for _ in range(count):
        name = ""
        ix = -1
        row = P[0]
        while ix != 0:
            ix = torch.multinomial(row.float(), num_samples=1, generator=generator)[0].item()
            if ix != 0:
                name = name + itos[ix]
                row = P[ix]
        names.append(name)
    return names


def draw(p, generator):
    u = torch.rand(1, generator=generator, dtype=torch.double)[0].item()
    left, right = 0, len(p) - 1
    while left < right:  # the first place at which the running total reaches u, by halving
        middle = (left + right) // 2
        if sum(p[: middle + 1].tolist()) < u:
            left = middle + 1
        else:
            right = middle
    return left


def average_nll(P, words, stoi):
    total = 0.0
    count = 0
    for word in words:
        for first, second in bigrams(word):
            probability = P[stoi[first]][stoi[second]].item()
            if probability == 0.0:
                return math.inf
            total = total - math.log(probability)
            count = count + 1
    return total / count
