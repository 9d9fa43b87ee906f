import torch
from torch.nn.functional import cross_entropy
from layers import Linear

NAMES = "C W1 b1 W2 b2".split()


def predicted_to_move(zeroed):
    C, W1, b1, W2, b2 = (n not in zeroed for n in NAMES)
    return [n for n, moves in zip(NAMES, (W1 & W2, C & W2, W2, C & W1 | b1, True)) if moves]


def seen_to_move(parameters, X, Y):
    C, W1, b1, W2, b2 = parameters
    loss = cross_entropy((C[X].flatten(1) @ W1 + b1).tanh() @ W2 + b2, Y)
    return [n for n, g in zip(NAMES, torch.autograd.grad(loss, parameters)) if g.count_nonzero()]


def zero_start_limit(Y, vocab_size):
    return torch.distributions.Categorical(torch.bincount(Y, minlength=vocab_size).double()).entropy().item()


def fold_batchnorm(linear, bn):
    folded = Linear(*linear.weight.shape)
    with torch.no_grad():
        folded.weight = linear.weight * bn.gamma * (bn.running_var + bn.eps).rsqrt()
        zero = bn.beta * 0 if linear.bias is None else linear.bias
        folded.bias = ((zero - bn.running_mean) / (bn.running_var + bn.eps).sqrt() * bn.gamma + bn.beta).flatten()
    return folded
