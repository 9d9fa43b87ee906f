"""The smallest inputs on which a submission goes wrong, found by looking at it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from grader.judging.case import Case
from grader.sandbox.observation import DIED, TIMED_OUT, Asked

LOST = (TIMED_OUT, DIED)


def first_wrong(candidates: Iterable[Mapping[str, Any]], look: Callable[[Mapping[str, Any]], Case]) -> Case | None:
    """The first of these on which it goes wrong. So a lost worker ends the search."""
    return next((case for one in candidates if not (case := look(Asked.of(one))).agrees), None)
