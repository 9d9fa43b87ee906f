"""What the probes of the tensor lectures share: arrays in and out, generators, watched draws, careful readings.

Runs beside student code, and in the trusted process for our own; both use one thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from grader.inside.late import torch
from grader.inside.plain import Array, article
from grader.inside.probe import NotAsStated, Tolerance

MANY_DRAWS = 500

FLOAT64 = Tolerance(1e-9, "float64 in another order of operations differs by 1e-12, the nearest mistake by 1e-4", 1e-9)
TRAJECTORY = Tolerance(1e-9, "equivalent float64 training differs by 1e-12 in 100 steps, the nearest mistake by 1e-5")
FLOAT32 = Tolerance(2e-6, "one float32 forward pass in another order differs by 5e-7, a mistake by 1e-3", 1e-5)


# ---- numbers in and out


def array_of(values: torch.Tensor) -> Array:
    """A tensor as an Array."""
    flat = values.detach().contiguous().reshape(-1)
    data = flat.view(torch.uint8).numpy().tobytes() if flat.numel() else b""
    return Array(str(values.dtype).removeprefix("torch."), tuple(values.shape), data)


def tensor(values: Array) -> torch.Tensor:
    """An Array as a tensor with memory of its own."""
    dtype = getattr(torch, values.dtype)
    if not values.data:
        return torch.empty(values.shape, dtype=dtype)
    return torch.frombuffer(bytearray(values.data), dtype=dtype).reshape(values.shape)


def leaf(values: Array) -> torch.Tensor:
    """An Array as a parameter: a tensor of its own that collects a gradient."""
    return tensor(values).requires_grad_()


def as_tensor(thing: Any, what: str) -> torch.Tensor:
    """The thing itself, if it is a tensor."""
    if not isinstance(thing, torch.Tensor):
        raise NotAsStated(f"{what} is {described(thing)}; it should be a tensor")
    return thing


def whole_numbers(thing: Any, what: str) -> torch.Tensor:
    """An integer tensor of any width, as int64."""
    found = as_tensor(thing, what)
    if found.is_floating_point() or found.is_complex() or found.dtype == torch.bool:
        raise NotAsStated(f"{what} has dtype {name_of(found.dtype)}; it should hold whole numbers")
    return found.to(torch.int64)


def number_of(thing: Any, what: str) -> float:
    """A number, whether it comes as a Python number or as a tensor with one entry."""
    if isinstance(thing, torch.Tensor) and thing.numel() == 1:
        return float(thing.detach())
    if isinstance(thing, int | float) and not isinstance(thing, bool):
        return float(thing)
    if isinstance(thing, torch.Tensor):
        raise NotAsStated(f"{what} is a tensor of shape {tuple(thing.shape)}; it should be one number")
    raise NotAsStated(f"{what} is {described(thing)}; it should be a number")


def float_of(thing: Any, what: str) -> float:
    """A number that is asked for as a float; a tensor with one entry will do, if it is off the graph."""
    if isinstance(thing, torch.Tensor) and thing.requires_grad:
        raise NotAsStated(f"{what} is a tensor that hangs on the graph; it should be a float")
    return number_of(thing, what)


def as_items(thing: Any, what: str) -> list[Any]:
    """The items of whatever sequence the student chose."""
    try:
        return list(thing)
    except TypeError:
        raise NotAsStated(f"{what} is {described(thing)}; it should be a list") from None


def gradient_of(parameter: torch.Tensor) -> torch.Tensor:
    """What has arrived at a parameter; zeros where nothing has."""
    return torch.zeros_like(parameter) if parameter.grad is None else parameter.grad


def name_of(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")


def described(thing: Any) -> str:
    """What kind of thing it is, with its article."""
    if isinstance(thing, torch.Tensor):
        return f"a tensor of shape {tuple(thing.shape)}"
    return "None (is a return missing?)" if thing is None else article(type(thing).__name__)


# ---- chance


def generator(seed: int) -> torch.Generator:
    """A new generator in the state that the seed gives."""
    return torch.Generator().manual_seed(seed)


def next_number(source: torch.Generator) -> float:
    """What the generator would give next: another number if it was asked more often, or less, or set anew."""
    copy = torch.Generator()
    copy.set_state(source.get_state())
    return float(torch.rand(1, generator=copy, dtype=torch.float64))


@dataclass
class Draws:
    """What was asked of torch.multinomial: the rows of probabilities, in the order of the draws."""

    rows: list[list[float]] = field(default_factory=list)


@contextmanager
def watched_draws(
    modules: Iterable[ModuleType], script: Sequence[int] | None = None, limit: int = MANY_DRAWS, of: str = "names were"
) -> Iterator[Draws]:
    """Log every draw from torch.multinomial, by whatever name these modules know it; `script` decides what is drawn.

    More than `limit` draws, or more than the script holds, end the measurement: a loop that never stops, stops here.
    """
    draws, real, method = Draws(), torch.multinomial, torch.Tensor.multinomial
    answers = None if script is None else iter(script)

    def watched(input: torch.Tensor, num_samples: int, replacement: bool = False, **options: Any) -> torch.Tensor:
        draws.rows.append(input.detach().to(torch.float64).reshape(-1).tolist())
        if len(draws.rows) > limit:
            raise NotAsStated(f"there were more than {limit} draws: the loop has no end here")
        if answers is None:
            return real(input, num_samples, replacement, **options)
        answer = next(answers, None)
        if answer is None:
            raise NotAsStated(f"after {len(draws.rows) - 1} draws the {of} complete, and one more was made")
        return torch.full((*input.shape[:-1], num_samples), answer)

    torch.multinomial = watched  # type: ignore[assignment]
    torch.Tensor.multinomial = watched  # type: ignore[method-assign, assignment]
    try:
        with replaced(modules, real, watched):
            yield draws
    finally:
        torch.multinomial, torch.Tensor.multinomial = real, method  # type: ignore[method-assign]


@contextmanager
def dictated_numbers(modules: Iterable[ModuleType], numbers: Sequence[float]) -> Iterator[None]:
    """Let torch.rand, by whatever name these modules know it, give these numbers: each call the next one."""
    real, answers = torch.rand, iter(numbers)

    def given(*size: Any, **options: Any) -> torch.Tensor:
        answer = next(answers, None)
        if answer is None:
            raise NotAsStated("torch.rand was called once more; the statement asks for one number per draw")
        return real(*size, **options).fill_(answer)

    torch.rand = given
    try:
        with replaced(modules, real, given):
            yield
    finally:
        torch.rand = real


@contextmanager
def replaced(modules: Iterable[ModuleType], old: Any, new: Any) -> Iterator[None]:
    """Meanwhile `new` stands wherever one of these modules, or another of its folder, has `old` under some name."""
    from grader.inside.modules import loaded_beside  # which is loaded after this

    loaded = loaded_beside(modules)
    found = [(module, name) for module in loaded for name, value in list(vars(module).items()) if value is old]
    for module, name in found:
        setattr(module, name, new)
    try:
        yield
    finally:
        for module, name in found:
            setattr(module, name, old)
