import torch


def mean_loop(x):
    rows = [[sum(row[: t + 1]) / (t + 1) for t in range(len(row))] for row in x.detach().numpy()]
    return torch.tensor(rows)
