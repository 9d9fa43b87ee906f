import numpy as np
import torch


def vocabulary(text):
    chars = sorted(list(set(text)))
    return {ch: i for i, ch in enumerate(chars)}, {i: ch for i, ch in enumerate(chars)}


def encode(text, stoi):
    return [stoi[c] for c in text]


def decode(ids, itos):
    return "".join([itos[i] for i in ids])


def get_batch(data, block_size, batch_size, generator=None):
    data = data.numpy().astype(np.uint16)
    ix = torch.randint(len(data) - block_size, (batch_size,), generator=generator)
    x = torch.stack([torch.from_numpy(data[i : i + block_size].astype(np.int64)) for i in ix])
    y = torch.stack([torch.from_numpy(data[i + 1 : i + 1 + block_size].astype(np.int64)) for i in ix])
    return x, y
