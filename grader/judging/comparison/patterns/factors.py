"""Number by number: yours is a constant, a multiple of what is expected, or that and a number more."""

from typing import Any

from grader.judging.comparison.patterns.pairs import FEWEST, Pairs
from grader.judging.comparison.shown import show


def number_by_number(data: Pairs) -> str:
    """A constant, a factor or a sum, the same for all numbers."""
    yours, expected = data.flat()
    if not yours.size:
        return ""
    if data.close(yours, yours[:1].repeat(yours.size)):
        return f"every number of yours is {_said(yours[0])}"
    return _factor(data, yours, expected) or _sum(data, yours, expected)


def _factor(data: Pairs, yours: Any, expected: Any) -> str:
    largest = abs(expected).argmax()
    if not expected[largest] or not data.various(abs(expected[expected != 0])):
        return ""
    factor = float(yours[largest] / expected[largest])
    if not factor or not data.close(yours, factor * expected):
        return ""
    if abs(factor + 1) < 1e-9:
        return "yours has the opposite sign everywhere"
    whole = round(1 / factor)
    if abs(whole) > 2 and abs(1 / factor - whole) < 1e-6 * abs(whole) and len(_said(factor)) > 5:
        return f"yours is expected divided by {whole} everywhere"
    return f"yours is expected times {_said(factor)} everywhere"


def _sum(data: Pairs, yours: Any, expected: Any) -> str:
    if data.all(lambda y, e: y.size >= FEWEST and data.close(y - y.mean(), e)):
        return "yours minus its own mean is what is expected"
    plus = float((yours - expected)[0])
    if not plus or not data.close(yours, expected + plus):
        return ""
    return f"yours is expected {'plus' if plus > 0 else 'minus'} {_said(abs(plus))} everywhere"


def _said(number: float) -> str:
    """A number in four digits; "about" if it has more; in ten if four would make it a 1."""
    short = float(f"{number:.4g}")
    if abs(short) == 1 and short != number:
        return show(float(f"{number:.10g}"))
    text = show(int(short) if short.is_integer() else short)
    return text if abs(short - number) <= 1e-6 * abs(number) else f"about {text}"
