import torch


def build_vocabulary(words):
    chars = sorted({*".".join(words), "."})  # the full stop sorts before all letters
    return {c: i for i, c in enumerate(chars)}, chars


def bigrams(word):
    return [(a, b) for a, b in zip(f".{word}", f"{word}.")]


def count_bigrams(words, stoi):
    V, text = len(stoi), torch.tensor([stoi[c] for c in f".{'.'.join(words)}."])
    return torch.bincount(text[:-1] * V + text[1:], minlength=V * V).view(V, V).int()


def bigram_probabilities(N, smoothing):
    return torch.nn.functional.normalize(N.double() + smoothing, p=1, dim=1)


def sample_names(P, itos, count, generator):
    def name():
        ix, text = 0, ""
        while ix := int(P[ix].multinomial(1, True, generator=generator)):
            text += itos[ix]
        return text

    return [name() for _ in range(count)]


def draw(p, generator):
    u = torch.rand((), dtype=torch.float64, generator=generator)
    return min(int((p.double().cumsum(0) < u).sum()), len(p) - 1)


def average_nll(P, words, stoi):
    text = torch.tensor([stoi[c] for c in f".{'.'.join(words)}."])
    return -P[text[:-1], text[1:]].log().mean()
