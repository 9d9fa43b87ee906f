"""What the probes of lecture 2 share: vocabularies, sampled names, careful readings, inputs as a student types them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from grader.inside.arrays import shown
from grader.inside.chance import steady_chance
from grader.inside.late import torch
from grader.inside.plain import Array
from grader.inside.probe import NotAsStated, Tolerance, several
from grader.inside.tensors import (
    as_items,
    as_tensor,
    described,
    generator,
    gradient_of,
    name_of,
    next_number,
    number_of,
    watched_draws,
)

SHARES = Tolerance(5e-6, "shares of counts in float32 are off by 1e-7, the nearest mistake by 1e-3")

MOST_WORDS = 6


# ---- words and characters


def vocabulary(letters: str) -> dict[str, int]:
    """'.' is 0, and the letters follow in the order given."""
    return {character: number for number, character in enumerate("." + letters)}


def numbered(letters: str) -> dict[int, str]:
    """The same, from number to character."""
    return dict(enumerate("." + letters))


def brief(words: list[str]) -> str:
    """A list of words as a student would type it, or how many there are."""
    if len(words) <= MOST_WORDS:
        return repr(words)
    return f"[{', '.join(map(repr, words[:3]))}, ... {len(words)} words]"


def typed(call: str, **inputs: Any) -> str:
    """A call as a student would type it, after its inputs: tensors, and vocabularies given by their letters."""
    return "; ".join([*(f"{name} = {_value(name, given)}" for name, given in inputs.items()), call])


def _value(name: str, given: Any) -> str:
    if isinstance(given, Array):
        return shown(given)
    vocabularies: dict[str, Callable[[str], Any]] = {"stoi": vocabulary, "itos": numbered}
    return str(vocabularies[name](given) if name in vocabularies else given)


# ---- careful readings


def fractions(thing: Any, what: str) -> torch.Tensor:
    """A tensor of floats of any precision, as float64, with the digits that float32 has."""
    found = as_tensor(thing, what)
    if not found.is_floating_point():
        raise NotAsStated(f"{what} has dtype {name_of(found.dtype)}; it should hold floats")
    return found.detach().to(torch.float64).round(decimals=7)  # no digits that float32 does not have


def fraction(thing: Any, what: str) -> float:
    """A number with the digits that float32 has."""
    return round(number_of(thing, what), 7)


def plain_number(thing: Any, what: str) -> float:
    """A number that is shown as 2, and not as 2.0, if it is whole."""
    found = number_of(thing, what)
    return int(found) if found.is_integer() else found


def parts(thing: Any, what: str, asked: str) -> list[Any]:
    """As many results as the statement asks for, given by their names, such as 'xs, ys'."""
    try:
        found = list(thing)
    except TypeError:
        raise NotAsStated(f"{what} is {described(thing)}; the statement asks for ({asked})") from None
    if len(found) != len(asked.split(", ")):
        raise NotAsStated(f"{what} has {several(len(found), 'part')}; the statement asks for ({asked})")
    return found


def loss_and_gradient(loss: Any, W: torch.Tensor, what: str) -> Any:
    """The number, and what arrives at W when backward() sets out from it."""
    found = as_tensor(loss, what)
    if found.numel() != 1:
        raise NotAsStated(f"{what} is {described(found)}; it should be one number")
    if not found.requires_grad:
        raise NotAsStated(f"backward() does not reach W from {what}: the way back was cut, or never there")
    torch.autograd.backward(found.reshape(()))
    return {"loss": fraction(found, what), "W.grad": fractions(gradient_of(W), "W.grad")}


# ---- chance


def made_up(module: ModuleType, sample: Callable[[torch.Generator], Any], seed: int) -> Any:
    """The names from a fresh generator, and the number that the generator would give next."""
    source = generator(seed)
    with steady_chance(), watched_draws([module]):
        names = sample(source)
    return {"names": texts(names), "the generator's next number": next_number(source)}


def dictated(module: ModuleType, sample: Callable[[torch.Generator], Any], script: Sequence[int]) -> Any:
    """The names when the draws are dictated, and the row of probabilities that was handed to each draw."""
    with steady_chance(), watched_draws([module], script) as draws:
        names = sample(generator(0))
    return {"names": texts(names), "rows_drawn_from": [[round(share, 7) for share in row] for row in draws.rows]}


def texts(names: Any) -> list[str]:
    """The names, if each is a text."""
    found = as_items(names, "sample_names(...)")
    for i, name in enumerate(found):
        if not isinstance(name, str):
            raise NotAsStated(f"names[{i}] is {described(name)}; it should be a str")
    return found


def seeded(seed: int) -> str:
    """A generator as a student would type it."""
    return f"torch.Generator().manual_seed({seed})"


def told(script: list[int]) -> str:
    """Dictated draws in words."""
    return f"the draws are dictated: {', '.join(map(str, script))}"
