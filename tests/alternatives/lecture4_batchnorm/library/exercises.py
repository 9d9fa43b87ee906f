import torch
import torch.nn.functional as F

from layers import Linear

NAMES = ["C", "W1", "b1", "W2", "b2"]


def seen_to_move(parameters, X, Y):
    C, W1, b1, W2, b2 = parameters
    torch.optim.SGD(parameters, lr=1).zero_grad()
    h = torch.tanh(F.linear(F.embedding(X, C).flatten(1), W1.T, b1))
    F.cross_entropy(F.linear(h, W2.T, b2), Y).backward()
    return [name for name, p in zip(NAMES, parameters) if p.grad.abs().max() > 0]


def predicted_to_move(zeroed):
    # made for looking things up: an order reaches a parameter, and finds something to work with
    arrives = {"b2": [], "W2": [], "b1": ["W2"], "W1": ["W2"], "C": ["W2", "W1"]}
    partner = {"b2": [[]], "W2": [["C", "W1"], ["b1"]], "b1": [[]], "W1": [["C"]], "C": [[]]}

    def there(names):
        return all(name not in zeroed for name in names)

    return [n for n in NAMES if there(arrives[n]) and any(there(p) for p in partner[n])]


def zero_start_limit(Y, vocab_size):
    counts = torch.bincount(Y, minlength=vocab_size).float()
    return F.cross_entropy(counts.log().expand(len(Y), -1), Y)


def fold_batchnorm(linear, bn):
    fan_in, fan_out = linear.weight.shape
    folded = Linear(fan_in, fan_out)
    weight, bias = torch.nn.utils.fuse_linear_bn_weights(
        linear.weight.T, linear.bias, bn.running_mean, bn.running_var, bn.eps, bn.gamma, bn.beta
    )
    with torch.no_grad():
        folded.weight.copy_(weight.T)
        folded.bias.copy_(bias)
    return folded
