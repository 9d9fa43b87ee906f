import torch
from layers import Tanh

def activation_stats(layers, threshold=0.97):
    result = []
    for layer in layers:
        if isinstance(layer, Tanh):
            t = layer.out
            result.append((t.mean().item(), t.std().item(), (t.abs() > threshold).float().mean().item()))
    return result

def gradient_stats(layers, loss):
    for layer in layers:
        layer.out.retain_grad()
    loss.backward()
    result = []
    for layer in layers:
        if isinstance(layer, Tanh):
            t = layer.out.grad
            result.append((t.mean().item(), t.std().item()))
    return result

def grad_to_data(parameters):
    result = []
    for p in parameters:
        if p.ndim == 2:
            result.append((p.grad.std() / p.std()).item())
    return result

def update_ratios(parameters, lr):
    return [((lr * p.grad).std() / p.data.std()).log10().item() for p in parameters if p.ndim == 2]
