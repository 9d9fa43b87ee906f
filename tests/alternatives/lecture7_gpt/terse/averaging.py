import torch


def mean_loop(x):
    return torch.stack([x[:, : t + 1].mean(1) for t in range(x.shape[1])], 1)


def mean_matmul(x):
    n = torch.arange(x.shape[1])
    wei = (n[:, None] >= n) / (n[:, None] + 1).to(x.dtype)
    return torch.einsum("ts,bsc->btc", wei, x)


def mean_softmax(x):
    T = x.shape[1]
    return torch.zeros(T, T, dtype=x.dtype).masked_fill(~torch.ones(T, T).tril().bool(), -torch.inf).softmax(1) @ x
