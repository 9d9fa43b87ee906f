"""Grading again says whose marks changed, from which points to which, and why."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from click.testing import CliRunner
from gradebook_kit import LECTURE, ONE_FILE, SEED, folder, graded

from grader.cli import cli
from grader.course.stubs import stubs_of
from grader.errors import UsageError
from grader.inside.levels import PROCESS
from grader.office.changes import changes, changes_text
from grader.office.gradebook import BOOK, GRADED, WAITING, Book, Row, read_book
from grader.office.gradebook.book import from_book, to_book
from grader.office.gradebook.csv_table import said_mark
from grader.office.gradebook.policy import read_rules
from grader.sandbox import isolation

TERMS = {"lecture": {"course": "a", "seed": 7, "isolation": "process", "torch": "2.4"}}
ADA = Row("Ada", GRADED, lecture="lecture", score=5, max_score=100, points={"slope": 2, "gradf": 3}, sha256="1",
          folder="ada", mark=Decimal(5))  # fmt: skip
BEN = replace(ADA, student="Ben", folder="ben")


def book(*rows: Row, **terms) -> Book:
    return Book(rows, {"lecture": {**TERMS["lecture"], **terms}})


def change(row: Row, **terms):
    (one,) = changes(book(ADA, BEN), book(row, BEN, **terms))
    return one


WORSE = replace(ADA, score=3, mark=Decimal(3), points={"slope": 0, "gradf": 3})


@pytest.mark.parametrize(
    ("row", "terms", "why"),
    [
        (replace(WORSE, sha256="2"), {}, "other files were handed in"),
        (WORSE, {"course": "b"}, "the course or the kit changed"),
        (WORSE, {"seed": 8}, "another seed"),
        (WORSE, {"isolation": "namespaces"}, "another isolation"),
        (WORSE, {"torch": "2.5", "course": "b"}, "the course or the kit changed; another torch"),
        (replace(ADA, mark=Decimal(4), because="1 day late: 1 point less"), {}, "class.toml: 1 day late: 1 point less"),
        (WORSE, {}, "nothing that is kept tells why"),
    ],
)
def test_a_change_says_why(row, terms, why):
    """What is not as it was in the last run, and nothing else."""
    assert change(row, **terms).why == why


def test_points_before_and_after_are_told_for_each_exercise():
    """Those that differ alone."""
    one = change(replace(WORSE, sha256="2"))
    assert (one.before, one.after, dict(one.exercises)) == ("5", "3", {"slope": (2, 0)})
    assert changes_text([one]) == (
        "Changed since the last run: 1\n  Ada: 5 before, 3 now (other files were handed in)\n    slope 2 -> 0"
    )


def test_what_has_not_changed_is_not_told():
    """Nor who is new, nor who waits; and a class without changes is told nothing."""
    assert changes(book(ADA), book(ADA, BEN, seed=8)) == []
    assert changes(book(ADA), book(replace(ADA, status=WAITING, mark=None, score=None))) == []
    waits = replace(ADA, status=WAITING, mark=None, score=None)
    assert changes(book(waits), book(ADA)) == []
    assert changes_text([]) == ""


def test_a_run_that_was_stopped_does_not_forget_what_was_before():
    """The next one compares with the last marks that there were."""
    stopped = Book((replace(ADA, status=WAITING, score=None, mark=None, points={}),), {}, {"ada": ADA})
    (one,) = changes(stopped, book(WORSE))
    assert (one.before, one.after) == ("5", "3")


def test_grading_again_compares_with_what_the_last_run_wrote(tmp_path):
    """Also when a run in between was stopped."""
    inbox, out, told = tmp_path / "inbox", tmp_path / "out", []
    place = folder(inbox, "ada", ONE_FILE)
    folder(inbox, "aaa", {})

    def stop(row):
        raise KeyboardInterrupt

    how = {"changed": lambda before, after: told.append(changes(before, after))}
    first = graded(inbox, out, **how)["ada"]
    (place / "derivatives.py").write_text(stubs_of(LECTURE)["derivatives.py"], encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        graded(inbox, out, arrived=stop, seed=SEED + 1, **how)
    graded(inbox, out, **how)
    (one,) = told.pop()
    assert (one.before, one.after) == (said_mark(first.mark), "0")
    assert "slope" in one.exercises


def test_a_folder_of_an_older_version_becomes_one_of_this(tmp_path):
    """It had no gradebook as data: one is written, records and seed still count, and no change is made up."""
    told = []
    how = {"seed": None, "changed": lambda before, after: told.append(changes(before, after))}
    folder(tmp_path / "inbox", "ada", ONE_FILE)
    first = graded(tmp_path / "inbox", tmp_path / "out", **how)["ada"]
    (tmp_path / "out" / BOOK).unlink()
    (tmp_path / "out" / "gradebook.csv").write_text("student,lecture,score\nada,lecture1_micrograd,0\n")
    second = graded(tmp_path / "inbox", tmp_path / "out", **how)["ada"]
    assert second == replace(first, reused=True)
    assert read_book(tmp_path / "out").rows == (second,)
    assert told == [[], []]


# ---- the gradebook as data


def test_a_book_is_what_was_written():
    """Every row with all that is known of it."""
    known = Book((replace(ADA, mark=Decimal("4.50"), ids={"id": "1"}, mistakes=("x",)), BEN), TERMS, {"ben": BEN})
    assert from_book(to_book(known)) == known


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b'{"schema": "zero-to-hero/gradebook/0"}', b"\xff"])
def test_a_book_that_is_damaged_or_older_is_an_empty_one(tmp_path, text):
    """A run goes on without it; whoever needs it is told how to get it."""
    assert from_book(text) == Book()
    (tmp_path / BOOK).write_bytes(text)
    with pytest.raises(UsageError, match=r"no gradebook\.json that can be read\. Run grader grade with --out"):
        read_book(tmp_path)


# ---- by command


@pytest.mark.skipif(isolation.best() == PROCESS, reason="without isolation the command runs nothing")
def test_the_command_tells_changes_and_what_it_left_alone(tmp_path):
    """Roster, rules and the take are its options; class.toml in the folder of the marks counts by itself."""
    inbox, out = tmp_path / "inbox", tmp_path / "marks"
    folder(inbox, "ada", ONE_FILE)
    (inbox / "notes.txt").write_text("x")
    (tmp_path / "roster.csv").write_text("name\nada\nzoe\n")
    args = ["grade", str(inbox), "--out", str(out), "--roster", str(tmp_path / "roster.csv"), "--jobs", "1"]
    first = CliRunner().invoke(cli, args)
    assert "Not submissions, and left alone: notes.txt." in first.output, first.output
    assert "1 of the roster handed in nothing." in first.output
    (out / "class.toml").write_text('[[override]]\nstudent = "zoe"\npoints = 50\nreason = "oral exam"\n')
    second = CliRunner().invoke(cli, args)
    assert "zoe: absent before, 50 now (class.toml: set to 50 by hand: oral exam)" in second.output
    assert read_rules(out / "class.toml").overrides[0].points == 50
    told = json.loads(CliRunner().invoke(cli, [*args, "--json"]).stdout)
    assert (told["left_alone"], told["changed"]) == (["notes.txt"], [])
    assert [(row["student"], row["mark"]) for row in told["rows"]][1] == ("zoe", "50")
