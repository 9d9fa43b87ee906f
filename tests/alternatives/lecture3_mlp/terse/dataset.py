import torch


def build_dataset(words, stoi, block_size):
    flat = [[*[0] * block_size, *map(stoi.get, w), 0] for w in words]
    windows = torch.tensor([s[i:i + block_size + 1] for s in flat for i in range(len(s) - block_size)])
    return windows[:, :-1], windows[:, -1]


def split_words(words, rng):
    order = [*words]
    rng.shuffle(order)
    n = len(order)
    return tuple(order[int(a * n):int(b * n)] for a, b in ((0, 0.8), (0.8, 0.9), (0.9, 1)))
