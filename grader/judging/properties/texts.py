"""Texts made of signs, some of which are awkward: the simplest text is empty, and the first sign is the simplest."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from grader.judging.properties.choices import Choices, one_of


@dataclass(frozen=True)
class Texts:
    """The input of this name is a text of at most `longest` signs; the others are always the same."""

    name: str
    signs: tuple[str, ...]
    longest: int
    fixed: tuple[tuple[str, Any], ...]

    def __call__(self, choices: Choices) -> Mapping[str, Any]:
        count = choices.below(self.longest + 1)
        return {self.name: "".join(one_of(choices, self.signs) for _ in range(count)), **dict(self.fixed)}

    def size(self, inputs: Mapping[str, Any]) -> int:
        return len(inputs[self.name])

    def up_to(self, inputs: Mapping[str, Any]) -> "Texts":
        return replace(self, longest=min(self.longest, len(inputs[self.name])))


def texts(signs: str | tuple[str, ...], longest: int = 8, name: str = "text", **fixed: Any) -> Texts:
    """Texts of these signs, each a character or several; what else the probe is given can be hashed."""
    return Texts(name, tuple(signs), longest, tuple(fixed.items()))
