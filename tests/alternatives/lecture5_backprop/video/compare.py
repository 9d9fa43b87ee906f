import torch


def cmp(dt, t):
    if dt.shape != t.shape:
        return False, False, float("inf")
    ex = torch.all(dt == t).item()
    app = torch.allclose(dt, t)
    maxdiff = (dt - t).abs().max().item()
    print(f"exact: {str(ex):5s} | approximate: {str(app):5s} | maxdiff: {maxdiff}")
    return ex, app, maxdiff
