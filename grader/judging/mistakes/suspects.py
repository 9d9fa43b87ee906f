"""What may explain an observation: wrong copies of our solution, whether they are made here or were recorded."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from grader.judging.case import Case
from grader.judging.findings import AsIf
from grader.judging.mistakes.known import Misconception
from grader.judging.subjects import Subject

Key = tuple[str, int]  # a known mistake by its id, and the number of one of the ways to make it


class Made(Protocol):
    """Mistakes that nobody wrote down."""

    def explain(
        self,
        exercise: str,
        cases: Sequence[Case],
        elsewhere: Callable[[], Iterable[Case]],
        wrong_in: Callable[[str], Iterable[Case]],
        sources: Mapping[str, str],
    ) -> AsIf | None:
        """What can be said of those that give just what the student's code gave."""
        ...


class Suspects(Protocol):
    """All wrong copies of a lecture's solution."""

    @property
    def known(self) -> tuple[Misconception, ...]:
        """The known mistakes, in the order of the catalogue."""
        ...

    @property
    def made(self) -> Made:
        """The made ones."""
        ...

    def ways(self, mistake: Misconception) -> Sequence[Subject]:
        """Our solution with this mistake in it, once for each way to make it."""
        ...

    def lies_in(self, way: Key, exercise: str) -> bool:
        """Whether it is made in the solution of this exercise."""
        ...

    def fit(self, one: Key, other: Key) -> bool:
        """Whether the two can be made in one copy."""
        ...

    def both(self, one: Key, other: Key) -> Subject | None:
        """Our solution with both in it; None if there is no such copy."""
        ...

    def beside(self, way: Key) -> Made | None:
        """Made mistakes in a copy that has this one in it already; None where these are not known."""
        ...

    def look(self, ways: Sequence[Subject], case: Case) -> None:
        """Let a case know what is certain of each of these copies."""
        ...
