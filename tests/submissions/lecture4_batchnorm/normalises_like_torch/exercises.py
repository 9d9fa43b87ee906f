import torch
import torch.nn.functional as F
from layers import Linear

NAMES = ["C", "W1", "b1", "W2", "b2"]

def predicted_to_move(zeroed):
    moves = []
    if "W1" not in zeroed and "W2" not in zeroed:
        moves.append("C")
    if "C" not in zeroed and "W2" not in zeroed:
        moves.append("W1")
    if "W2" not in zeroed:
        moves.append("b1")
    if "b1" not in zeroed or ("C" not in zeroed and "W1" not in zeroed):
        moves.append("W2")
    moves.append("b2")
    return moves

def seen_to_move(parameters, X, Y):
    C, W1, b1, W2, b2 = parameters
    emb = C[X]
    h = torch.tanh(emb.view(emb.shape[0], -1) @ W1 + b1)
    loss = F.cross_entropy(h @ W2 + b2, Y)
    for p in parameters:
        p.grad = None
    loss.backward()
    return [name for name, p in zip(NAMES, parameters) if p.grad.abs().sum() > 0]

def zero_start_limit(Y, vocab_size):
    p = torch.bincount(Y, minlength=vocab_size).float()
    p = p / p.sum()
    p = p[p > 0]
    return -(p * p.log()).sum().item()

def fold_batchnorm(linear, bn):
    std = torch.sqrt(bn.running_var + bn.eps)
    new = Linear(linear.weight.shape[0], linear.weight.shape[1])
    b = linear.bias if linear.bias is not None else torch.zeros(linear.weight.shape[1])
    new.weight = linear.weight * bn.gamma / std
    new.bias = (bn.gamma * (b - bn.running_mean) / std + bn.beta).view(-1)
    return new
