import numpy as np

from layers import Tanh


def as_numpy(t):
    return t.detach().numpy()


def activation_stats(layers, threshold=0.97):
    outs = [as_numpy(layer.out) for layer in layers if isinstance(layer, Tanh)]
    return [(out.mean().item(), out.std(ddof=1).item(), np.mean(np.abs(out) > threshold).item()) for out in outs]


def gradient_stats(layers, loss):
    seen = {}
    for i, layer in enumerate(layers):
        if isinstance(layer, Tanh):
            layer.out.register_hook(lambda grad, i=i: seen.update({i: as_numpy(grad)}))
    loss.backward()
    return [(float(seen[i].mean()), float(seen[i].std(ddof=1))) for i in sorted(seen)]


def grad_to_data(parameters):
    return [np.std(as_numpy(p.grad), ddof=1).item() / np.std(as_numpy(p), ddof=1).item() for p in parameters if p.ndim == 2]


def update_ratios(parameters, lr):
    return np.log10(np.array(grad_to_data(parameters)) * lr).tolist()
