"""What turns the expected numbers into yours, worked out on the data: a factor, a sign, a transpose, a shift, an order.

A pattern is told only if it holds to the last digit in all that is compared, if the numbers are various enough to show
it, and if no other pattern does the same. It describes the numbers, and says nothing of how they came about.
"""

from collections.abc import Iterable

from grader.inside.plain import Plain
from grader.inside.probe import Tolerance
from grader.judging.comparison.distances import floats
from grader.judging.comparison.patterns.factors import number_by_number
from grader.judging.comparison.patterns.pairs import MOST, Pairs
from grader.judging.comparison.patterns.places import elsewhere, in_reverse, permuted, shifted, transposed
from grader.judging.comparison.patterns.rows import other_axis, own_means

EXACT = (number_by_number, transposed, in_reverse, shifted, own_means, other_axis)
ORDERS = (permuted, elsewhere)  # another order, whichever


def pattern(pairs: Iterable[tuple[Plain, Plain]], tolerance: Tolerance) -> str:
    """The one sentence that holds for every pair of yours and expected; empty if there is none, or more than one."""
    import numpy

    found = [(floats(y), floats(e)) for yours, expected in pairs for y, e in _blocks(yours, expected)]
    if not found or any(side is None or not side.size for pair in found for side in pair):
        return ""
    if sum(e.size for _, e in found) > MOST or not all(numpy.isfinite(side).all() for pair in found for side in pair):
        return ""
    data = Pairs(found, tolerance)
    if not data.various(numpy.concatenate([e.reshape(-1) for _, e in found])):
        return ""
    with numpy.errstate(all="ignore"):  # numbers may be as large as they like
        exact = [sentence for one in EXACT if (sentence := one(data))]
        others = [] if exact else [sentence for one in ORDERS if (sentence := one(data))]
    return exact[0] if len(exact) == 1 else next(iter(others), "")


def _blocks(yours: Plain, expected: Plain) -> Iterable[tuple[Plain, Plain]]:
    """A list of arrays, or of lists of different lengths, item by item; anything else as it is."""
    lists = isinstance(yours, list | tuple) and isinstance(expected, list | tuple) and len(yours) == len(expected)
    if not lists or floats(expected) is not None:
        return [(yours, expected)]
    return [pair for y, e in zip(yours, expected, strict=True) for pair in _blocks(y, e)]
