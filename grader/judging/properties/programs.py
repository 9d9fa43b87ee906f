"""Small programs over Values, as in "c = a * b; d = c * c": each step uses what is there, in any order, or twice."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from grader.inside import expressions
from grader.judging.properties.choices import Choices, number, one_of

LETTERS = "abcdefghijklm"
FLOATS: dict[str, Callable[[float], float]] = {
    "exp": math.exp,
    "log": math.log,
    "tanh": math.tanh,
    "relu": lambda x: x if x > 0 else 0.0,
}

# numbers that stand in a program themselves, the simplest first
PLAIN = (2, 3, 1, 5, 0.5, -2, 4, 1.5)
EXPONENTS = (2, 3, -2, -1, 4, 1, 0.5, 1.5)
UPSTREAM = (2.0, 3.0, -1.0, 0.5, -1.5, 0.7, -0.3, 1.3)

LARGEST = 60.0
# where an operation is defined, and steep or flat enough for two correct ways to agree to the last digits
FITS: dict[str, Callable[..., bool]] = {
    "log": lambda x: x >= 0.25,
    "exp": lambda x: abs(x) <= 4,
    "tanh": lambda x: abs(x) <= 4,
    "relu": lambda x: abs(x) >= 0.1,
    "/": lambda x, y: abs(y) >= 0.25,
    "**": lambda x, n: x >= 0.25 or (abs(x) >= 0.25 and n == int(n)),
}


@dataclass(frozen=True)
class Programs:
    """Programs of up to `steps` steps, each of one of the `forms`; in a form x and y are Values and n is a number.

    `upstream`: with a gradient for the result. `apart`: x and y of a step are not the same Value. `once`: no result is
    used twice, so that the order of a sweep does not matter.
    """

    forms: tuple[str, ...]
    steps: int
    upstream: bool
    apart: bool
    once: bool

    def __call__(self, choices: Choices) -> Mapping[str, Any] | None:
        leaves = 1 + self.apart + choices.below(3)
        steps: list[str] = []
        for _ in range(1 + choices.below(self.steps)):
            steps.append(self._step(choices, leaves, steps))
        made = _written(steps, _numbers(choices, leaves))
        if not _is_sound(made["program"], made["at"]):
            return None
        return {**made, "upstream": one_of(choices, UPSTREAM)} if self.upstream else made

    def _step(self, choices: Choices, leaves: int, steps: list[str]) -> str:
        """One operation on the nodes that there are so far, which stand in it by their numbers: {0} + {3}."""
        spent = {node for step in steps for node in _operands(step) if node >= leaves and self.once}
        used: list[int] = []

        def operand(match: re.Match[str]) -> str:
            if match[0] == "n":
                return str(one_of(choices, EXPONENTS if "**" in form else PLAIN))
            gone = spent | {node for node in used if self.apart or (self.once and node >= leaves)}
            used.append(_node(choices, [node for node in range(leaves + len(steps)) if node not in gone]))
            return f"{{{used[-1]}}}"

        form = one_of(choices, self.forms)
        return re.sub(r"\b[xyn]\b", operand, form)

    def size(self, inputs: Mapping[str, Any]) -> int:
        return len(inputs["program"].split(";"))

    def up_to(self, inputs: Mapping[str, Any]) -> "Programs":
        return replace(self, steps=self.size(inputs))


def programs(*forms: str, steps: int = 4, upstream: bool = False, apart: bool = False, once: bool = False) -> Programs:
    """Programs of these forms, such as "x + y", "n - x" or "exp(x)"."""
    return Programs(forms, steps, upstream, apart, once)


def _node(choices: Choices, nodes: list[int]) -> int:
    """One of the nodes: in half of all cases the latest, so that results are used, and used again.

    It takes as many bits however many there are, so that a step weighs more than a number.
    """
    place, is_latest = choices.below(8), choices.below(2)
    return nodes[-1 if is_latest else place % len(nodes)]


def _numbers(choices: Choices, count: int) -> list[float]:
    """Numbers to start from, of which some are equal."""
    found = [number(choices)]
    for _ in range(count - 1):
        other, is_equal = number(choices), choices.below(4) == 3
        found.append(found[0] if is_equal else other)
    return found


def _written(steps: list[str], numbers: list[float]) -> dict[str, Any]:
    """The program of what the last step needs, with a letter for each node, those of the inputs first."""
    leaves = len(numbers)
    used, ahead = set[int](), [leaves + len(steps) - 1]
    while ahead:
        node = ahead.pop()
        used.add(node)
        ahead += _operands(steps[node - leaves]) if node >= leaves else []
    names = dict(zip(sorted(used), LETTERS, strict=False))
    letters = [names.get(node, "") for node in range(leaves + len(steps))]
    lines = [f"{names[leaves + i]} = {step.format(*letters)}" for i, step in enumerate(steps) if leaves + i in used]
    return {"program": "; ".join(lines), "at": {names[i]: x for i, x in enumerate(numbers) if i in used}}


def _operands(step: str) -> list[int]:
    return [int(number) for number in re.findall(r"{(\d+)}", step)]


def _is_sound(program: str, at: Mapping[str, float]) -> bool:
    """Whether every operation is done where it is defined, and comes to no large number."""
    names = dict(at)
    for step in expressions.parse(program, FLOATS):
        operands = [names[x] if isinstance(x, str) else x for x in step.operands]
        if step.sign in FITS and not FITS[step.sign](*operands):
            return False
        result = names[step.target] = step.run(*operands)
        if abs(result) > LARGEST:
            return False
    return True
