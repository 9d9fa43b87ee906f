"""Two nets made of the layers, and what is done with them: preparing, training, measuring, inventing names.

Lecture 6, 0:19 to 0:47. Needs layers.py. Where a function is given a model, it is a Sequential in the style of the two
that are built here: an Embedding first, and a Linear last.
What is left out: the data. build_dataset of lecture 3 makes the rows; here a context has 8 symbols where it had 3.
"""

import torch
import torch.nn.functional as F

from layers import BatchNorm1d, Embedding, Flatten, FlattenConsecutive, Linear, Sequential, Tanh


def prepare(model):
    """Make a fresh model ready for training. Returns the same model.

    The weight of the last layer becomes a tenth of what it is, so that the net starts undecided; this is no part of the
    graph. Then every parameter has requires_grad True, and is still a leaf.

    >>> model = prepare(Sequential([Embedding(2, 1), Flatten(), Linear(2, 2)]))
    >>> all(p.requires_grad and p.is_leaf for p in model.parameters())
    True

    Source: lecture 6, 0:02.
    """
    raise NotImplementedError("prepare-model")  # TODO: your code goes here


def build_flat(vocab_size, block_size, n_embd, n_hidden, generator):
    """The net of lecture 3 as a Sequential, for any length of context. Returns it, prepared.

    Embedding, Flatten, Linear without a bias, BatchNorm1d and Tanh, n_hidden wide, then a Linear with a bias that gives
    one logit per symbol. Random numbers come from the generator, the embedding's first, then the weights in order.

    >>> model = build_flat(27, 8, 10, 200, torch.Generator().manual_seed(42))
    >>> sum(p.nelement() for p in model.parameters())
    22097

    Source: lecture 6, 0:19.
    """
    raise NotImplementedError("build-flat")  # TODO: your code goes here


def build_model(vocab_size, block_size, n_embd, n_hidden, generator):
    """The lecture's WaveNet as a Sequential. Returns it, prepared.

    block_size: 2, 4, 8, 16, ... After the Embedding comes one level for each halving of it: FlattenConsecutive(2),
    Linear without a bias, BatchNorm1d and Tanh, n_hidden wide. When one position is left, a Linear with a bias gives
    one logit per symbol. Each of these layers is an object of its own, for it keeps its output. Random numbers come
    from the generator, the embedding's first, then the weights in order.

    >>> model = build_model(27, 8, 24, 128, torch.Generator().manual_seed(42))
    >>> len(model.layers), sum(p.nelement() for p in model.parameters())
    (14, 76579)

    Source: lecture 6, 0:36 and 0:46; van den Oord et al. 2016, figure 3.
    """
    raise NotImplementedError("build-wavenet")  # TODO: your code goes here


def eval_mode(model):
    """Switch every layer that knows two modes, a BatchNorm1d, to evaluation: its `training` becomes False.

    >>> model = Sequential([Embedding(5, 3), BatchNorm1d(3)])
    >>> eval_mode(model)
    >>> model.layers[1].training
    False

    Source: lecture 6, 0:04.
    """
    raise NotImplementedError("eval-mode")  # TODO: your code goes here


def train_mode(model):
    """Switch every layer that knows two modes back to training: its `training` becomes True.

    Source: lecture 6, 0:05.
    """
    raise NotImplementedError("eval-mode")  # TODO: your code goes here


def split_loss(model, X, Y):
    """The mean cross entropy over all the rows that are given, as a float, measured in evaluation mode.

    X: (N, block_size) int64. Y: (N,) int64. The model is put into evaluation mode first, and stays in it.
    Nothing else about it changes: parameters, gradients, buffers.

    A net whose last weight is zero says nothing about the symbols, so its loss for 27 of them is log(27), 3.2958.

    Source: lecture 6, 0:05.
    """
    raise NotImplementedError("split-loss")  # TODO: your code goes here


def train(model, X, Y, steps, batch_size, schedule, generator):
    """Train on minibatches. Returns the list of losses, one float per step.

    The model is put into training mode first, and its parameters change in place. schedule: a function from the number
    of a step (0, 1, ...) to its learning rate. A step: batch_size row numbers from one call of torch.randint with this
    generator; the cross entropy of these rows, which is the step's loss; clear the gradients, backward, update.

    >>> g = torch.Generator().manual_seed(42)
    >>> model = build_model(27, 8, 24, 128, g)
    >>> X, Y = torch.arange(80).view(10, 8) % 27, torch.arange(10)
    >>> [round(loss, 3) for loss in train(model, X, Y, 3, 32, lambda step: 0.1, g)]
    [3.296, 2.712, 2.29]

    Source: lecture 6, 0:02 and 0:37.
    """
    raise NotImplementedError("train-wavenet")  # TODO: your code goes here


def smooth_losses(losses, block):
    """The means of the losses in groups of `block` steps that follow one another: the curve that can be read.

    losses: a list of N floats. block: an int. Returns a tensor of N // block numbers. Steps at the end that fill no
    whole group are left out.

    >>> smooth_losses([4.0, 2.0, 3.0, 1.0, 2.0, 0.0, 9.0], 2)
    tensor([3., 2., 1.])

    Source: lecture 6, 0:07.
    """
    raise NotImplementedError("smooth-losses")  # TODO: your code goes here


def sample_names(model, itos, block_size, count, generator):
    """Invent names with the model in evaluation mode, symbol by symbol, until '.' is drawn.

    itos: dict, index to symbol; 0 is '.'. Every name starts from a context of block_size times '.'. Per symbol: the
    softmax of the logits of this one context, a batch of one row, and one draw of
    torch.multinomial(probs, num_samples=1, generator=generator).
    The model is put into evaluation mode first, and stays in it. Returns a list of `count` str, without the '.'.

    With the lecture's names, its net and its 200,000 steps, three of the names are arlij, chetta and heago.

    Source: lecture 6, 0:05 to 0:06.
    """
    raise NotImplementedError("sample-wavenet")  # TODO: your code goes here
