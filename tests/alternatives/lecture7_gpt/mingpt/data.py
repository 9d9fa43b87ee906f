import torch
from torch.utils.data import Dataset


def vocabulary(text):
    chars = list(set(text))
    chars.sort()
    stoi, itos = {}, {}
    for number, ch in enumerate(chars):
        stoi[ch], itos[number] = number, ch
    return stoi, itos


def encode(text, stoi):
    return list(map(stoi.__getitem__, text))


def decode(ids, itos):
    return "".join(map(itos.get, ids))


class CharDataset(Dataset):
    """Emits pieces of a text."""

    def __init__(self, data, block_size):
        self.data, self.block_size = data, block_size

    def __len__(self):
        return len(self.data) - self.block_size

    def __getitem__(self, idx):
        chunk = self.data[idx : idx + self.block_size + 1]
        return chunk[:-1], chunk[1:]


def get_batch(data, block_size, batch_size, generator=None):
    dataset = CharDataset(data, block_size)
    rows = [dataset[i] for i in torch.randint(len(dataset), (batch_size,), generator=generator).tolist()]
    x, y = zip(*rows)
    return torch.stack(x), torch.stack(y)
