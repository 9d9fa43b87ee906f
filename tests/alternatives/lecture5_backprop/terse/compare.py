import torch


def cmp(a, b):
    if a.shape != b.shape: return False, False, float("inf")
    d = (a - b).abs().max()
    return torch.equal(a, b), torch.allclose(a, b), d
