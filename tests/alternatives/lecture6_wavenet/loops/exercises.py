import torch

from layers import FlattenConsecutive


def predicted_shapes(vocab_size, block_size, n_embd, n_hidden, batch_size):
    shapes = [[batch_size, block_size, n_embd]]
    t = block_size // 2
    inputs = n_embd * 2
    while t > 0:
        for channels in (inputs, n_hidden, n_hidden, n_hidden):
            if t == 1:
                shapes.append([batch_size, channels])
            else:
                shapes.append([batch_size, t, channels])
        inputs = n_hidden * 2
        t = t // 2
    shapes.append([batch_size, vocab_size])
    return shapes


def seen_shapes(model, X):
    shapes = []
    x = X
    for layer in model.layers:
        x = layer(x)
        shapes.append([n for n in x.shape])
    return shapes


def causal_convolution(x, weight, dilation):
    B, T, C = x.shape
    n = len(weight) // C
    outputs = []
    for t in range(T):
        out = torch.zeros(B, weight.shape[1], dtype=x.dtype)
        for i in range(n):
            at = t - (n - 1 - i) * dilation
            if at >= 0:
                for c in range(C):
                    out = out + x[:, at, c].unsqueeze(1) * weight[i * C + c]
        outputs.append(out)
    return torch.stack(outputs, dim=1)


def slide(model, X):
    layers = model.layers
    x = layers[0](X)
    dilation = 1
    for i in range(1, len(layers) - 1, 4):
        assert isinstance(layers[i], FlattenConsecutive)
        x = causal_convolution(x, layers[i + 1].weight, dilation)
        x = layers[i + 2](x)
        x = layers[i + 3](x)
        dilation = dilation + dilation
    x = layers[len(layers) - 1](x)
    windows = []
    for t in range(dilation - 1, x.shape[1]):
        windows.append(x[:, t])
    return torch.stack(windows, dim=1)


def receptive_field(kernel_size, dilations):
    oldest = 0
    for dilation in dilations:
        for _ in range(kernel_size - 1):
            oldest = oldest - dilation
    return 0 - oldest + 1


def seen_inputs(net, x):
    seen = []
    for t in range(x.shape[1]):
        other = x.clone()
        for c in range(x.shape[2]):
            other[0, t, c] = other[0, t, c] + 0.01
        before, after = net(x)[0, -1], net(other)[0, -1]
        if (before != after).any():
            seen.append(t)
    return seen
