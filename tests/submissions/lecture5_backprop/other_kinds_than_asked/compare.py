"""How close two tensors are: the judge that you will ask after every gradient.

Lecture 5, 0:12. Needs torch and nothing of your own.
What is left out: torch.autograd itself. The lecture lets it compute every gradient once more and compares; here the
checks do that for you.
"""

import torch


def cmp(dt, t):
    if dt.shape != t.shape:
        return False, False, float("inf")        # (3,) and (1, 3) would broadcast, and hide the mistake
    exact = torch.equal(dt, t)
    approximate = torch.allclose(dt, t)          # what rounding can explain
    largest_difference = (dt - t).abs().max().item()
    return exact, approximate
