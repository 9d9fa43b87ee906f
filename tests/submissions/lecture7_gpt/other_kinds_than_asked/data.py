import torch


def vocabulary(text):
    chars = sorted(set(text))
    return {ch: i for i, ch in enumerate(chars)}


def encode(text, stoi):
    return " ".join(str(stoi[ch]) for ch in text)


def decode(ids, itos):
    return [itos[i] for i in ids]


def get_batch(data, block_size, batch_size, generator=None):
    ix = torch.randint(len(data) - block_size, (batch_size,), generator=generator)
    x, y = (torch.stack([data[i + shift : i + shift + block_size] for i in ix]) for shift in (0, 1))
    return x, y
