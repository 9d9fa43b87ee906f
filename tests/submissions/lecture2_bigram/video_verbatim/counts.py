import torch


def build_vocabulary(words):
    chars = sorted(list(set(''.join(words))))
    stoi = {s:i+1 for i,s in enumerate(chars)}
    stoi['.'] = 0
    itos = {i:s for s,i in stoi.items()}
    return stoi, itos


def bigrams(word):
    b = []
    chs = ['.'] + list(word) + ['.']
    for ch1, ch2 in zip(chs, chs[1:]):
        b.append((ch1, ch2))
    return b


def count_bigrams(words, stoi):
    N = torch.zeros((len(stoi), len(stoi)), dtype=torch.int32)
    for w in words:
        chs = ['.'] + list(w) + ['.']
        for ch1, ch2 in zip(chs, chs[1:]):
            ix1 = stoi[ch1]
            ix2 = stoi[ch2]
            N[ix1, ix2] += 1
    return N


def bigram_probabilities(N, smoothing):
    P = (N+smoothing).float()
    P /= P.sum(1, keepdims=True)
    return P


def sample_names(P, itos, count, generator):
    names = []
    for i in range(count):

        out = []
        ix = 0
        while True:
            p = P[ix]
            ix = torch.multinomial(p, num_samples=1, replacement=True, generator=generator).item()
            if ix == 0:
                break
            out.append(itos[ix])
        names.append(''.join(out))
    return names


def draw(p, generator):
    u = torch.rand(1, generator=generator, dtype=torch.float64).item()
    total = 0.0
    for ix in range(len(p)):
        total += p[ix].item()
        if total >= u:
            return ix
    return ix


def average_nll(P, words, stoi):
    log_likelihood = 0.0
    n = 0

    for w in words:
        chs = ['.'] + list(w) + ['.']
        for ch1, ch2 in zip(chs, chs[1:]):
            ix1 = stoi[ch1]
            ix2 = stoi[ch2]
            prob = P[ix1, ix2]
            logprob = torch.log(prob)
            log_likelihood += logprob
            n += 1

    nll = -log_likelihood
    return nll/n
