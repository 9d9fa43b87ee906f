import torch
import torch.nn.functional as F


def init_parameters(vocab_size, block_size, n_embd, n_hidden, generator):
    C = torch.randn((vocab_size, n_embd), generator=generator)
    W1 = torch.randn((block_size * n_embd, n_hidden), generator=generator)
    b1 = torch.randn(n_hidden, generator=generator)
    W2 = torch.randn((n_hidden, vocab_size), generator=generator)
    b2 = torch.randn(vocab_size, generator=generator)
    parameters = [C, W1, b1, W2, b2]
    for p in parameters:
        p.requires_grad = True
    return parameters


def embed(C, X):
    return C[X]


def forward(parameters, X):
    C, W1, b1, W2, b2 = parameters
    emb = embed(C, X)
    embcat = emb.view(emb.shape[0], -1)
    h = torch.tanh(embcat @ W1 + b1)
    logits = h @ W2 + b2
    return logits


def loss(logits, Y):
    raise NotImplementedError("mlp-loss")  # TODO: your code goes here


def minibatch(X, Y, batch_size, generator):
    raise NotImplementedError("minibatch")  # TODO: your code goes here


def sgd_step(parameters, lr):
    raise NotImplementedError("sgd-step")  # TODO: your code goes here


def train(parameters, X, Y, steps, batch_size, schedule, generator):
    raise NotImplementedError("train-mlp-lm")  # TODO: your code goes here


def evaluate(parameters, X, Y):
    raise NotImplementedError("evaluate")  # TODO: your code goes here


def sample_names(parameters, itos, block_size, count, generator):
    raise NotImplementedError("sample-mlp")  # TODO: your code goes here
