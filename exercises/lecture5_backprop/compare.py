"""How close two tensors are: the judge that you will ask after every gradient.

Lecture 5, 0:12. Needs torch and nothing of your own.
What is left out: torch.autograd itself. The lecture lets it compute every gradient once more and compares; here the
checks do that for you.
"""

import torch


def cmp(dt, t):
    """Compare a gradient of yours with another one. Returns the triple (exact, approximate, largest_difference).

    dt, t: float tensors of the same dtype. exact: bool, whether all entries are the same to the last bit.
    approximate: bool, whether each entry of dt is within 1e-8 + 1e-5 * |t| of t's, as torch.allclose has it.
    largest_difference: float, the largest distance between two entries, never negative.
    Tensors of different shapes are neither, whatever broadcasting would make of them: (False, False, inf).

    >>> cmp(torch.tensor([0.1, 0.2]), torch.tensor([0.1, 0.7]))[:2]
    (False, False)
    >>> a, b, c = torch.tensor([0.1]), torch.tensor([0.7]), torch.tensor([0.6])
    >>> cmp((a + b) + c, a + (b + c))                                          # the same sum, by two ways
    (False, True, 1.1920928955078125e-07)

    Two right gradients often differ in the last bit, for something was added up in another order. Mind the second flag.

    Source: lecture 5, 0:12.
    """
    raise NotImplementedError("compare")  # TODO: your code goes here
