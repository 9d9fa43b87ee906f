"""What the pictures of lecture 5 show: dlogits of a batch, and all gradients of the chain, one after the other."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from grader.inside.late import torch
from grader.inside.plain import Array
from grader.inside.probe import EXACT, NotAsStated, probe
from grader.inside.probes.lecture5_backprop.gradients import ARGUMENTS
from grader.inside.probes.lecture5_backprop.shared import in_float64, row
from grader.inside.tensors import array_of, as_tensor, generator

SYMBOLS = ".abcdefghijklmnopqrstuvwxyz"
BLOCK_SIZE, BATCH, N_EMBD = 3, 32, 10


def _rows(words: list[str], source: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """Contexts and targets of a batch of these words."""
    contexts, targets = [], []
    for word in words:
        symbols = [0] * BLOCK_SIZE + [SYMBOLS.index(symbol) for symbol in word] + [0]
        contexts += [symbols[i : i + BLOCK_SIZE] for i in range(len(word) + 1)]
        targets += symbols[BLOCK_SIZE:]
    picked = torch.randint(0, len(targets), (BATCH,), generator=source)
    return torch.tensor(contexts)[picked], torch.tensor(targets)[picked]


def _parameters(n_hidden: int, source: torch.Generator) -> list[torch.Tensor]:
    """The lecture's start: small random numbers everywhere, and nothing that is zero."""
    size, fan_in = len(SYMBOLS), N_EMBD * BLOCK_SIZE

    def drawn(*shape: int) -> torch.Tensor:
        return torch.randn(shape, generator=source)

    return [
        drawn(size, N_EMBD),
        drawn(fan_in, n_hidden) * (5 / 3) / fan_in**0.5,
        drawn(n_hidden) * 0.1,
        drawn(n_hidden, size) * 0.1,
        drawn(size) * 0.1,
        drawn(1, n_hidden) * 0.1 + 1.0,
        drawn(1, n_hidden) * 0.1,
    ]


def _there(values: dict[str, Any], name: str) -> torch.Tensor:
    """One of the intermediates of the student's forward pass."""
    if not isinstance(values, dict) or name not in values:
        raise NotAsStated(f"forward_pieces(...) has no {name!r}; the statement asks for it")
    return as_tensor(values[name], name)


@probe(EXACT, lambda words, n_hidden, seed: "cross_entropy_backward(logits, Yb)", seconds=10)
def pictured_dlogits(forward: ModuleType, fused: ModuleType, *, words: list[str], n_hidden: int, seed: int) -> Any:
    """The gradient at the logits of a batch, and the targets."""
    source = generator(seed)
    with in_float64():
        parameters, (Xb, Yb) = _parameters(n_hidden, source), _rows(words, source)
        logits = _there(forward.forward_pieces(parameters, Xb, Yb), "logits")
        found = as_tensor(fused.cross_entropy_backward(logits, Yb), "cross_entropy_backward(...)")
    return {"dlogits": found, "Yb": Yb}


@probe(EXACT, lambda words, n_hidden, seed: "dlogprobs(logprobs, Yb), ..., dC(C, Xb, demb)", seconds=10)
def pictured_gradients(forward: ModuleType, pieces: ModuleType, *, words: list[str], n_hidden: int, seed: int) -> Any:
    """All gradients of the chain, each from the student's own that came before."""
    source, found = generator(seed), dict[str, Array]()
    with in_float64():
        parameters, (Xb, Yb) = _parameters(n_hidden, source), _rows(words, source)
        values = forward.forward_pieces(parameters, Xb, Yb)
        known = dict(zip(("C", "W1", "b1", "W2", "b2", "bngain", "bnbias"), parameters, strict=True))
        known |= {"Xb": Xb, "Yb": Yb}
        for name, arguments in ARGUMENTS.items():
            given = [known[each] if each in known else _there(values, each) for each in arguments]
            gradient = as_tensor(getattr(pieces, name)(*given), f"{name}(...)")
            known[name] = row(gradient) if name.startswith("dbn") else gradient
            found[name] = array_of(known[name])
    return found
