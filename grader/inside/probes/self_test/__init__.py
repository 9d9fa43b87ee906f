"""What the kit asks of code of its own: whether a worker computes, and what gets out of it."""

from typing import Any

from grader.inside.probe import EXACT, probe

PRELOAD = ()


@probe(EXACT, show=lambda: "answer()")
def answer(own: Any) -> Any:
    """Whatever the function `answer` of the module own.py gives."""
    return own.answer()
