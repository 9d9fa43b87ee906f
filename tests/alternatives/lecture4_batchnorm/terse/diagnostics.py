import torch
from layers import Tanh


def activation_stats(layers, threshold=0.97):
    ts = [l.out.detach() for l in layers if type(l) is Tanh]
    return [(*map(float, torch.std_mean(t)[::-1]), 1 - (t.abs() <= threshold).double().mean().item()) for t in ts]


def gradient_stats(layers, loss):
    grads = torch.autograd.grad(loss, [l.out for l in layers if type(l) is Tanh])
    return [(g.mean().item(), g.std().item()) for g in grads]


def grad_to_data(parameters):
    return torch.stack([p.grad.std() / p.detach().std() for p in parameters if p.dim() == 2]).tolist()


def update_ratios(parameters, lr):
    return [float(torch.log10(lr * p.grad.std() / p.detach().std())) for p in parameters if p.dim() == 2]
