import torch

def vocabulary(text):
    chars = sorted(set(text))
    stoi = {ch: i for i, ch in enumerate(chars)}
    itos = dict(enumerate(chars))
    return (stoi, itos)

def encode(text, stoi):
    return [stoi[ch] for ch in text]

def decode(ids, itos):
    return ''.join((itos[i] for i in ids))

def get_batch(data, block_size, batch_size, generator=None):
    ix = torch.randint(len(data) - block_size, (batch_size,), generator=generator)
    x = torch.stack([data[i:i + block_size] for i in ix])
    y = torch.stack([data[i + 1:i + block_size + 1] for i in ix])
    return (x, y)
