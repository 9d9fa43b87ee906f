"""The net of Bengio et al. (2003), as the lecture builds it: an embedding, a tanh layer, an output layer.

Lecture 3, 0:12 to 0:53, and 1:13 for sampling. torch does the gradients.
What is left out: a good start. All parameters come from N(0, 1); exercises.py and lecture 4 take that up.

`parameters` is everywhere the list [C, W1, b1, W2, b2]:
    C  (vocab_size, n_embd)               one row per symbol
    W1 (block_size * n_embd, n_hidden)    b1 (n_hidden,)
    W2 (n_hidden, vocab_size)             b2 (vocab_size,)
What you compute has the dtype of what you are given: the checks use float64 parameters as well as float32.
"""

import torch
import torch.nn.functional as F


def init_parameters(vocab_size, block_size, n_embd, n_hidden, generator):
    """The five parameters [C, W1, b1, W2, b2], drawn from N(0, 1).

    All sizes are ints; the shapes stand at the top of this file. generator: a torch.Generator.
    Draw each tensor whole with torch.randn, in the order of the list, from this generator, in torch's default dtype
    (float32). Each requires a gradient. Returns a list of five tensors.

    >>> g = torch.Generator().manual_seed(2147483647)
    >>> parameters = init_parameters(27, 3, 2, 100, g)
    >>> sum(p.nelement() for p in parameters), parameters[0][0]
    (3481, tensor([ 1.5674, -0.2373], grad_fn=<SelectBackward0>))

    With 10 numbers per symbol and 200 hidden units, as at the end of the lecture, there are 11,897.

    Source: lecture 3, 0:32 (the net in one cell) and 1:11 (the final one); Bengio et al. 2003, section 2.
    """
    raise NotImplementedError("mlp-init")  # TODO: your code goes here


def embed(C, X):
    """Replace every index by its row of the lookup table.

    C: (vocab_size, n_embd). X: (N, block_size) int64. Returns (N, block_size, n_embd).

    >>> C = torch.tensor([[0.5, -1.0], [2.0, 0.25], [-3.0, 4.0]])
    >>> embed(C, torch.tensor([[0, 0, 2], [0, 2, 1]])).tolist()
    [[[0.5, -1.0], [0.5, -1.0], [-3.0, 4.0]], [[0.5, -1.0], [-3.0, 4.0], [2.0, 0.25]]]

    Source: lecture 3, 0:12.
    """
    raise NotImplementedError("embed")  # TODO: your code goes here


def forward(parameters, X):
    """The logits: embed, put a row's embeddings side by side, a tanh layer, an output layer.

    parameters: [C, W1, b1, W2, b2]. X: (N, block_size) int64. Returns logits, (N, vocab_size), not probabilities.
    Side by side means: all the numbers of the first symbol of the context, then all of the second, and so on.
    All sizes are read from the tensors, so that the function serves any block_size and n_embd.

    >>> C = torch.tensor([[0.5], [-1.0], [2.0]]); W1 = torch.tensor([[1.0], [-0.5]]); b1 = torch.tensor([0.25])
    >>> W2 = torch.tensor([[1.0, -2.0, 0.5]]); b2 = torch.tensor([0.0, 1.0, -1.0])
    >>> forward([C, W1, b1, W2, b2], torch.tensor([[0, 2]]))     # tanh(0.5*1 + 2*(-0.5) + 0.25) is -0.2449
    tensor([[-0.2449,  1.4898, -1.1225]])

    Source: lecture 3, 0:18 to 0:32; Bengio et al. 2003, equation 1, without the direct connections W.
    """
    raise NotImplementedError("mlp-forward")  # TODO: your code goes here


def loss(logits, Y):
    """The mean negative log likelihood of the targets: how surprised the net is, per row.

    logits: (N, vocab_size). Y: (N,) int64. Returns a tensor of one number, from which backward() can start.
    It has to come out right for large logits too, in float32: exp(100) is more than float32 can hold.

    >>> loss(torch.tensor([[-5.0, -3.0, 0.0, 100.0]]), torch.tensor([2]))
    tensor(100.)
    >>> loss(torch.tensor([[0.0, 3.0, -2.0, 1.0], [1.0, 1.0, 1.0, 1.0]]), torch.tensor([3, 0]))
    tensor(1.7809)

    Source: lecture 3, 0:29 (by hand) and 0:32 (why not by hand).
    """
    raise NotImplementedError("mlp-loss")  # TODO: your code goes here


def minibatch(X, Y, batch_size, generator):
    """batch_size rows at random, and the targets that belong to them.

    X: (N, block_size). Y: (N,). generator: a torch.Generator.
    Returns (Xb, Yb), of the shapes (batch_size, block_size) and (batch_size,).
    The row numbers come from one call of torch.randint: any of 0 ... N-1, of shape (batch_size,), from this generator.
    A row may come twice.

    >>> X, Y = torch.arange(60).view(20, 3), torch.arange(20)
    >>> minibatch(X, Y, 4, torch.Generator().manual_seed(2147483647))
    (tensor([[33, 34, 35],
            [42, 43, 44],
            [27, 28, 29],
            [36, 37, 38]]), tensor([11, 14,  9, 12]))

    Source: lecture 3, 0:41.
    """
    return X, Y, batch_size


def sgd_step(parameters, lr):
    """Move every parameter against its gradient, in place. Returns nothing.

    parameters: list of tensors of any shapes, whose .grad is filled in. lr: the learning rate, a positive float.
    The tensors themselves change, not copies of them.

    >>> p = torch.tensor([2.0, -1.0], requires_grad=True); p.grad = torch.tensor([0.5, 3.0])
    >>> sgd_step([p], 0.1)
    >>> p.tolist()
    [1.9500000476837158, -1.2999999523162842]

    Source: lecture 3, 0:37.
    """
    raise NotImplementedError("sgd-step")  # TODO: your code goes here


def train(parameters, X, Y, steps, batch_size, schedule, generator):
    """Train on minibatches. Returns the list of losses, one float per step.

    parameters: as above, changed in place. X, Y: all rows and targets. steps, batch_size: ints.
    schedule: a function from the number of a step (0, 1, ...) to its learning rate.
    generator: where `minibatch` takes its row numbers from, once per step.
    A step: draw a minibatch, forward, loss, clear the old gradients, backward, `sgd_step`.
    A step's loss is that of its own minibatch, measured before the update.

    >>> g = torch.Generator().manual_seed(2147483647)
    >>> parameters = init_parameters(27, 3, 2, 100, g)
    >>> X, Y = build_dataset(["emma", "olivia", "ava", "isabella", "sophia"], stoi, 3)    # 32 rows
    >>> train(parameters, X, Y, 4, 32, lambda step: 0.1 if step < 2 else 0.01, g)         # rounded
    [18.7017, 15.8225, 11.5594, 10.1072]

    Source: lecture 3, 0:37 to 0:46, and 1:05 for the schedule.
    """
    raise NotImplementedError("train-mlp-lm")  # TODO: your code goes here


def evaluate(parameters, X, Y):
    """The loss over all the rows that are given, as a float. Nothing is learnt here: parameters and gradients stay.

    parameters: as above. X: (N, block_size). Y: (N,). Returns a float.

    >>> parameters = init_parameters(27, 3, 2, 100, torch.Generator().manual_seed(2147483647))
    >>> X, Y = build_dataset(["emma", "olivia", "ava", "isabella", "sophia"], stoi, 3)
    >>> round(evaluate(parameters, X, Y), 4)
    17.7697

    Source: lecture 3, 0:53; the number is that of 0:32.
    """
    raise NotImplementedError("evaluate")  # TODO: your code goes here


def sample_names(parameters, itos, block_size, count, generator):
    """Invent names: ask the net for the next symbol, draw it, move the window on, until '.' is drawn.

    parameters: as above. itos: dict, index to symbol; 0 is '.'. block_size, count: ints. generator: a torch.Generator.
    Every name starts from a context of block_size times '.'. Per symbol: the softmax of the logits of this one context,
    and one draw of torch.multinomial(probs, num_samples=1, generator=generator) from it.
    Returns a list of `count` str, without the '.' at the end; a name may be empty.

    >>> C = torch.tensor([[0.0], [1.0], [2.0]]); W1 = torch.tensor([[0.0], [1.0]]); b1 = torch.tensor([-1.0])
    >>> W2 = torch.tensor([[100.0, -100.0, 0.0]]); b2 = torch.tensor([0.0, 0.0, 30.0])
    >>> g = torch.Generator().manual_seed(2147483647)
    >>> sample_names([C, W1, b1, W2, b2], {0: ".", 1: "a", 2: "b"}, 2, 3, g)      # a net without doubts: . a b .
    ['ab', 'ab', 'ab']

    Other nets give other names from other seeds, and from other versions of torch.

    Source: lecture 3, 1:13.
    """
    raise NotImplementedError("sample-mlp")  # TODO: your code goes here
