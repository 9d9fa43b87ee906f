import numpy as np
import torch

from layers import Linear

NAMES = ["C", "W1", "b1", "W2", "b2"]


def forward_backward(C, W1, b1, W2, b2, X, y):
    N = X.shape[0]
    x = C[X].reshape(N, -1)
    h = np.tanh(x @ W1 + b1)
    scores = h @ W2 + b2
    probs = np.exp(scores - scores.max(axis=1, keepdims=True))
    probs /= probs.sum(axis=1, keepdims=True)
    dscores = probs
    dscores[np.arange(N), y] -= 1
    dscores /= N
    da = dscores @ W2.T * (1 - h**2)
    dx = (da @ W1.T).reshape(*X.shape, -1)
    dC = np.zeros_like(C)
    np.add.at(dC, X, dx)
    return dC, x.T @ da, da.sum(axis=0), h.T @ dscores, dscores.sum(axis=0)


def moving(grads):
    return [name for name, grad in zip(NAMES, grads) if np.any(grad != 0)]


def predicted_to_move(zeroed):
    """Predicted by a small net with random numbers: what is zero there is zero in every net."""
    rng = np.random.default_rng(0)
    shapes = {"C": (5, 2), "W1": (4, 3), "b1": (3,), "W2": (3, 5), "b2": (5,)}
    params = [np.zeros(s) if name in zeroed else rng.normal(size=s) for name, s in shapes.items()]
    return moving(forward_backward(*params, np.array([[0, 1], [2, 3], [4, 1]]), np.array([1, 3, 0])))


def seen_to_move(parameters, X, Y):
    params = [p.detach().numpy() for p in parameters]
    return moving(forward_backward(*params, X.numpy(), Y.numpy()))


def zero_start_limit(Y, vocab_size):
    counts = np.bincount(Y.numpy(), minlength=vocab_size)
    shares = counts[counts > 0] / counts.sum()
    return float(-(shares * np.log(shares)).sum())


def fold_batchnorm(linear, bn):
    W = linear.weight.detach().numpy()
    b = 0 if linear.bias is None else linear.bias.detach().numpy()
    gamma, beta = bn.gamma.detach().numpy(), bn.beta.detach().numpy()
    scale = gamma / np.sqrt(bn.running_var.numpy() + bn.eps)
    folded = Linear(*W.shape, bias=True)
    folded.weight = torch.from_numpy(W * scale)
    folded.bias = torch.from_numpy(beta + (b - bn.running_mean.numpy()) * scale)
    return folded
