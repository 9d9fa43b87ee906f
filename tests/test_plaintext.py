"""Text from strangers: nothing invisible and nothing endless reaches a terminal, a page or a table."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.safe_text import clean

any_text = st.text(st.characters(exclude_categories=()))


def hidden(text: str) -> list[str]:
    return [c for c in text if unicodedata.category(c)[0] == "C" or unicodedata.category(c) in ("Zl", "Zp")]


@pytest.mark.parametrize("text", ["", "value is 3.0", "größer · 李 · عدد · 🙂", "a  b", "C:\\new", "~!@#$%^&*()"])
def test_harmless_text_stays_as_it_is(text):
    """Letters of every language, signs and spaces."""
    assert text == clean(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\0b", "a\\x00b"),
        ("two\nlines", "two\\nlines"),
        ("tab\tand\r", "tab\\tand\\r"),
        ("\x7f\x9b", "\\x7f\\x9b"),
        ("\u2028\u2029", "\\u2028\\u2029"),
        ("\ud800", "\\ud800"),
        ("\ue000", "\\ue000"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_control_characters_become_visible(text, shown):
    """As the escapes that Python writes them with."""
    assert shown == clean(text)


@pytest.mark.parametrize("mark", "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u200b\ufeff")
def test_marks_that_turn_or_hide_text_become_visible(mark):
    """What reorders or hides text cannot dress one name up as another."""
    assert f"nn\\u{ord(mark):04x}yp.x" == clean(f"nn{mark}yp.x")


def test_long_text_is_cut_with_the_count():
    """What is not shown is counted."""
    assert clean("x" * 1_234 + "y" * 4_000, 1_234) == "x" * 1_234 + " ... (4,000 more characters)"


def test_text_of_just_the_limit_is_whole():
    """Nothing more, nothing counted."""
    assert clean("x" * 10, 10) == "x" * 10


def test_the_limit_counts_characters_of_the_original():
    """Escapes are longer than what they stand for, and do not eat the room of what follows."""
    assert clean("\0\0\0\0ab", 5) == "\\x00\\x00\\x00\\x00a ... (1 more characters)"


def test_line_ends_stay_on_request():
    """What a student printed keeps its lines, and nothing else."""
    assert clean("a\nb\r\tc", keep_newlines=True) == "a\nb\\r\\tc"


@given(any_text)
def test_nothing_hidden_is_left(text):
    """Whatever comes in."""
    assert hidden(clean(text)) == []


@given(any_text)
def test_nothing_but_line_ends_is_left_on_request(text):
    """Whatever comes in."""
    assert set(hidden(clean(text, keep_newlines=True))) <= {"\n"}


@given(st.text(max_size=60), st.integers(1, 40))
def test_the_result_is_never_endless(text, limit):
    """At most an escape for each character of the limit, and the count."""
    assert len(clean(text, limit)) <= 10 * limit + 30


@given(any_text)
def test_cleaning_twice_changes_nothing(text):
    """What is clean stays so."""
    assert clean(text, 10**6) == clean(clean(text, 10**6), 10**7)
