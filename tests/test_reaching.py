"""Which exercises a student's code goes through by its names: earlier ones, by whatever way, and no library's."""

import pytest

from grader.course import load
from grader.judging.mistakes.made.reaching import exercises_reached

LECTURE = load().lectures[0]
NUDGE = "class Nudge:\n    def by(self):\n        return gradf(1)\n"


@pytest.mark.parametrize(
    ("code", "reached"),
    [
        ("def numerical_gradient(f, args, h):\n    return symmetric_slope(f, args, h)", {"symmetric-slope"}),
        ("def helper(f):\n    return slope(f)\ndef numerical_gradient(f, args, h):\n    return helper(f)", {"slope"}),
        ("import other\ndef numerical_gradient(f, args, h):\n    return other.slope(f)", set()),
        ("import derivatives\ndef numerical_gradient(f, args, h):\n    return derivatives.slope(f)", {"slope"}),
        (f"{NUDGE}def numerical_gradient(f, args, h):\n    return Nudge().by()", {"gradf"}),
        ("def numerical_gradient(f, args, h):\n    return train(f)", set()),
        ("def numerical_gradient(f, args, h:\n", set()),
        ("def numerical_gradient(f, slope, *gradf):\n    return slope(gradf)", set()),
        ("def numerical_gradient(f):\n    slope = f(1)\n    return slope", set()),
        ("def numerical_gradient(f):\n    global slope\n    slope = slope(f)", {"slope"}),
        ("def numerical_gradient(f):\n    return [slope for slope in f] + [slope(f)]", {"slope"}),
        ("def numerical_gradient(f):\n    def inner():\n        slope = 1\n    return slope(f)", {"slope"}),
    ],
    ids=["named", "by a helper", "a library's", "through the module", "through a class", "a later one", "unreadable",
         "a parameter", "a variable", "a global", "a comprehension's variable", "an inner function's variable"],
)  # fmt: skip
def test_what_is_named_is_reached(code, reached):
    """A later exercise is no cause, and a file that cannot be read names nothing."""
    assert exercises_reached(LECTURE, {"derivatives.py": code}, "numerical-gradient") == reached


def test_two_functions_that_call_each_other_come_to_an_end():
    code = "def numerical_gradient(f):\n    return slope(f)\ndef slope(f):\n    return numerical_gradient(f)\n"
    assert exercises_reached(LECTURE, {"derivatives.py": code}, "numerical-gradient") == {"slope"}
