"""What the probes of lecture 2 share: vocabularies, sampled names, careful readings, inputs as a student types them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import torch

from grader.plain import Array
from grader.probes import NotAsStated, Tolerance
from grader.probes.tensors import (
    as_items,
    as_tensor,
    described,
    generator,
    gradient_of,
    name_of,
    next_number,
    shown,
    watched_draws,
)

SHARES = Tolerance(5e-6, "shares of counts in float32 are off by 1e-7, the nearest mistake by 1e-3")

MOST_WORDS = 6
GLOBAL_SEED = 5  # whoever draws without the generator draws the same every time, so that it can be recognised


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


def spelled(letters: str) -> str:
    """A vocabulary as a student would type it."""
    return f"stoi = {vocabulary(letters)}"


def named(letters: str) -> str:
    """A vocabulary from number to character as a student would type it."""
    return f"itos = {numbered(letters)}"


def table(values: Array, name: str) -> str:
    """A matrix with its name, as a student would type it."""
    return f"{name} = {shown(values)}"


# ---- careful readings


def fractions(thing: Any, what: str) -> torch.Tensor:
    """A tensor of floats of any precision, as float64."""
    found = as_tensor(thing, what)
    if not found.is_floating_point():
        raise NotAsStated(f"{what} has dtype {name_of(found.dtype)}; it should hold floats")
    return found.detach().to(torch.float64)


def parts(thing: Any, what: str, asked: str) -> list[Any]:
    """As many results as the statement asks for, given by their names, such as 'xs, ys'."""
    found, wanted = as_items(thing, what), asked.split(", ")
    if len(found) != len(wanted):
        raise NotAsStated(f"{what} has {len(found)} parts; the statement asks for ({asked})")
    return found


def loss_and_gradient(loss: Any, W: torch.Tensor, what: str) -> Any:
    """The number, and what arrives at W when backward() sets out from it."""
    found = as_tensor(loss, what)
    if found.numel() != 1:
        raise NotAsStated(f"{what} is {described(found)}; it should be one number")
    if not found.requires_grad:
        raise NotAsStated(f"backward() does not reach W from {what}: the way back was cut, or never there")
    found.reshape(()).backward()
    return {"loss": found.detach().reshape(()).item(), "W.grad": gradient_of(W)}


# ---- chance


@contextmanager
def steady_chance() -> Iterator[None]:
    """Torch's own global generator in a known state, and afterwards as it was."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(GLOBAL_SEED)
        yield


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
    return {"names": texts(names), "rows drawn from": draws.rows}


def texts(names: Any) -> list[str]:
    """The names, if each is a text."""
    found = as_items(names, "sample_names(...)")
    for i, name in enumerate(found):
        if not isinstance(name, str):
            raise NotAsStated(f"names[{i}] is {described(name)}; it should be a str")
    return found


def seeded(seed: int) -> str:
    """A generator as a student would type it."""
    return f"generator = torch.Generator().manual_seed({seed})"


def told(script: list[int]) -> str:
    """Dictated draws in words."""
    return f"the draws dictated: {', '.join(map(str, script))}"
