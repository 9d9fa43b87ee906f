import math
import torch
import layers

NAMES = ["C", "W1", "b1", "W2", "b2"]


def predicted_to_move(zeroed):
    found = ["b2"]
    if "W2" not in zeroed:
        found.append("b1")
        if "C" not in zeroed:
            found.append("W1")
        if "W1" not in zeroed:
            found.append("C")
    if "b1" not in zeroed or ("C" not in zeroed and "W1" not in zeroed):
        found.append("W2")
    found.sort(key=NAMES.index)
    return tuple(found)


def seen_to_move(parameters, X, Y):
    C, W1, b1, W2, b2 = parameters
    for p in parameters:
        if p.grad is not None:
            p.grad.zero_()
    losses = []
    for x, y in zip(X, Y):
        h = torch.tanh(torch.cat([C[ix] for ix in x]) @ W1 + b1)
        logits = h @ W2 + b2
        losses.append(torch.logsumexp(logits, 0) - logits[y])
    (sum(losses) / len(losses)).backward()
    found = []
    for name, p in zip(NAMES, parameters):
        if p.grad is not None and not torch.equal(p.grad, torch.zeros_like(p)):
            found.append(name)
    return found


def zero_start_limit(Y, vocab_size):
    counts = {}
    for y in Y.tolist():
        counts[y] = counts.get(y, 0) + 1
    loss = 0.0
    for y in Y.tolist():
        loss -= math.log(counts[y] / len(Y))
    return loss / len(Y)


def fold_batchnorm(linear, bn):
    fan_in, fan_out = linear.weight.shape
    new = layers.Linear(fan_in, fan_out, bias=True)
    weight = torch.zeros(fan_in, fan_out)
    bias = torch.zeros(fan_out)
    mean, var = bn.running_mean.flatten(), bn.running_var.flatten()
    with torch.no_grad():
        for j in range(fan_out):
            root = math.sqrt(var[j].item() + bn.eps)
            for i in range(fan_in):
                weight[i, j] = linear.weight[i, j] * bn.gamma[j] / root
            before = linear.bias[j] if linear.bias is not None else 0.0
            bias[j] = before * bn.gamma[j] / root + bn.beta[j] - mean[j] * bn.gamma[j] / root
    new.weight = weight
    new.bias = bias
    return new
