from torch import randint, arange


def vocabulary(text):
    chars = sorted({*text})
    return {c: i for i, c in enumerate(chars)}, {**dict(enumerate(chars))}


encode = lambda text, stoi: [stoi[c] for c in text]
decode = lambda ids, itos: "".join(itos[i] for i in ids)


def get_batch(data, block_size, batch_size, generator=None):
    at = randint(len(data) - block_size, (batch_size, 1), generator=generator) + arange(block_size)
    return data[at], data[at + 1]
