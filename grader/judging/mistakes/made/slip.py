"""One small change of our solution: what it replaces, where that stands, and what may be said of it."""

import re
from dataclasses import dataclass
from typing import Protocol, Self

WORD = re.compile(r"\w+|[^\w\s()]")


@dataclass(frozen=True)
class Place:
    """Where a change lies: a function, and what is set or returned by the statement, if a student knows its name."""

    exercise: str
    file: str
    function: str
    result: str

    @property
    def told(self) -> str:
        """In the student's words: in normalise of Layer, where out is set."""
        return f"{self.in_function}, {self.result}" if self.result else self.in_function

    @property
    def in_function(self) -> str:
        """The function alone."""
        owner, _, name = self.function.rpartition(".")
        return f"in {name} of {owner}" if owner else f"in {name}"


class MadeMistake(Protocol):
    """What may be said of a change, whether it is here or was recorded; see Slip."""

    @property
    def place(self) -> Place: ...

    @property
    def clause(self) -> str: ...

    @property
    def size(self) -> int: ...

    @property
    def inner(self) -> Self | None: ...


@dataclass(frozen=True)
class Slip:
    """Replace the letters from `start` to `end` by `new`; `clause` says what is so if that is done.

    `inner` is the slip itself, where more had to be changed to bring it to its place.
    """

    place: Place
    start: int
    end: int
    old: str
    new: str
    clause: str
    inner: "Slip | None" = None

    @property
    def size(self) -> int:
        """How many words and signs are taken out and put in; brackets are not counted."""
        if self.inner:
            return self.inner.size
        old, new = WORD.findall(self.old), WORD.findall(self.new)
        while old and new and old[0] == new[0]:
            del old[0], new[0]
        while old and new and old[-1] == new[-1]:
            del old[-1], new[-1]
        return len(old) + len(new)

    @property
    def name(self) -> list[str | int]:
        """What tells it from all other slips of a lecture."""
        if self.inner:
            return [*self.inner.name, self.place.file, self.place.function]
        return [self.place.file, self.start, self.end, self.new]

    def applied(self, text: str) -> str:
        """The file's text with the change in it."""
        return text[: self.start] + self.new + text[self.end :]
