import torch

from layers import FlattenConsecutive


def predicted_shapes(vocab_size, block_size, n_embd, n_hidden, batch_size):
    shapes = [(batch_size, block_size, n_embd)]
    halves = [block_size // 2**k for k in range(1, block_size.bit_length())]
    for k, positions in enumerate(halves):
        widths = [2 * (n_hidden if k else n_embd), n_hidden, n_hidden, n_hidden]
        shapes += [(batch_size, positions, w) for w in widths]
    return [tuple(n for i, n in enumerate(s) if not (i == 1 and n == 1 and len(s) == 3)) for s in shapes] + [
        (batch_size, vocab_size)
    ]


def seen_shapes(model, X):
    shapes = []
    x = X
    for layer in model.layers:
        x = layer(x)
        shapes.append(tuple(x.shape))
    return shapes


def causal_convolution(x, weight, dilation):
    B, T, C = x.shape
    n = weight.shape[0] // C
    # where[i, t, s] is 1 if output t uses input s as its i-th
    t = torch.arange(T)
    where = torch.stack([(t[:, None] - (n - 1 - i) * dilation == t[None, :]).type_as(x) for i in range(n)])
    return torch.einsum("its,bsc,ich->bth", where, x, weight.reshape(n, C, -1))


def slide(model, X):
    embedding, *middle, last = model.layers
    x, dilation = embedding(X), 1
    for k, layer in enumerate(middle):
        if isinstance(layer, FlattenConsecutive):
            x = causal_convolution(x, middle[k + 1].weight, dilation)
            dilation *= layer.n
        elif not hasattr(layer, "weight"):
            x = layer(x)
    return last(x)[:, dilation - 1 :]


def receptive_field(kernel_size, dilations):
    return int(1 + torch.tensor(dilations).sum() * (kernel_size - 1))


def seen_inputs(net, x):
    x = x.clone().requires_grad_()
    out = net(x)[0, -1]
    moved = torch.zeros(x.shape[1], dtype=torch.bool)
    for k in range(len(out)):
        x.grad = None
        out[k].backward(retain_graph=True)
        moved |= (x.grad[0] != 0).any(dim=1)
    return torch.nonzero(moved).flatten().tolist()
