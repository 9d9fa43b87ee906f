"""What the probes of lecture 3 share: symbols, float64 weights from a seed, rows of given words."""

from __future__ import annotations

from typing import Any

from grader.inside.arrays import shown
from grader.inside.late import torch
from grader.inside.plain import Array
from grader.inside.probe import NotAsStated, several
from grader.inside.tensors import as_items, as_tensor, generator, gradient_of, name_of, next_number

SYMBOLS = ".abcdefghijklmnopqrstuvwxyz"
OPTIMISER = 6.0  # seconds: the first optimiser of a process makes torch import a compiler, which takes one or two
EARLIER = 0.5  # every entry of a gradient that was there before
PARAMETERS = ("C", "W1", "b1", "W2", "b2", "W3")


def table() -> dict[str, int]:
    """stoi, made anew."""
    return {symbol: index for index, symbol in enumerate(SYMBOLS)}


def symbol_of(index: int) -> str:
    """The symbol of an index; an index that has none in angle brackets."""
    return SYMBOLS[index] if 0 <= index < len(SYMBOLS) else f"<{index}>"


def weights(sizes: list[int], seed: int, scale: float = 1.0) -> list[torch.Tensor]:
    """[C, W1, b1, W2, b2] for (vocab_size, block_size, n_embd, n_hidden), as this lecture's README shows them."""
    vocab_size, block_size, n_embd, n_hidden = sizes
    fan_in, source = block_size * n_embd, generator(seed)
    shapes: list[tuple[int, ...]] = [
        (vocab_size, n_embd), (fan_in, n_hidden), (n_hidden,), (n_hidden, vocab_size), (vocab_size,),
    ]  # fmt: skip
    drawn = [scale * torch.randn(shape, generator=source, dtype=torch.float64) for shape in shapes]
    return [parameter.requires_grad_() for parameter in drawn]


def rows_of(words: list[str], block_size: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Contexts and targets of the words."""
    contexts, targets = [], []
    for word in words:
        symbols = [0] * block_size + [SYMBOLS.index(symbol) for symbol in word] + [0]
        contexts += [symbols[i : i + block_size] for i in range(len(word) + 1)]
        targets += symbols[block_size:]
    return torch.tensor(contexts), torch.tensor(targets)


def as_parameters(thing: Any, what: str) -> list[torch.Tensor]:
    """A list of parameters, as tensors, of whatever number."""
    return [as_tensor(item, f"{what}[{i}]") for i, item in enumerate(as_items(thing, what))]


def drawn_parameters(made: Any, source: torch.Generator, what: str) -> Any:
    """What can be seen of a list of fresh parameters."""
    parameters = as_parameters(made, what)
    named = list(zip(PARAMETERS, parameters, strict=False))
    return {
        "shapes": [str(tuple(p.shape)) for p in parameters],
        "requires_grad": {name: p.requires_grad for name, p in named},
        "is_leaf": {name: p.is_leaf for name, p in named},
        "dtype": {name: name_of(p.dtype) for name, p in named},
        "parameters": parameters,
        "next number of the generator": next_number(source),
    }


def pair(thing: Any, what: str) -> list[Any]:
    """Two things that were returned together."""
    found = as_items(thing, what)
    if len(found) != 2:
        raise NotAsStated(f"{what} returned {several(len(found), 'thing')}; the statement asks for two")
    return found


def send_back(result: torch.Tensor) -> None:
    """Let an irregular gradient, a row of sines, arrive at a result, if it is part of a graph."""
    if result.requires_grad:
        sines = torch.arange(1, result.numel() + 1, dtype=torch.float64).sin()
        torch.autograd.backward((result * sines.to(result.dtype).reshape(result.shape)).sum())


SENT = "and (out * s).sum().backward(), where s = torch.arange(1, out.numel() + 1).double().sin().view_as(out)"


def gradients(parameters: list[torch.Tensor]) -> dict[str, torch.Tensor]:
    """What has arrived at each parameter, by its name."""
    return {f"{name}.grad": gradient_of(p) for name, p in zip(PARAMETERS, parameters, strict=False)}


def afterwards(parameters: list[torch.Tensor]) -> dict[str, torch.Tensor]:
    """What the parameters that were handed in hold when a function is done, by their names."""
    return {f"{name} afterwards": p for name, p in zip(PARAMETERS, parameters, strict=False)}


def fill_gradients(parameters: list[torch.Tensor]) -> None:
    """Leave a gradient at every parameter, as an earlier backward() would."""
    for parameter in parameters:
        parameter.grad = torch.full_like(parameter, EARLIER)


def call(function: str, sizes: list[int], seed: int) -> str:
    """How a function that makes parameters is called."""
    return f"{function}({', '.join(map(str, sizes))}, torch.Generator().manual_seed({seed}))"


def weighed(sizes: list[int], seed: int, scale: float = 1.0) -> str:
    """Which weights, in words that the README explains."""
    scaled = "" if scale == 1.0 else f", scale {scale}"
    return f"weights of the sizes {', '.join(map(str, sizes))} from seed {seed}{scaled}"


def short(values: Array) -> str:
    """A tensor as a student would type it; float64 goes without saying here."""
    return shown(values).replace(", dtype=torch.float64)", ")")
