import torch

from .counts import bigram_probabilities, build_vocabulary


def trigram_dataset(words, stoi):
    threes = torch.tensor([[stoi[c] for c in three] for w in words for three in zip(f"..{w}", f".{w}.", f"{w}.")])
    return threes[:, :2] @ torch.tensor([len(stoi), 1]), threes[:, 2]


def count_trigrams(words, stoi):
    xs, ys = trigram_dataset(words, stoi)
    N = torch.zeros(len(stoi) ** 2, len(stoi), dtype=torch.int32)
    return N.index_put_((xs, ys), torch.ones_like(xs, dtype=torch.int32), accumulate=True)


def trigram_nll(P, words, stoi):
    return -(count_trigrams(words, stoi) * P.log()).nansum() / sum(len(w) + 1 for w in words)


def split(words, rng):
    mixed, tenth = rng.sample(words, len(words)), len(words) // 10
    return mixed[2 * tenth :], mixed[:tenth], mixed[tenth : 2 * tenth]


def tune_smoothing(train, dev, strengths):
    stoi = build_vocabulary(train + dev)[0]
    tables = [bigram_probabilities(count_trigrams(train, stoi), k) for k in strengths]
    on_train, on_dev = ([trigram_nll(P, words, stoi).item() for P in tables] for words in (train, dev))
    return min(zip(on_dev, strengths))[1], on_train, on_dev


def logits_by_indexing(xs, W):
    return W.index_select(0, xs)


def loss_by_cross_entropy(xs, ys, W, l2):
    return torch.nn.CrossEntropyLoss()(W[xs], ys) + l2 * W.square().mean()
