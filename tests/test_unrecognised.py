"""What nobody recognised in a class: grouped by identical output, through `grader grade` and `grader audit`."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner
from gradebook_kit import SOLUTION, folder, table

from grader.cli import cli
from grader.inside.plain import Array
from grader.inside.probe import REGISTRY, Tolerance, probe
from grader.judging.case import Case
from grader.judging.fingerprint import outputs_of
from grader.sandbox.observation import RAISED, RETURNED, TIMED_OUT, Observation

RIGHT = "return (f(x + h) - f(x)) / h"
# nobody knows this mistake; three students make it, each in words of their own
SHARED = {
    "ada": "return (f(x + h) - f(x)) / h / 3",
    "bob": "third = h * 3\n    return (f(x + h) - f(x)) / third",
    "cy": "up = f(x + h)\n    return (up - f(x)) / (3.0 * h)",
}
ALONE = {"dan": 'raise KeyError("\\x1b[31m" + "x" * 9000)'}
ONE_SIDED = ("return (f(x + h) - f(x - h)) / (2 * h)", RIGHT)  # eve's, who is recognised


@pytest.fixture(scope="module")
def marks(tmp_path_factory):
    """The folder of a class's marks: three alike, one alone, one who is recognised, one who is right."""
    home = tmp_path_factory.mktemp("class")
    solved = SOLUTION["derivatives.py"]
    for student, line in {**SHARED, **ALONE, "fay": RIGHT}.items():
        folder(home / "inbox", student, {"derivatives.py": solved.replace(RIGHT, line)})
    folder(home / "inbox", "eve", {"derivatives.py": solved.replace(*ONE_SIDED)})
    run("grade", str(home / "inbox"), "--out", str(home / "marks"), "--lecture", "1", "--jobs", "1", "--seed", "7")
    return home / "marks"


def run(*args: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "grader", *args], capture_output=True, text=True, timeout=200, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_those_who_share_a_mistake_are_one_group(marks):
    """However they have written it; who was recognised, and who is right, is in none."""
    document = json.loads(run("audit", "--unrecognised", str(marks), "--json"))
    assert (document["schema"], document["reports"]) == ("zero-to-hero/unrecognised/1", 6)
    of_slope = [group for group in document["groups"] if group["exercise"] == "slope"]
    assert [group["students"] for group in of_slope] == [["ada", "bob", "cy"], ["dan"]]
    assert [row["student"] for row in table(marks) if row["mistakes"]] == ["eve"]
    assert not {"eve", "fay"} & {student for group in document["groups"] for student in group["students"]}


def test_the_smallest_case_is_shown_with_both_sides(marks):
    """With the fewest inputs of all that failed, hidden ones too, for it is the instructor who reads it."""
    (first, *_) = json.loads(run("audit", "--unrecognised", str(marks), "--json"))["groups"]
    told = json.loads((marks / "ada" / "report.json").read_text(encoding="utf-8"))["findings"]
    failed = [found for found in told if found["exercise"] == "slope" and found["status"] == "failed"]
    assert {found["visibility"] for found in failed} == {"public", "hidden"}
    smallest = min((found["difference"] for found in failed), key=lambda shown: len(shown["inputs"]))
    assert {name: first["smallest"][name] for name in ("inputs", "yours", "expected")} == {
        name: smallest[name] for name in ("inputs", "yours", "expected")
    }
    assert sorted(first["checks"]) == sorted(found["test"] for found in failed)


def test_the_text_can_be_read_aloud(marks):
    """From the gradebook as well: how many, who, which check, which case, and what to do. No escape sequence."""
    text = run("audit", "--unrecognised", str(marks / "gradebook.csv"))
    assert text.startswith("6 reports, and ")
    assert "\nslope   3 students: ada, bob, cy\n" in text
    assert "\nslope   1 student: dan\n" in text
    assert "yours" in text
    assert "expected" in text
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) < 900
    assert text.endswith('CONTRIBUTING.md says how, under "Add a known mistake".\n')


def test_a_lecture_can_be_chosen(marks):
    """Another lecture than theirs has nothing to show."""
    text = run("audit", "2", "--unrecognised", str(marks))
    assert text == "6 reports: every wrong output is explained by a known mistake.\n"


@pytest.fixture
def in_folder(tmp_path):
    """The command on a folder of these reports."""

    def in_folder(**reports: str):
        for student, text in reports.items():
            (tmp_path / student).mkdir()
            (tmp_path / student / "report.json").write_text(text, encoding="utf-8")
        return CliRunner().invoke(cli, ["audit", "--unrecognised", str(tmp_path)])

    return in_folder


def test_without_reports_there_is_one_sentence(in_folder):
    """With the command that makes them."""
    done = in_folder()
    assert (done.exit_code, done.stdout) == (2, "")
    assert "There are no reports in " in done.stderr
    assert "grader grade INBOX --out" in done.stderr


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{}",
        "[" * 100_000,
        '{"schema": "zero-to-hero/report/0"}',
        '{"schema": "zero-to-hero/report/1"}',
    ],
    ids=["empty", "list", "null", "nothing", "deep", "older", "no findings"],
)
def test_reports_of_another_version_are_one_sentence(in_folder, text):
    """And no traceback, whatever stands in them."""
    done = in_folder(ann=text)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "are not of this version of the grader" in done.stderr


def test_a_report_that_cannot_be_read_is_left_out_and_named(in_folder, marks):
    """The others count."""
    good = (marks / "ada" / "report.json").read_text(encoding="utf-8")
    done = in_folder(ada=good, bad="{")
    assert done.exit_code == 0
    assert "Left out, for they are not of this version of the grader: the reports of bad." in done.stdout
    assert "slope   1 student: ada" in done.stdout


@pytest.mark.parametrize("options", [["--mutants"], ["--sample", "3"]], ids=" ".join)
def test_it_goes_with_no_audit_of_the_course(marks, options):
    """Two questions at once are a slip."""
    done = CliRunner().invoke(cli, ["audit", "--unrecognised", str(marks), *options])
    assert (done.exit_code, done.stdout) == (2, "")


@pytest.fixture
def measured():
    """A probe of a test's own, which is gone afterwards."""

    def number(*, x: int) -> float:
        return float(x)

    number.__module__ = "grader.inside.probes.none"
    made = probe(Tolerance(1e-9, "as in the lectures"), show=str)(number)
    yield made
    del REGISTRY[made.name]


@pytest.fixture
def hashed(measured):
    """The hash of cases in which the number 1.0 was expected, by what came instead."""
    expected = Observation(RETURNED, 1.0)

    def hashed(*yours):
        seen = [one if isinstance(one, Observation) else Observation(RETURNED, one) for one in yours]
        return outputs_of(Case(measured, {"x": 1}, one, expected) for one in seen)

    return hashed


def test_rounding_does_not_part_what_is_alike(hashed):
    """The last digits depend on the order of a sum; what is not above the tolerance is nothing."""
    assert hashed(0.1 + 0.2) == hashed(0.3)
    assert hashed([1e-17, 2.0]) == hashed([0.0, 2.0])
    assert hashed(0.30001) != hashed(0.3)


def test_every_failing_case_counts(hashed):
    """Two mistakes that give the same at first are told apart by what comes later; what agrees does not count."""
    assert hashed(2.0, 3.0) != hashed(2.0, 4.0)
    assert hashed(2.0, 1.0) != hashed(1.0, 2.0)
    assert hashed(2.0, 1.0) == hashed(2.0, 1.0 + 1e-12)


def test_arrays_and_errors_are_told_apart(hashed):
    """By shape, dtype, numbers; by the exception and what it says, and not by how long something took."""
    one, other = Array("float64", (1,), b"\0" * 8), Array("float64", (1, 1), b"\0" * 8)
    assert hashed(one) != hashed(other)
    assert hashed(Observation(RAISED, type="KeyError", text="a")) != hashed(
        Observation(RAISED, type="KeyError", text="b")
    )
    assert hashed(Observation(TIMED_OUT, text="stopped after 2 s")) == hashed(
        Observation(TIMED_OUT, text="stopped after 1 s")
    )
