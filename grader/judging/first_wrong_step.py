"""Where a chain first leaves the way: our solution's steps, by their names, sought among all that yours computes."""

from typing import Any

from grader.inside.plain import Array
from grader.inside.probe import WATCHED
from grader.judging.case import Case
from grader.judging.comparison import first_difference, numbers
from grader.judging.our_solution import RESULT, Ours
from grader.judging.subjects import Subject
from grader.sandbox.observation import RETURNED


def first_step_missed(case: Case, subject: Subject, ours: Ours) -> str:
    """Which steps are computed as expected somewhere, and the first that is nowhere; empty where that is not known.

    If the result comes out (and its gradients do not), whatever is nowhere was only taken in another way.
    """
    watched = WATCHED.get(case.probe.name)
    if watched is None or case.yours.kind != RETURNED or _is_of_another_dtype(case):
        return ""
    seen = subject.observe(watched, case.inputs)
    if seen.kind != RETURNED or not isinstance(seen.value, list):
        return ""
    steps = ours.steps(case.probe, case.inputs)
    fine = [name for name, expected in steps.items() if any(_same(array, expected, case) for array in seen.value)]
    missed = next((name for name in steps if name not in fine), RESULT)
    if missed == RESULT or RESULT in fine:
        return ""
    return _told(list(steps)[: list(steps).index(missed)], missed, steps[missed])


def _is_of_another_dtype(case: Case) -> bool:
    """Then every step is, and its numbers are rounded."""
    found = first_difference(case.yours.value, case.expected.value, case.probe.tolerance)
    return found is not None and found.where.endswith(" dtype")


def _told(before: list[str], name: str, expected: Array) -> str:
    missed = f"{name}, shape {expected.shape}"
    if not before:
        return f"the first step on the way that comes out nowhere is {missed}"
    fine = " and ".join([", ".join(before[:-1]), before[-1]] if before[1:] else before)
    comes = "come" if before[1:] else "comes"
    return f"on the way, {fine} {comes} out as expected; the first that comes out nowhere is {missed}"


def _same(yours: Any, expected: Array, case: Case) -> bool:
    """The same numbers in the same order, whatever their shape."""
    import numpy

    if not isinstance(yours, Array) or numbers(yours).size != numbers(expected).size:
        return False
    tolerance = case.probe.tolerance
    y, e = (numbers(values).reshape(-1).astype("float64") for values in (yours, expected))
    with numpy.errstate(all="ignore"):
        return bool((abs(y - e) <= tolerance.absolute + tolerance.relative * abs(e)).all())
