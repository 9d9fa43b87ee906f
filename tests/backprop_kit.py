"""The start of lecture 5's net, as its notebook draws it."""

import lecture_kit as kit
import torch


def started(*hidden: int) -> tuple[list[torch.Tensor], torch.Generator]:
    """[C, W1, b1, W2, b2, bngain, bnbias] of the last of these nets, and the generator behind it.

    The notebook draws gain and bias of batch norm without its generator. Here the global one stands at 0 when the
    notebook begins, which has a net of 64 hidden units first, and one of 200 later.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        gains = [(torch.randn((1, n)) * 0.1 + 1.0, torch.randn((1, n)) * 0.1) for n in hidden]
    n, generator = hidden[-1], kit.seeded()

    def drawn(*shape: int) -> torch.Tensor:
        return torch.randn(shape, generator=generator)

    C, W1 = drawn(27, 10), drawn(30, n) * (5 / 3) / 30**0.5
    b1, W2, b2 = drawn(n) * 0.1, drawn(n, 27) * 0.1, drawn(27) * 0.1
    return [C, W1, b1, W2, b2, *gains[-1]], generator
