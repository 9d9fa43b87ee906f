import torch
import torch.nn.functional as F


def mean_loop(x):
    means = []
    running = torch.zeros_like(x[:, 0])
    for t in range(x.shape[1]):
        running = torch.lerp(running, x[:, t], 1 / (t + 1))
        means.append(running)
    return torch.stack(means, dim=1)


def mean_matmul(x):
    ones = torch.tril(torch.ones(x.shape[1], x.shape[1], dtype=x.dtype))
    return torch.matmul(F.normalize(ones, p=1, dim=1), x)


def mean_softmax(x):
    T = x.shape[1]
    mask = torch.nn.Transformer.generate_square_subsequent_mask(T).to(x.dtype)
    return torch.matmul(mask.softmax(-1), x)
