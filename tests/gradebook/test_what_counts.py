"""What counts: which of several hand-ins, late rules and extensions, and marks that a person has set."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from gradebook_kit import LECTURE, ONE_FILE, SOLUTION, folder, graded, report_of, table

from grader.course.stubs import stubs_of
from grader.errors import UsageError
from grader.office.gradebook import ABSENT, GRADED, Row
from grader.office.gradebook.policy import CLASS_FILE, NO_RULES, Rules, decided, read_rules, unknown_people
from grader.office.intake import read_inbox, read_roster

DUE = "[late]\ndue = 2024-10-03T12:00:00Z\nper_cent_per_day = 10\n"
ADA = Row(
    "Lovelace, Ada", GRADED, score=80, max_score=100, points={"slope": 2, "gradf": 3}, folder="Lovelace_Ada-123",
    ids={"id": "123", "email": "ada@example.org"}, handed_in="2024-10-05T11:00:00+00:00", mark=Decimal(80),
)  # fmt: skip


def rules(tmp_path: Path, text: str) -> Rules:
    (tmp_path / CLASS_FILE).write_text(text, encoding="utf-8")
    return read_rules(tmp_path / CLASS_FILE)


def mark(tmp_path: Path, text: str, **other) -> tuple[str, str]:
    row = decided(replace(ADA, **other), rules(tmp_path, text))
    return str(row.mark), row.because


# ---- late


def test_without_a_class_file_the_checks_points_count():
    """Nothing is set, nothing is taken off."""
    row = decided(ADA, NO_RULES)
    assert (row.mark, row.because) == (Decimal(80), "")


@pytest.mark.parametrize(
    ("rule", "when", "left"),
    [
        (DUE, "2024-10-03T12:00:00+00:00", "80.00"),
        (DUE, "2024-10-03T12:00:01+00:00", "70.00"),
        (DUE, "2024-10-04T12:00:00+00:00", "70.00"),
        (DUE, "2024-10-04T12:00:01+00:00", "60.00"),
        (DUE, "2024-10-03T13:59:00+02:00", "80.00"),
        (DUE, "2024-10-03T11:59:00", "80.00"),
        (DUE, "2024-12-03T12:00:00+00:00", "0.00"),
        (DUE + "grace_minutes = 15\n", "2024-10-03T12:15:00+00:00", "80.00"),
        (DUE + "grace_minutes = 15\n", "2024-10-03T12:16:00+00:00", "70.00"),
        (DUE + "most_per_cent = 25\n", "2024-12-03T12:00:00+00:00", "55.00"),
        (DUE.replace("10", "0.125", 3).replace("2024-0.125", "2024-10"), "2024-10-03T13:00:00+00:00", "79.88"),
        ("[late]\ndue = 2024-10-03T12:00:00\nper_cent_per_day = 10\n", "2024-10-03T13:00:00", "70.00"),
    ],
)
def test_each_day_begun_costs_its_share(tmp_path, rule, when, left):
    """Counted from when it was due; grace only decides whether it was late. Never below zero, rounded to cents."""
    assert mark(tmp_path, rule, handed_in=when)[0] == left


@pytest.mark.parametrize("who", ["Lovelace, Ada", "lovelace_ada-123", "123", "ADA@example.org"])
@pytest.mark.parametrize(("more", "left"), [("1", "70.00"), ("1.5", "70.00"), ("2", "80.00")])
def test_an_extension_moves_the_day_for_one_person(tmp_path, who, more, left):
    """By days or to a date, under a name, a number or the folder."""
    assert mark(tmp_path, f'{DUE}[extensions]\n"{who}" = {more}\nbob = 9\n')[0] == left
    assert mark(tmp_path, f'{DUE}[extensions]\n"{who}" = 2024-10-06T00:00:00Z\n')[0] == "80.00"


def test_a_time_that_no_platform_told_can_be_given(tmp_path):
    """Until then a late mark takes nothing off, and the row says what is missing."""
    late = {"handed_in": "", "late": True}
    points, why = mark(tmp_path, DUE, **late)
    assert (points, "[handed_in] in class.toml" in why) == ("80.00", True)
    given = f'{DUE}[handed_in]\n"123" = 2024-10-03T13:00:00Z\n'
    assert mark(tmp_path, given, **late) == ("70.00", "1 day late: 10 points less")
    assert mark(tmp_path, DUE, handed_in="") == ("80.00", "")


# ---- by hand


def test_points_set_by_hand_count_with_their_reason(tmp_path):
    """For an exercise before the late rule, for the whole mark after it."""
    one = '[[override]]\nstudent = "123"\nexercise = "slope"\npoints = 0.5\nreason = "copied"\n'
    assert mark(tmp_path, one) == ("78.50", "slope set to 0.5 by hand: copied")
    assert mark(tmp_path, DUE + one)[0] == "58.50"
    whole = '[[override]]\nstudent = "123"\npoints = 91\nreason = "oral exam"\n'
    assert mark(tmp_path, DUE + one + whole) == ("91", "set to 91 by hand: oral exam")


def test_who_handed_in_nothing_gets_what_the_class_file_says(tmp_path):
    """And no mark at all if it says nothing."""
    absent = {"status": ABSENT, "score": None, "mark": None}
    assert mark(tmp_path, DUE, **absent)[0] == "None"
    assert mark(tmp_path, "absent_get = 0\n", **absent) == ("0", "what who hands in nothing gets")


def test_a_mark_set_by_hand_survives_grading_again(tmp_path):
    """Whatever happens to the files; and the report tells what the checks gave."""
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    place = folder(inbox, "ada", ONE_FILE)
    given = '[[override]]\nstudent = "ada"\npoints = 77\nreason = "a machine that broke"\n'
    how = {"rules": rules(tmp_path, given)}
    first = graded(inbox, out, **how)["ada"]
    (place / "derivatives.py").write_text(stubs_of(LECTURE)["derivatives.py"], encoding="utf-8")
    second = graded(inbox, out, **how)["ada"]
    assert (first.mark, second.mark) == (77, 77)
    assert first.score != second.score == report_of(out, "ada")["score"]
    (line,) = table(out)
    assert (line["mark"], line["because"]) == ("77", "set to 77 by hand: a machine that broke")


# ---- several hand-ins


@pytest.fixture
def two(tmp_path) -> Path:
    """One person who handed in better work first."""
    inbox = tmp_path / "inbox"
    for day, text in ((3, SOLUTION["derivatives.py"]), (4, stubs_of(LECTURE)["derivatives.py"])):
        folder(inbox, f"1-7 - Ada - Oct {day}, 2024 0900 AM", {"derivatives.py": text})
    return inbox


@pytest.mark.parametrize(
    ("take", "day", "right"), [("last", 4, False), ("first", 3, True), ("best", 3, True)], ids=lambda value: str(value)
)
def test_one_of_several_hand_ins_counts(tmp_path, two, take, day, right):
    """There is one row, which says so, and the reports are those of the hand-in that counts."""
    (row,) = graded(two, tmp_path / "out", take=take).values()
    assert row.entry == f"1-7 - Ada - Oct {day}, 2024 0900 AM"
    assert (row.mark > 0) is right
    assert row.reason.endswith(f"of 2 hand-ins the {take} counts")
    assert report_of(tmp_path / "out", "Ada")["submission"]["sha256"] == row.sha256
    assert [path.name for path in (tmp_path / "out").glob("[!.]*/")] == ["Ada"]
    (again,) = graded(two, tmp_path / "out", take=take).values()
    assert again == replace(row, reused=True)


def test_the_best_is_the_best_after_the_late_rule(tmp_path, two):
    """Better work that came too late may count less; of equal marks the first counts."""
    folder(two, "1-7 - Ada - Oct 1, 2024 0900 AM", {"derivatives.py": stubs_of(LECTURE)["derivatives.py"]})
    (row,) = graded(two, tmp_path / "out", take="best").values()
    late = "[late]\ndue = 2024-10-02T09:00:00\nper_cent_per_day = 90\n"
    (other,) = graded(two, tmp_path / "out", take="best", rules=rules(tmp_path, late)).values()
    assert [one.entry[len("1-7 - Ada - ") :][:5] for one in (row, other)] == ["Oct 3", "Oct 1"]


def test_where_no_order_is_known_all_have_rows(tmp_path):
    """Nothing is guessed: each row says what is to be done, and taking the best needs no order."""
    inbox = tmp_path / "inbox"
    folder(inbox, "ada", ONE_FILE)
    folder(inbox, "Lovelace Ada", {"derivatives.py": stubs_of(LECTURE)["derivatives.py"]})
    (tmp_path / "roster.csv").write_text("Name,Login\nAda Lovelace,ada\n")
    found = read_inbox(inbox, read_roster(tmp_path / "roster.csv"))
    rows = graded(found, tmp_path / "out")
    assert list(rows) == ["Ada_Lovelace", "Ada_Lovelace-2"]
    assert all("which is the last is not known" in row.reason for row in rows.values())
    (row,) = graded(found, tmp_path / "out", take="best").values()
    assert (row.entry, row.folder) == ("ada", "Ada_Lovelace")


# ---- broken


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[late\n", r"line 1: this is not TOML"),
        ("[late]\n\ndue = 2024-13-01T00:00:00\n", r"line 3: this is not TOML"),
        ("[late]\nper_cent_per_day = 1\n", r"line 1: \[late\] needs due"),
        ("[late]\ndue = 2024-10-01\n", r"line 2: \[late\] needs due"),
        ("[late]\ndue = 2024-10-01T00:00:00\nper_day = 1\n", r"line 3: per_day is not known here; due, "),
        (f"{DUE}grace_minutes = -1\n", r"line 4: grace_minutes is a number from 0 to 1,000,000"),
        (f"{DUE}grace_minutes = {'9' * 400}\n", r"line 4: grace_minutes is a number from 0 to 1,000,000"),
        (f"{DUE}most_per_cent = 101\n", r"line 4: most_per_cent is a number from 0 to 100"),
        (f"{DUE}most_per_cent = nan\n", r"line 4: most_per_cent is a number"),
        (f'{DUE}[extensions]\nada = "two"\n', r"line 5: an extension is a number of days"),
        (f"{DUE}[extensions]\nada = true\n", r"line 5: an extension is"),
        (f"{DUE}[handed_in]\nada = 3\n", r"line 5: a hand-in time is a date with a time"),
        ("late = 3\n", r"line 1: late is a table"),
        ("[overrides]\n", r"line 1: overrides is not known here"),
        ("[override]\nstudent = 'ada'\n", r"line 1: each override begins with \[\[override\]\]"),
        (
            '[[override]]\nstudent = "a"\npoints = 1\nreason = "b"\n\n[[override]]\n',
            r"line 6: an override needs student",
        ),
        ('[[override]]\nstudent = "ada"\npoints = 3\n', r"line 1: an override needs reason"),
        ('[[override]]\nstudent = "ada"\nreason = "x"\n', r"line 1: an override needs points"),
        ('[[override]]\nstudent = "ada"\nreason = "x"\npoints = 1\nwhy = 2\n', r"line 1: an override has student, "),
        ("\xff", r"line 1: this is not text in UTF-8"),
    ],
)
def test_a_class_file_that_is_broken_ends_in_one_sentence_with_file_and_line(tmp_path, text, said):
    """Before anything is graded."""
    (tmp_path / CLASS_FILE).write_bytes(text.encode("latin-1"))
    with pytest.raises(UsageError, match=said) as raised:
        read_rules(tmp_path / CLASS_FILE)
    assert str(raised.value).startswith(f"{tmp_path / CLASS_FILE}, line ")
    assert "\n" not in str(raised.value)


def test_an_extension_that_leads_out_of_the_calendar_ends_in_one_sentence(tmp_path):
    """With its line."""
    given = rules(tmp_path, f"{DUE.replace('2024', '9990')}[extensions]\n123 = 9000\n")
    with pytest.raises(UsageError, match=r"class\.toml, line 5: so many days lead out of the calendar"):
        decided(ADA, given)


def test_an_exercise_that_is_none_ends_in_one_sentence(tmp_path):
    """With the line of the override."""
    given = rules(tmp_path, '\n[[override]]\nstudent = "123"\nexercise = "slpe"\npoints = 1\nreason = "x"\n')
    with pytest.raises(UsageError, match=r"class\.toml, line 2: slpe is no exercise of what Lovelace, Ada handed in"):
        decided(ADA, given)


def test_a_name_that_two_people_have_is_refused_and_one_that_nobody_has_is_told(tmp_path):
    """A number tells them apart."""
    for place in ("ada", "lecture1_micrograd-ada"):
        folder(tmp_path / "inbox", place, ONE_FILE)
    given = rules(tmp_path, f"{DUE}[extensions]\nada = 1\nzoe = 2\n")
    with pytest.raises(UsageError, match=r"class\.toml, line 5: ada is more than one person here; write a number"):
        graded(tmp_path / "inbox", tmp_path / "out", rules=given)
    assert list((tmp_path / "out").glob("*")) == []
    told = list(unknown_people([replace(ADA, student="ada")], given))
    assert told == [f"{tmp_path / CLASS_FILE}, line 6: zoe is nobody who has a row here."]


def test_times_are_compared_only_as_far_as_they_are_told():
    """What has no offset is read as what it is compared with."""
    given = Rules(due=datetime(2024, 10, 5, 10), per_day=Decimal(10))
    assert decided(ADA, given).mark == Decimal("70.00")
