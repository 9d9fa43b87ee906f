import numpy as np

from layers import Tanh


def activation_stats(layers, threshold=0.97):
    stats = []
    for layer in layers:
        if isinstance(layer, Tanh):
            H = layer.out.detach().numpy()
            stats.append([np.mean(H).item(), np.std(H, ddof=1).item(), np.count_nonzero(np.abs(H) > threshold) / H.size])
    return stats


def gradient_stats(layers, loss):
    outs = [layer.out for layer in layers if isinstance(layer, Tanh)]
    [out.retain_grad() for out in outs]
    loss.backward(retain_graph=True)
    grads = [out.grad.numpy() for out in outs]
    return [(float(dH.mean()), float(dH.std(ddof=1))) for dH in grads]


def grad_to_data(parameters):
    ratios = []
    for W in parameters:
        if W.dim() != 2:
            continue
        dW, w = W.grad.numpy(), W.detach().numpy()
        ratios.append(float(dW.std(ddof=1) / w.std(ddof=1)))
    return ratios


def update_ratios(parameters, lr):
    log_ratios = []
    for W in parameters:
        if W.dim() == 2:
            update = -lr * W.grad.numpy().ravel()
            update_scale = np.std(update, ddof=1)
            param_scale = np.std(W.detach().numpy().ravel(), ddof=1)
            log_ratios.append(float(np.log10(update_scale) - np.log10(param_scale)))
    return log_ratios
