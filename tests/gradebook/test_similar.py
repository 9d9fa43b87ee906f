"""Similarity: copied work stands out whatever it is renamed to, and what the course gave or everybody has does not."""

import json

import pytest
from click.testing import CliRunner
from gradebook_kit import LECTURE, SOLUTION, folder

from grader.cli import cli
from grader.course.stubs import stubs_of
from grader.office.similar import similar
from grader.office.similar.lines import lines_of

OWN = """
def slope(f, x, h=0.001):
    # I always mix up the two sides here, so both get a name
    left, right = f(x), f(x + h)
    for attempt in range(3):
        right = right if right == right else left
    return (right - left) / h if h != 0 else float("inf")


def gradf(a, b, c):
    # the notebook of Tuesday had this the other way round
    table = [[b, a, 1.0], [0, 1, 2]]
    numbers = {place: table[0][place] for place in table[1]}
    total = sum(numbers.values()) - sum(numbers.values())
    return tuple(numbers[place] + total for place in sorted(numbers))
"""
OTHER = """
def slope(f, x, h=0.001):
    difference = f(x + h)
    difference -= f(x)
    while abs(difference) > 1e9 and not h < 1e-12:
        difference = difference / 2.0
    print("slope of", f, "at", x, "is", difference / h)
    return difference * (1.0 / h)


def gradf(a, b, c):
    answers = []
    answers.append(b * 1.0 if b is not None else None)
    answers.append(a * 1.0 if a is not None else None)
    answers.append(1.0 + 0 * c if c == c else 1.0)
    assert len(answers) == 3, "three numbers were asked for"
    return (answers[0], answers[1], answers[2])
"""
RENAMED = OWN.replace("left", "l").replace("right", "rr").replace("numbers", "d").replace("attempt", "_i")


def pairs(**students: str) -> list[tuple[str, str]]:
    found = similar(LECTURE, {name: {"derivatives.py": text} for name, text in students.items()})
    return [(pair.first, pair.second) for pair in found]


def test_copied_work_stands_out_when_names_and_layout_are_changed():
    """And work of one's own does not."""
    laid_out = RENAMED.replace("    ", "  ").replace(" = ", "  =  ").replace("def gradf", "\n\n\ndef gradf")
    assert pairs(ada=OWN, ben=laid_out, cleo=OTHER) == [("ada", "ben")]


@pytest.mark.parametrize("text", [SOLUTION["derivatives.py"], stubs_of(LECTURE)["derivatives.py"]])
def test_what_the_course_gave_is_nobodys(text):
    """Two who hand in the stub, or what our solution says, have nothing of their own in common."""
    assert pairs(ada=text, ben=text) == []


def test_what_much_of_the_class_has_is_nobodys():
    """As lines that were shown in a lesson."""
    class_ = {f"s{number}": OWN for number in range(6)} | {f"t{number}": OTHER for number in range(2)}
    assert pairs(**class_) == [("t0", "t1")]


def test_the_share_says_how_much_is_alike():
    """All of it, or half."""
    half = OWN.partition("def gradf")[0] + "def gradf" + OTHER.partition("def gradf")[2]
    found = similar(LECTURE, {name: {"derivatives.py": text} for name, text in (("a", OWN), ("b", OWN), ("c", half))})
    shares = {(pair.first, pair.second): pair.share for pair in found}
    assert shares["a", "b"] == 1.0
    assert 0.3 < shares["a", "c"] < 0.7


def test_the_order_of_the_class_does_not_matter():
    """The same pairs in the same order."""
    students = {"ada": OWN, "ben": RENAMED, "cleo": OTHER, "dan": OTHER}
    assert pairs(**students) == pairs(**dict(reversed(students.items()))) == [("ada", "ben"), ("cleo", "dan")]


@pytest.mark.parametrize("text", ["def (", "x = '''", "\x00", "", "\t\tif"])
def test_what_is_no_python_is_read_as_far_as_it_goes(text):
    """And nothing ends in an exception."""
    assert isinstance(lines_of({"engine.py": text}), list)


def test_the_command_shows_pairs_and_no_verdict(tmp_path):
    """With the lines that two have in common, and what that does not mean; who cannot be opened is told of."""
    for name, text in (("ada", OWN), ("李", RENAMED), ("cleo", OTHER)):
        folder(tmp_path / "inbox", name, {"derivatives.py": text})
    (tmp_path / "inbox" / "torn.zip").write_bytes(b"PK\x03\x04")
    done = CliRunner().invoke(cli, ["similar", str(tmp_path / "inbox"), "--lecture", "1"])
    assert "3 submissions were compared" in done.output, done.output
    assert "100%   ada and 李 [student-" in done.output
    assert "    # I always mix up the two sides here, so both get a name" in done.output
    assert "Left out, for they cannot be opened: torn" in done.output
    assert "It does not say why" in done.output
    assert not {"copied", "cheat", "plagiarism"} & set(done.output.lower().split())
    told = json.loads(CliRunner().invoke(cli, ["similar", str(tmp_path / "inbox"), "--lecture", "1", "--json"]).stdout)
    assert [pair["share"] for pair in told["pairs"]] == [1.0]
