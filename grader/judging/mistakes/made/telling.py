"""What is said of the slips that explain everything: where and of what kind, never the line; or nothing."""

from collections.abc import Sequence

from grader.judging.findings import AsIf
from grader.judging.mistakes.made.slip import MadeMistake

PLAINLY = 2  # so many times as large as another is a change that is plainly the larger one


def told(found: Sequence[MadeMistake]) -> AsIf | None:
    """The one sentence that is true of all of them; less of it where they differ; none of two functions."""
    functions = {(slip.place.file, slip.place.function) for slip in found}
    if len(functions) != 1:
        return None
    function = found[0].place.in_function
    places = {slip.place.told for slip in found}
    if len(places) > 1:
        return AsIf(function, "", sentence_about(function))
    place, clause = places.pop(), _clause(found)
    return AsIf(place, clause, sentence_of(place, clause) if clause else sentence_about(place))


def sentence_of(place: str, clause: str) -> str:
    """Of which kind the change is, and where it lies."""
    return f"It behaves exactly as if, {place}, {clause}."


def sentence_about(place: str) -> str:
    """Where the change lies, if it may be of several kinds."""
    return f"It behaves exactly as if, {place}, one small thing were otherwise."


def _clause(found: Sequence[MadeMistake]) -> str:
    """What all of them do, or one that is plainly the smallest; else empty."""
    smallest: dict[str, int] = {}
    for slip in found:
        smallest[slip.clause] = min(slip.size, smallest.get(slip.clause, slip.size))
    first, *others = sorted(smallest, key=smallest.__getitem__)
    return first if all(smallest[first] * PLAINLY <= smallest[other] for other in others) else ""
