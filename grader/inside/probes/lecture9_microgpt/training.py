"""What is measured of training.py: Adam's steps, a training, and names from given draws or from a generator."""

import random
from collections.abc import Sequence
from itertools import pairwise
from types import ModuleType
from typing import Any

from grader.inside.probe import NotAsStated, Tolerance, probe
from grader.inside.probes.lecture9_microgpt.at_hand import engine
from grader.inside.probes.lecture9_microgpt.shared import (
    ROUNDING,
    STEPS,
    Vector,
    data_in,
    grads,
    items,
    listed,
    model_of,
    number,
    text,
    told,
    vector,
)

ADAM = Tolerance(1e-10, "one formula in another order differs by 1e-15, eps in another place by 1e-3", 1e-10)


# ---- Adam


def _adam(data: Vector, gradients: list[Vector], lr: float, options: dict[str, float], first: int) -> str:
    more = "".join(f", {name}={value}" for name, value in options.items())
    steps = f"steps {first} to {first + len(gradients) - 1}" if len(gradients) > 1 else f"step {first}"
    return f"adam_step(parameters, m, v, step, {lr}{more}), {steps}, of data {data} with the gradients {gradients}"


@probe(ADAM, _adam)
def adam_steps(
    training: ModuleType, *, data: Vector, gradients: list[Vector], lr: float, options: dict[str, float], first: int
) -> Any:
    """The parameters, both running means and the gradients after each of some steps."""
    with engine(training) as make:
        parameters = vector(make, data)
        m, v = [0.0] * len(data), [0.0] * len(data)
        found = []
        for step, arrived in enumerate(gradients, first):
            for p, grad in zip(parameters, arrived, strict=True):
                p.grad = grad
            training.adam_step(list(parameters), m, v, step, lr, **options)
            found.append({
                "data": listed(parameters, "parameters"), "m": _plain(m, "m"), "v": _plain(v, "v"),
                "gradients afterwards": grads(parameters),
            })  # fmt: skip
        return {f"after step {step}": one for step, one in enumerate(found, first)}


def _plain(values: list[Any], what: str) -> Vector:
    return [number(value, f"{what}[{i}]") for i, value in enumerate(values)]


# ---- a training


def _trained(docs: list[str], letters: str, sizes: list[int], n_head: int, steps: int, lr: float, seed: int) -> str:
    call = f"train(model, {docs}, list({letters!r}), {n_head}, {steps}, {lr})"
    return f"{call} with model = {told(sizes, seed)}"


@probe(STEPS, _trained, seconds=5.0)
def training_losses(
    training: ModuleType, *, docs: list[str], letters: str, sizes: list[int], n_head: int, steps: int, lr: float,
    seed: int,
) -> Any:  # fmt: skip
    """The loss of every step, and the model when training is over."""
    with engine(training) as make:
        model = model_of(make, sizes, seed)
        found = items(training.train(model, list(docs), list(letters), n_head, steps, lr), "train(...)")
        losses = [number(loss, f"losses[{i}]") for i, loss in enumerate(found)]
        return {"losses": losses, **{f"{name} afterwards": rows for name, rows in data_in(model).items()}}


# ---- names


class Script(random.Random):
    """A generator whose choices are given; it notes the probabilities that each was made from."""

    def __init__(self, script: Sequence[int]) -> None:
        super().__init__(0)
        self.script, self.shares = list(script), list[Vector]()

    def choices(self, population: Any, weights: Any = None, *, cum_weights: Any = None, k: int = 1) -> list[Any]:
        places = list(population)
        super().choices(places, weights, cum_weights=cum_weights, k=k)  # raises what it would raise
        self.shares.append(_shares(weights, cum_weights, len(places)))
        if len(self.shares) > len(self.script):
            raise NotAsStated(f"after {len(self.script)} draws the name was complete, and one more was made")
        return [places[self.script[len(self.shares) - 1]]] * k


def _shares(weights: Any, cum_weights: Any, count: int) -> Vector:
    """Weights of any form as shares of a whole."""
    if weights is None and cum_weights is not None:
        sums = [0.0, *map(float, cum_weights)]
        weights = [b - a for a, b in pairwise(sums)]
    given = [1.0] * count if weights is None else [number(w, "a weight of the draw") for w in weights]
    total = sum(given)
    return [w / total for w in given] if total else given


def _sampled(letters: str, sizes: list[int], n_head: int, temperature: float, seed: int) -> str:
    return f"sample(model, list({letters!r}), {n_head}, {temperature}, rng) with model = {told(sizes, seed)}"


@probe(
    ROUNDING,
    lambda script, **inputs: f"{_sampled(**inputs)}, if the draws from rng are {script}",
)
def scripted_name(
    training: ModuleType, *, letters: str, sizes: list[int], n_head: int, temperature: float, seed: int,
    script: list[int],
) -> Any:  # fmt: skip
    """The name that comes of given draws, and the probabilities that each was made from."""
    with engine(training) as make:
        source = Script(script)
        name = training.sample(model_of(make, sizes, seed), list(letters), n_head, temperature, source)
        return {"name": text(name, "sample(...)"), "probabilities of the draws": source.shares}


@probe(
    ROUNDING,
    lambda count, draws, **inputs: f"{_sampled(**inputs)}, {count} times with one rng = random.Random({draws})",
)
def drawn_names(
    training: ModuleType, *, letters: str, sizes: list[int], n_head: int, temperature: float, seed: int, count: int,
    draws: int,
) -> Any:  # fmt: skip
    """Names from one generator, and its next number."""
    with engine(training) as make:
        source, model = random.Random(draws), model_of(make, sizes, seed)
        names = [training.sample(model, list(letters), n_head, temperature, source) for _ in range(count)]
        found = [text(name, f"name {i}") for i, name in enumerate(names)]
        return {"names": found, "rng.random() afterwards": source.random()}
