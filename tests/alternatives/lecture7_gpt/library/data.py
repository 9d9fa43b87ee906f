import torch


def vocabulary(text):
    chars = sorted(set(text))
    return dict(zip(chars, range(len(chars)))), dict(zip(range(len(chars)), chars))


def encode(text, stoi):
    return [stoi[ch] for ch in text]


def decode(ids, itos):
    return str().join(itos[int(i)] for i in torch.tensor(ids, dtype=torch.int64))


def get_batch(data, block_size, batch_size, generator=None):
    pieces = data.unfold(0, block_size + 1, 1)  # every piece with what follows, as a view
    rows = pieces[torch.randint(high=pieces.shape[0], size=(batch_size,), generator=generator)]
    return torch.split(rows, [block_size, 1], dim=1)[0], rows.narrow(1, 1, block_size)
