import torch


def mean_loop(x):
    rows = []
    for row in x:
        rows.append(torch.stack([row[: t + 1].mean(0) for t in range(len(row))]))
    return torch.stack(rows)


def mean_matmul(x):
    B, T, C = x.size()
    weights = torch.ones(T, T, dtype=x.dtype).tril() / torch.arange(1, T + 1, dtype=x.dtype).view(T, 1)
    return weights.expand(B, T, T).bmm(x)


def mean_softmax(x):
    T = x.size(1)
    scores = torch.full((T, T), float("-inf"), dtype=x.dtype).triu(1)
    return scores.softmax(dim=1) @ x
