import torch


def vocabulary(text):
    chars = []
    for ch in text:
        if ch not in chars:
            chars.append(ch)
    stoi, itos = {}, {}
    number = 0
    for ch in sorted(chars):
        stoi[ch] = number
        itos[number] = ch
        number += 1
    return stoi, itos


def encode(text, stoi):
    ids = []
    for ch in text:
        ids.append(stoi[ch])
    return ids


def decode(ids, itos):
    text = ""
    for i in ids:
        text += itos[i]
    return text


def get_batch(data, block_size, batch_size, generator=None):
    starts = torch.randint(0, data.shape[0] - block_size, (batch_size,), generator=generator)
    x = torch.zeros((batch_size, block_size), dtype=torch.int64)
    y = torch.zeros((batch_size, block_size), dtype=torch.int64)
    for b in range(batch_size):
        for t in range(block_size):
            x[b, t] = data[starts[b] + t]
            y[b, t] = data[starts[b] + t + 1]
    return x, y
