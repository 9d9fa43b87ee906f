"""A few draws from torch's generator: if a version of it draws otherwise, what was recorded of draws says nothing."""

from typing import Any

from grader.inside.probe import EXACT, REGISTRY, Probe

SEED = 2147483647


def _few_draws() -> dict[str, Any]:
    import torch

    g = torch.Generator().manual_seed(SEED)
    chances = torch.rand(27, generator=g)
    return {
        "rand": chances,
        "multinomial": torch.multinomial(chances, 20, replacement=True, generator=g),
        "randn": torch.randn(5, 7, generator=g),
        "randint": torch.randint(0, 1000, (20,), generator=g),
        "randperm": torch.randperm(30, generator=g),
    }


few_draws = Probe("draws.few_draws", (), _few_draws, EXACT, 5.0, lambda: "a few draws from torch's generator")
REGISTRY[few_draws.name] = few_draws
