"""Results in a few numbers: what they tell is certain, whatever the results are."""

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from grader.inside.plain import Array
from grader.inside.probe import AT_MOST, EXACT, Tolerance
from grader.judging.case import Case, agree
from grader.judging.sketches import Sketchbook, name_of, sketch, sketched
from grader.sandbox.observation import RAISED, RETURNED, TIMED_OUT, Asked, Observation

ROUGH = Tolerance(1e-3, "for a test", relative=1e-2)
FLOATS = [0.0, 1.0, 1.0005, -2.5, 1e300, float("inf"), float("nan")]
NUMBERS = some.one_of(
    some.integers(-3, 3),
    some.booleans(),
    some.sampled_from([0.0, 1.0, 1.0005, -2.5, 1e300, float("inf"), float("nan")]),
)
ARRAYS = some.lists(some.sampled_from([0.0, 1.0, 1.0001, 3.0]), min_size=1, max_size=4).map(
    lambda values: Array("float64", (len(values),), numpy.array(values, "<f8").tobytes())
)
VALUES = some.recursive(
    some.one_of(NUMBERS, some.sampled_from(["", "a", "b"]), some.none(), ARRAYS),
    lambda inner: some.one_of(
        some.lists(inner, max_size=3), some.dictionaries(some.sampled_from(["x", "y"]), inner, max_size=2)
    ),
    max_leaves=6,
)
OBSERVATIONS = some.one_of(
    VALUES.map(lambda value: Observation(RETURNED, value)),
    some.sampled_from([
        Observation(RAISED, type="TypeError", text="a"), Observation(RAISED, type="TypeError", text="b"),
        Observation(RAISED, type="RecursionError", text="a"), Observation(RAISED, type="RecursionError", text="b"),
        Observation(TIMED_OUT, text="a"),
    ]),
)  # fmt: skip


class Asks:
    """A probe as far as two observations are compared: its name and its tolerance."""

    def __init__(self, tolerance: Tolerance) -> None:
        self.name, self.tolerance = "one", tolerance


def verdict(one: Observation, other: Observation, tolerance: Tolerance):
    sketches = Sketchbook().of("", Asks(tolerance), Asked(), lambda: [one])
    return sketches.verdicts(sketch(other), tolerance)[0]


@settings(max_examples=400, deadline=None)
@given(OBSERVATIONS, OBSERVATIONS, some.sampled_from([EXACT, ROUGH, AT_MOST]))
def test_what_a_sketch_tells_is_so(one, other, tolerance):
    """It says yes only of what agrees, and no only of what does not."""
    told = verdict(one, other, tolerance)
    assert told is None or told == agree(one, other, Asks(tolerance))


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ([1.0, 2.0], [1.0, 2.0], True),
        ([1.0, 2.0], [2.0, 1.0], False),
        ([1.0, 2.0], [1.0], False),
        ({"a": 1.0, "b": "x"}, {"a": 1.0, "b": "y"}, False),
        ([1.0, 2.0], [1.0, 2.0001], None),
    ],
)
def test_most_results_are_told_apart_at_once(one, other, told):
    """Other numbers, another order, another count, other texts; only what is near has to be looked at."""
    assert verdict(Observation(RETURNED, one), Observation(RETURNED, other), ROUGH) is told


def test_a_case_takes_what_is_certain_and_asks_for_the_rest():
    """Of three subjects one is ruled out, one is it, and the third is left to be compared."""
    inputs = Asked()
    case = Case(Asks(ROUGH), inputs, Observation(RETURNED, [1.0]), Observation(RETURNED, [5.0]))
    given = [Observation(RETURNED, [value]) for value in (1.0, 5.0, 1.0001)]
    case.learn([0, 1, 2], Sketchbook().of("", case.probe, inputs, lambda: given))
    assert case.given == {0: True, 1: False}
    assert case.showing == {0: True, 1: False, 2: True}


def test_a_question_is_put_to_a_group_once():
    """A group of the same name gives the same, and one of another name is asked again."""
    asked = []

    def observe():
        asked.append(1)
        return [Observation(RETURNED, 1.0)]

    book = Sketchbook()
    for group in (name_of("a"), name_of("a"), name_of("b")):
        book.of(group, Asks(EXACT), Asked(), observe)
    assert len(asked) == 2


def test_a_group_of_none_has_no_sketches():
    assert sketched([]).value[1].shape == (0, 4)
