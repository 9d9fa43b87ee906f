import numpy as np
import torch

from counts import encode


def softmax_forward(scores):
    shifted = scores - scores.max(axis=1, keepdims=True)
    exp_scores = np.exp(shifted)
    probs = exp_scores / exp_scores.sum(axis=1, keepdims=True)
    return probs, probs


def softmax_backward(dprobs, cache):
    probs = cache
    return probs * (dprobs - (dprobs * probs).sum(axis=1, keepdims=True))


def softmax_loss_vectorized(W, X, y, reg):
    """
    Inputs:
    - W: (C, V) weights; X: (N,) row numbers; y: (N,) labels; reg: strength of the regularization
    Returns a tuple of:
    - loss as a single float
    - gradient with respect to W, of the same shape
    """
    num_train = X.shape[0]
    scores = W[X]
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_probs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_probs[np.arange(num_train), y].sum() / num_train
    loss += reg * np.sum(W * W) / W.size

    dscores = np.exp(log_probs)
    dscores[np.arange(num_train), y] -= 1
    dscores /= num_train
    dW = np.zeros_like(W)
    np.add.at(dW, X, dscores)
    dW += 2 * reg * W / W.size
    return loss, dW


class SoftmaxClassifier(torch.autograd.Function):
    @staticmethod
    def forward(ctx, W, xs, ys, reg):
        loss, dW = softmax_loss_vectorized(W.detach().numpy(), xs.numpy(), ys.numpy(), reg)
        ctx.dW = torch.from_numpy(dW)
        return torch.tensor(loss, dtype=W.dtype)

    @staticmethod
    def backward(ctx, dout):
        return dout * ctx.dW, None, None, None


class Probabilities(torch.autograd.Function):
    @staticmethod
    def forward(ctx, W, xs):
        probs, cache = softmax_forward(W.detach().numpy()[xs.numpy()])
        ctx.cache, ctx.xs, ctx.shape = cache, xs.numpy(), tuple(W.shape)
        return torch.from_numpy(probs)

    @staticmethod
    def backward(ctx, dout):
        dW = np.zeros(ctx.shape, dtype=dout.numpy().dtype)
        np.add.at(dW, ctx.xs, softmax_backward(dout.numpy(), ctx.cache))
        return torch.from_numpy(dW), None


def bigram_dataset(words, stoi):
    codes, starts = encode(words, stoi)
    return torch.from_numpy(codes[starts]), torch.from_numpy(codes[starts + 1])


def one_hot(xs, classes):
    N = xs.shape[0]
    rows = np.zeros((N, classes), dtype=np.float32)
    rows[np.arange(N), xs.numpy()] = 1
    return torch.from_numpy(rows)


def probabilities(xs, W):
    return Probabilities.apply(W, xs)


def nll_loss(xs, ys, W, l2):
    return SoftmaxClassifier.apply(W, xs, ys, l2)


def train(xs, ys, W, steps, lr, l2):
    w = W.detach().numpy()  # shares its memory with W
    loss_history = []
    for it in range(steps):
        loss, grad = softmax_loss_vectorized(w, xs.numpy(), ys.numpy(), l2)
        loss_history.append(float(loss))
        w -= lr * grad
    return loss_history


def sample_names(W, itos, count, generator):
    probs, _ = softmax_forward(W.detach().numpy())
    names = []
    for n in range(count):
        name, ix = "", 0
        for _ in iter(int, 1):  # for ever
            ix = int(torch.multinomial(torch.from_numpy(probs[ix]), 1, generator=generator))
            if ix == 0:
                break
            name += itos[ix]
        names.append(name)
    return names
