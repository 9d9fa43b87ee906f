import torch


def cmp(dt, t):
    same_shape = dt.shape == t.shape
    gap = torch.amax(torch.abs(dt - t)) if same_shape else torch.tensor(torch.inf)
    close = same_shape and bool((torch.abs(dt - t) <= 1e-8 + 1e-5 * t.abs()).all())
    return [same_shape and bool(gap == 0), close, float(gap)]
