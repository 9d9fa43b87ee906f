"""A mistake that would have broken what is right need not be tried; any other has to be."""

from dataclasses import replace

import pytest

from grader.course import load
from grader.inside.probes import lecture1_micrograd as probes
from grader.judging.case import Case
from grader.judging.mistakes.edited import Edited
from grader.judging.mistakes.ruled_out import RuledOut
from grader.sandbox.observation import Asked, Observation

LECTURE = load().lecture("lecture1_micrograd")
PRODUCT = Asked({"program": "c = a * b", "at": {"a": 2.0, "b": -3.0}})


@pytest.fixture(scope="module")
def copies():
    return Edited(LECTURE)


@pytest.fixture
def right(copies):
    """A product that is right, as our solution has it."""
    ours = copies.effort.observe(probes.values, PRODUCT)
    return Case(probes.values, PRODUCT, ours, ours, "value-mul")


def rounded(case):
    """The same from code that computes otherwise: right, and another number in its last digits."""
    value = {name: x * (1 + 1e-15) for name, x in case.expected.value.items()}
    return replace(case, yours=Observation(case.expected.kind, value), given={}, showing={})


@pytest.mark.parametrize("alter", [lambda case: case, rounded], ids=["exact", "rounded"])
def test_what_does_not_give_what_was_given_is_out_and_nothing_else_of_it(copies, right, alter):
    """Of the exercise's own mistakes those that show in it; of other exercises none."""
    case = alter(right)
    assert case.agrees
    out = RuledOut(copies).by([case])
    assert out
    for mistake in copies.known:
        for number, way in enumerate(copies.ways(mistake)):
            lies_here = copies.lies_in((mistake.id, number), "value-mul") and not mistake.varies
            assert (way in out) == (lies_here and not replace(case, given={}).is_given_by(way))


def test_of_nothing_right_nothing_follows(copies):
    assert not RuledOut(copies).by([])
