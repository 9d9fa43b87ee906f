"""The smallest inputs on which a submission goes wrong. hypothesis makes them smaller, by looking at the submission."""

import random
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

from grader.judging.case import Case
from grader.judging.properties.choices import Bits, Inputs
from grader.sandbox.observation import DIED, TIMED_OUT, Asked

LOOKS = 150  # at the submission, for one search
EXAMPLES = 60  # are made up in search of one that fails, from which on they are made smaller
LOST = (TIMED_OUT, DIED)


class _Enough(BaseException):
    """As many looks as a search may have."""


class Search:
    """Looks at a submission for one test, and remembers what was seen, so that it is asked nothing twice."""

    def __init__(self, look: Callable[[Mapping[str, Any]], Case]) -> None:
        self.look = look
        self.seen: dict[bytes, Case] = {}

    def first_wrong(self, candidates: Iterable[Mapping[str, Any]]) -> Case | None:
        """The first of these on which it goes wrong."""
        return next((case for one in candidates if not (case := self._case(one)).agrees), None)

    def smallest_wrong(self, inputs: Inputs, found: Case, seed: str) -> Case:
        """The smallest that can be found in so many looks, `found` if there is none. A lost worker ends the search."""
        if found.yours.kind in LOST:
            return found
        with suppress(_Enough):
            for one in _search(inputs.up_to(found.inputs), self._is_wrong, seed):
                return self._case(one)
        return min((case for case in self.seen.values() if _counts(case)), key=lambda case: _size(inputs, case))

    def _case(self, inputs: Mapping[str, Any]) -> Case:
        asked = Asked.of(inputs)
        if asked.encoded not in self.seen:
            self.seen[asked.encoded] = self.look(asked)
        return self.seen[asked.encoded]

    def _is_wrong(self, inputs: Mapping[str, Any] | None) -> bool:
        if inputs is None:
            return False
        case = self._case(inputs)
        if len(self.seen) >= LOOKS or case.yours.kind in LOST:
            raise _Enough
        return not case.agrees


def _size(inputs: Inputs, case: Case) -> tuple[int, int, int]:
    """What makes one case smaller than another: less to look at, then less data, then fewer letters to type."""
    text = case.probe.show(**case.inputs)
    return inputs.size(case.inputs), len(Asked.of(case.inputs).encoded), len(text)


def _counts(case: Case) -> bool:
    return not case.agrees and case.yours.kind not in LOST


def _search(inputs: Inputs, is_wrong: Callable[[Any], bool], seed: str) -> list[Any]:
    """Let hypothesis look for inputs that are wrong, and make them smaller; none if it finds none.

    It is given nothing but bits: for numbers it would take constants from whatever modules happen to be loaded.
    """
    from hypothesis import Phase, find, settings, strategies
    from hypothesis.errors import HypothesisException

    bits = strategies.booleans()
    made = strategies.composite(lambda draw: inputs(Bits(lambda: draw(bits))))
    bounds = settings(max_examples=EXAMPLES, database=None, deadline=None, phases=(Phase.generate, Phase.shrink))
    with suppress(HypothesisException):
        return [find(made(), is_wrong, settings=bounds, random=random.Random(seed))]
    return []
