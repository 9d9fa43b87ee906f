from typing import NamedTuple

import torch


class Comparison(NamedTuple):
    exact: bool
    approximate: bool
    largest_difference: float


def cmp(dt: torch.Tensor, t: torch.Tensor) -> Comparison:
    if dt.size() != t.size():
        return Comparison(False, False, float("inf"))
    gap = torch.dist(dt, t, p=float("inf")).item()
    return Comparison(gap == 0.0, torch.allclose(dt, t, rtol=1e-05, atol=1e-08), gap)
