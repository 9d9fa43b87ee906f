"""Patterns: each is told where it holds to the last digit, and none where anything speaks against it."""

import numpy
import pytest

from grader.inside.plain import Array, decode, encode
from grader.inside.probe import EXACT, Tolerance
from grader.judging.comparison import pattern

CLOSE = Tolerance(1e-9, "for these tests", 1e-9)
CHANCE = numpy.random.default_rng(3)
A, B = CHANCE.normal(size=(4, 5)), CHANCE.normal(size=(6, 5))
COUNTS = numpy.array([[3, 0, 7], [1, 12, 5], [2, 9, 4], [8, 6, 10]])


def array(values: object) -> Array:
    return decode(encode(numpy.asarray(values)))


def found(change, *arrays) -> str:
    """The pattern of these arrays, changed."""
    return pattern([(array(change(values)), array(values)) for values in arrays], CLOSE)


def shares(values: numpy.ndarray, axis: int) -> numpy.ndarray:
    return numpy.exp(values) / numpy.exp(values).sum(axis, keepdims=True)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda x: 0.5 * x, "yours is expected times 0.5 everywhere"),
        (lambda x: x / 7, "yours is expected divided by 7 everywhere"),
        (lambda x: x * 2**0.5, "yours is expected times about 1.414 everywhere"),
        (lambda x: x * (1 + 1e-6), "yours is expected times 1.000001 everywhere"),
        (lambda x: -x, "yours has the opposite sign everywhere"),
        (lambda x: x + 1, "yours is expected plus 1 everywhere"),
        (lambda x: x - 0.25, "yours is expected minus 0.25 everywhere"),
        (lambda x: x * 0, "every number of yours is 0"),
        (lambda x: x.T, "yours is expected transposed"),
        (lambda x: x[::-1], "yours is expected with its rows in reverse order"),
        (lambda x: x[:, ::-1], "yours is expected with its columns in reverse order"),
        (lambda x: numpy.roll(x, 1, 0), "yours is expected moved down by one row"),
        (lambda x: numpy.vstack([x[1:], x[:1] * 0]), "yours is expected moved up by one row"),
        (lambda x: numpy.roll(x, 1, 1), "yours is expected moved right by one column"),
        (lambda x: numpy.roll(x, -1, 1), "yours is expected moved left by one column"),
        (lambda x: x[[2, 0, 1, *range(3, len(x))]], "yours has the expected rows in another order"),
        (lambda x: x[:, [1, 0, 2, 4, 3]], "yours has the expected columns in another order"),
        (lambda x: x.reshape(-1), "yours has the expected numbers in another shape"),
        (lambda x: numpy.sort(x, axis=None).reshape(x.shape), "yours has the expected numbers in other places"),
        (lambda x: x + numpy.arange(1, 6), "every row is off by the same numbers"),
    ],
)
def test_what_turns_expected_into_yours_is_told(change, sentence) -> None:
    """In two arrays of different sizes at once."""
    assert found(change, A, B) == sentence


def test_vectors_have_numbers_and_not_rows() -> None:
    """The words fit a list."""
    row = [3.0, 1.0, 4.0, 1.5, 9.0]
    assert pattern([(row[::-1], row)], CLOSE) == "yours is expected with its numbers in reverse order"
    assert pattern([([0.0, *row[:-1]], row)], CLOSE) == "yours is expected moved one place towards the end"
    assert pattern([([1.0, 3.0, 4.0, 9.0, 1.5], row)], CLOSE) == "yours has the expected numbers in another order"


def test_axes_of_three_are_named_by_number() -> None:
    """A cube has no transpose."""
    cube = numpy.random.default_rng(4).normal(size=(2, 3, 4))
    assert found(lambda x: x.swapaxes(1, 2), cube) == "yours is expected with axes 1 and 2 exchanged"


def test_means_that_were_left_on_are_told() -> None:
    """Of all numbers, of each column, of each row."""
    whole, columns, rows = A - A.mean(), A - A.mean(0), A - A.mean(1, keepdims=True)
    assert pattern([(array(A), array(whole))], CLOSE) == "yours minus its own mean is what is expected"
    assert pattern([(array(A), array(columns))], CLOSE) == "yours minus the mean of each column is what is expected"
    assert pattern([(array(A), array(rows))], CLOSE) == "yours minus the mean of each row is what is expected"


def test_the_other_axis_is_told_by_what_adds_up() -> None:
    """Shares of a row against shares of a column, and means of 0."""
    told = "each row of expected adds up to 1; in yours each column does"
    assert pattern([(array(shares(A, 0)), array(shares(A, 1)))], CLOSE) == told
    told = "each column of expected has the mean 0; in yours each row does"
    assert pattern([(array(A - A.mean(1, keepdims=True)), array(A - A.mean(0)))], CLOSE) == told


def test_a_pattern_has_to_hold_in_every_case() -> None:
    """Another factor in the second case, or a case that is right, and nothing is told."""
    half, third, right = (array(A / 2), array(A)), (array(B / 3), array(B)), (array(B), array(B))
    assert pattern([half, third], CLOSE) == ""
    assert pattern([half, right], CLOSE) == ""


@pytest.mark.parametrize("off", [1e-6, -1e-6, 1.0])
@pytest.mark.parametrize("change", [lambda x: 0.5 * x, lambda x: -x, lambda x: x + 1, lambda x: x.T, lambda x: x[::-1]])
def test_one_number_that_does_not_fit_is_enough(change, off) -> None:
    """Exact on all entries, or not told."""

    def nearly(values: numpy.ndarray) -> numpy.ndarray:
        changed = change(values).copy()
        changed[1, 2] += off
        return changed

    assert found(nearly, A, B) == ""


@pytest.mark.parametrize(
    ("yours", "expected"),
    [
        (1.0, 2.0),  # a factor and a sum and much more
        ([1.0, 2.0], [2.0, 4.0]),  # through two points goes every line
        ([1, 2, 3, 4], [2, 3, 4, 5]),  # one less, or one place on
        ([5.0, 5.0, 7.0], [5.0, 5.0, 9.0]),
        ([[1.0, 2.0], [3.0, 4.0]], [[1.0, 2.0], [3.0, 5.0]]),
        ([True, False, True], [False, True, False]),
        (["a", "b", "c"], ["c", "b", "a"]),
        ([1.0, 2.0, float("nan")], [2.0, 4.0, 6.0]),
        ({}, {}),
        (None, [1.0, 2.0, 3.0]),
        ([10**400, 2, 3], [1, 2, 3]),
    ],
)
def test_too_little_to_tell_is_not_told(yours, expected) -> None:
    """Few different numbers, several patterns at once, no numbers at all."""
    assert pattern([(yours, expected)], CLOSE) == ""


def test_a_single_number_in_three_cases_shows_a_factor() -> None:
    """What one number cannot show, three different ones can."""
    assert pattern([(1.0, 2.0), (2.0, 4.0), (3.5, 7.0)], CLOSE) == "yours is expected times 0.5 everywhere"


def test_whole_numbers_are_compared_without_tolerance() -> None:
    """A table of counts, turned."""
    assert pattern([(array(COUNTS.T), array(COUNTS))], EXACT) == "yours is expected transposed"
    assert pattern([(array(2 * COUNTS), array(COUNTS))], EXACT) == "yours is expected times 2 everywhere"


def test_lists_of_arrays_are_looked_at_item_by_item() -> None:
    """Parameters of different shapes, all with the wrong sign."""
    parameters = [array(A), array(A[0])]
    assert pattern([([array(-A), array(-A[0])], parameters)], CLOSE) == "yours has the opposite sign everywhere"


def test_a_tolerance_that_swallows_the_numbers_shows_nothing() -> None:
    """Numbers that all count as the same are no different numbers."""
    wide = Tolerance(1.0, "for this test")
    assert pattern([([5.0, 5.1, 5.2, 5.3], [2.0, 2.1, 2.2, 2.3])], wide) == ""
