"""The comparison: the first difference in the order structure, shape, dtype, values, and nothing that agrees."""

import math
import re
import struct

import numpy
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader.inside.plain import Array, decode, encode
from grader.inside.probe import EXACT, Tolerance
from grader.judging.comparison import Difference, Spread, distance, first_difference, show
from grader.judging.comparison.shown import MAX_SHOWN

CLOSE = Tolerance(1e-6, "for these tests", 1e-6)
numbers = st.one_of(st.integers(-(10**6), 10**6), st.floats())


def array(values: object, dtype: str = "float32") -> Array:
    return decode(encode(numpy.array(values, dtype=dtype)))


def part(yours: object, expected: object) -> Difference:
    """The difference that has to be there."""
    found = first_difference(yours, expected, CLOSE)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("yours", "expected"),
    [
        (3, 3.0),
        (1.0 + 1e-9, 1),
        ((1, 2), [1, 2]),
        ([[1.0, 2.0]], array([[1, 2]])),
        (array([1, 2]), (1.0, 2.0)),
        (array(2.5), 2.5),
        (array([1.5], "float16"), [1.5]),
        (Array("bfloat16", (2,), b"\xc0\x3f\x00\xc0"), [1.5, -2.0]),
        (math.nan, math.nan),
        (math.inf, math.inf),
        ({"a": 1, "b": [None]}, {"b": [None], "a": 1.0}),
        (True, True),
        ("text", "text"),
        (b"\0", b"\0"),
        ([], ()),
    ],
)
def test_results_that_mean_the_same_agree(yours, expected):
    """int and float, list and tuple, an array and its nested list are alike; nan agrees with nan."""
    assert first_difference(yours, expected, CLOSE) is None


@pytest.mark.parametrize(
    ("yours", "expected"),
    [
        (True, 1),
        (1, True),
        (False, 0.0),
        (None, 0),
        ("1", 1),
        (b"a", "a"),
        (math.nan, 1.0),
        (1.0, math.nan),
        (math.inf, 1.0),
        (math.inf, -math.inf),
        ([], None),
        ({}, []),
        ([[1.0]], [1.0]),
        (1.0, [1.0]),
        ([True], array([1])),
        (array([True], "bool"), [1]),
    ],
)
def test_results_that_mean_something_else_differ(yours, expected):
    """A truth value is no number, nothing is not zero, and nan agrees with nothing but nan."""
    assert first_difference(yours, expected, CLOSE) is not None


@pytest.mark.parametrize("yours", [0.0, 1e308, -math.inf, math.nan])
def test_a_finite_number_never_agrees_with_infinity(yours):
    """A relative tolerance of an infinite value is not infinitely wide."""
    assert first_difference(yours, math.inf, CLOSE) is not None


def test_a_huge_integer_differs_from_a_float():
    """An integer too large for a float is a wrong answer like any other, not an error of the grader."""
    assert part(10**399, 0.5).expected == "0.5"


@pytest.mark.parametrize(
    ("yours", "expected", "where"),
    [
        (2.0, 1.0, "result"),
        ([1.0, 2.0, 9.0], [1.0, 2.0, 3.0], "[2]"),
        ({"w": [1.0, 9.0]}, {"w": [1.0, 2.0]}, "w[1]"),
        ({"w": {3: "x"}}, {"w": {3: "y"}}, "w[3]"),
        ({0: 1.0}, {0: 2.0}, "[0]"),
        (array([[1, 2], [3, 9]]), array([[1, 2], [3, 4]]), "[1][1]"),
        ([[1.0], [2.0, 3.0]], [[1.0], [2.0]], "[1]"),
        ({"a": 1, "b": 9, "c": 9}, {"a": 1, "b": 2, "c": 3}, "b"),
    ],
)
def test_the_place_of_the_first_difference_is_named(yours, expected, where):
    """The place is written as one would index the result, and it is the first in the expected order."""
    assert where == part(yours, expected).where


def test_both_sides_and_the_gap_are_told():
    """The student's value, the expected one, how far apart, and what share of the expected one that is."""
    assert Difference("w[1]", "2.5", "2.0", 0.5, 0.25) == part({"w": [1.0, 2.5]}, {"w": [1.0, 2.0]})


def test_text_has_no_gap():
    """Where there is no size of a gap, none is told."""
    assert Difference("result", "'a'", "'b'", None) == part("a", "b")


@pytest.mark.parametrize(
    ("yours", "expected", "where"),
    [
        ([9.0, [1.0]], [1.0, [1.0, 2.0]], "[1]"),
        ([9.0, array([1.0])], [1.0, array([1.0, 2.0])], "[1] shape"),
        ([9.0, array([1.0])], [1.0, array([1.0], "float64")], "[1] dtype"),
        (array([[9.0]], "float64"), array([1.0]), "result shape"),
        (array([9.0], "float64"), array([1.0]), "result dtype"),
        ({"a": 9.0}, {"a": 1.0, "b": 1.0}, "result"),
    ],
)
def test_form_comes_before_values(yours, expected, where):
    """Structure, then shape, then dtype are compared before any value is, wherever the wrong value stands."""
    assert where == part(yours, expected).where


@pytest.mark.parametrize(
    ("yours", "expected", "texts"),
    [
        (3, [3], ("3 (number)", "[3] (list)")),
        (None, 3, ("None (nothing)", "3 (number)")),
        (True, 1, ("True (truth value)", "1 (number)")),
        ([1], [1, 2], ("1 item: [1]", "2 items: [1, 2]")),
        ({"a": 1}, {"b": 1}, ("keys ['a']", "keys ['b']")),
        (array([1, 2]), array([[1, 2]]), ("[2]", "[1, 2]")),
        (array([1.0]), array([1.0], "float64"), ("'float32'", "'float64'")),
    ],
)
def test_a_difference_in_form_tells_both_forms(yours, expected, texts):
    """Kinds, counts, keys, shapes and dtypes are shown instead of values."""
    found = part(yours, expected)
    assert texts == (found.yours, found.expected)


class Liar:
    """Says that it equals everything."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return True


@pytest.mark.parametrize("expected", [1.0, "text", None, [1.0], {"a": 1}, b"x"])
def test_an_object_is_not_asked_whether_it_is_equal(expected):
    """Only plain data gets here; should an object ever do, its own idea of equality counts for nothing."""
    assert first_difference(Liar(), expected, CLOSE) is not None


@given(numbers)
def test_every_number_agrees_with_itself(number):
    """Even exactly, and even nan."""
    assert first_difference(number, number, EXACT) is None


@given(numbers, numbers)
@example(math.nan, math.nan)
@example(0.0, math.inf)
def test_numbers_agree_where_their_distance_is_at_most_one(yours, expected):
    """The audit's margins are measured in the same units in which students are judged."""
    apart = distance(yours, expected, CLOSE)
    agrees = first_difference(yours, expected, CLOSE) is None
    assert agrees == (apart <= 1) or apart == pytest.approx(1)


@pytest.mark.parametrize("yours", [1 + 0.9e-3, 1 - 0.9e-3])
def test_a_tolerance_is_wide_on_both_sides(yours):
    """Within is within, above and below."""
    assert first_difference(yours, 1.0, Tolerance(1e-3, "for this test")) is None


@pytest.mark.parametrize(
    ("yours", "expected", "apart"),
    [
        (1.0, 1.0, 0.0),
        (1.5, 1.0, 5.0),
        ([1.0, 1.2, 0.9], [1.0, 1.0, 1.0], 2.0),
        ({"a": 1.0, "b": (1.3,)}, {"a": 1.1, "b": [1.0]}, 3.0),
        (array([1.0, 3.0]), [1.0, 1.0], 20.0),
        ("a", "a", 0.0),
        ("a", "b", math.inf),
        (True, False, math.inf),
        ([1.0], 1.0, math.inf),
        ([], [], 0.0),
        (math.nan, math.nan, 0.0),
    ],
)
def test_distance_is_the_largest_gap_in_tolerances(yours, expected, apart):
    """The largest of all gaps as a multiple of what is allowed; infinite where nothing is near."""
    assert apart == pytest.approx(distance(yours, expected, Tolerance(0.1, "for this test")))


def test_distance_is_infinite_where_nothing_is_allowed():
    """An exact comparison has no nearly."""
    assert math.inf == distance(1.0, 1.0000001, EXACT)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (1 / 3, "0.3333333333"),
        (1e-300, "1e-300"),
        (math.nan, "nan"),
        ([1, (2.0, None)], "[1, [2.0, None]]"),
        (array([[1, 2]]), "a float32 array of shape (1, 2)"),
        (Array("int64", (0,), b""), "an int64 array of shape (0,)"),
    ],
)
def test_values_are_shown_short(value, text):
    """Floats to ten digits, lists and tuples alike, arrays by dtype and shape."""
    assert text == show(value)


def test_a_long_text_is_cut_with_the_count():
    """What is not shown is counted."""
    assert show("x" * 199) == "'" + "x" * (MAX_SHOWN - 1) + " ... (41 more characters)"


def test_a_long_list_is_cut_with_the_count():
    """A cut list says how much of it is not shown."""
    assert re.search(r"\d+ more", show([0] * 60))


def test_an_array_is_compared_by_the_numbers_in_its_bytes():
    """Little-endian bytes in row order, as the vocabulary says."""
    assert first_difference(Array("float32", (1,), struct.pack("<f", 0.5)), [0.5], EXACT) is None
    assert first_difference(Array("int16", (2, 2), b"\1\0\0\1\2\0\3\0"), [[1, 256], [2, 3]], EXACT) is None


def floats(*numbers: float) -> Array:
    return Array("float64", (len(numbers),), struct.pack(f"<{len(numbers)}d", *numbers))


def test_whole_numbers_may_have_any_width() -> None:
    """int32 and int64 hold the same counts; a float is another thing."""
    short, long = Array("int32", (2,), struct.pack("<2i", 3, 4)), Array("int64", (2,), struct.pack("<2q", 3, 4))
    assert first_difference(short, long, EXACT) is None
    other = Array("int64", (2,), struct.pack("<2q", 3, 5))
    assert first_difference(short, other, EXACT) == Difference("[1]", "4", "5", 1, 0.2)


@pytest.mark.parametrize(
    ("yours", "expected", "same"),
    [
        ((1.0, math.nan), (1.0, math.nan), True),
        ((1.0, math.nan), (1.0, 2.0), False),
        ((1.0, 2.0), (1.0, math.nan), False),
        ((math.inf,), (math.inf,), True),
        ((math.inf,), (-math.inf,), False),
        ((math.inf,), (1.0,), False),
        ((1.0 + 5e-10,), (1.0,), True),
        ((1.0 + 5e-9,), (1.0,), False),
    ],
)
def test_arrays_agree_just_where_their_numbers_do(yours, expected, same) -> None:
    """The quick way for arrays and the slow way for lists give one answer."""
    close = Tolerance(1e-9, "a test")
    found = first_difference(floats(*yours), floats(*expected), close)
    assert (found is None) == same
    assert str(found) == str(first_difference(list(yours), list(expected), close))
    assert distance(floats(*yours), floats(*expected), close) == distance(list(yours), list(expected), close)


def test_large_whole_numbers_are_told_apart() -> None:
    """Two integers that are one float are still two."""
    one, other = (Array("int64", (1,), struct.pack("<q", 2**60 + i)) for i in (0, 1))
    assert first_difference(one, other, EXACT) is not None
    assert distance(one, other, EXACT) == math.inf


def test_the_steps_are_compared_in_the_order_of_the_computation() -> None:
    """A wrong number in an early step is told before a wrong shape in a later one."""
    expected = {"h": array([1.0, 2.0]), "logits": array([[1.0, 2.0]])}
    assert part({"logits": array([1.0, 2.0]), "h": array([1.0, 9.0])}, expected).where == "h[1]"
    assert part({"h": array([1.0, 2.0]), "logits": array([1.0, 2.0])}, expected).where == "logits shape"


def test_of_an_array_the_worst_entry_is_told_and_how_many_are_wrong() -> None:
    """Shape, share of the wrong entries, the largest gap with its place, and its share of what is expected."""
    found = part({"h": array([[1.0, 2.5, 3.0], [4.0, 5.0, 8.0]])}, {"h": array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])})
    assert found == Difference("h[1][2]", "8.0", "6.0", 2.0, 2 / 6, Spread("h", (2, 3), wrong=2, entries=6))


def test_of_a_list_the_first_wrong_entry_is_told() -> None:
    """A list of losses is in the order of time: what counts is where it went wrong first."""
    found = part({"losses": [4.0, 3.5, 9.0, 1.0]}, {"losses": [4.0, 3.0, 2.0, 1.0]})
    assert found == Difference("losses[1]", "3.5", "3.0", 0.5, 0.5 / 3, Spread("losses", (4,), 2, 4, is_list=True))


def test_nan_is_worse_than_any_number() -> None:
    """An entry that is no number is the one to look at."""
    assert part(array([1.0, 1e9, math.nan, 4.0]), array([1.0, 2.0, 3.0, 4.0])).where == "[2]"


def test_few_entries_are_not_counted() -> None:
    """Of two or three numbers the difference itself says enough."""
    assert part(array([1.0, 9.0, 9.0]), array([1.0, 2.0, 3.0])).spread is None
