"""Marks out: each form by the columns that its platform documents, and round trips through a platform's own tables."""

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from click.testing import CliRunner
from gradebook_kit import ONE_FILE, SEED, folder

from grader.cli import cli
from grader.errors import UsageError
from grader.office import gradebook
from grader.office.export import Asked, export
from grader.office.gradebook import ABSENT, BOOK, GRADED, Book, Row
from grader.office.gradebook.book import to_book
from grader.office.intake import read_inbox, read_roster
from grader.report.unhidden import HIDDEN

CANVAS = '''Student,ID,SIS User ID,SIS Login ID,Section,Lecture 1 (55),Essay (56),Current Score
,,,,,Manual Posting,,
    Points Possible,,,,,100,10,(read only)
"Lovelace, Ada",123,s-1,ada,A,,7,
"Lovelace, Ada",125,s-3,ada2,A,12,,
"=Turing, ""Alan""",124,s-2,aturing,B,55,,
"Noether, Emmy",126,s-4,emmy,B,33.5,,
'''
MOODLE = """Identifier,Full name,Email address,Status,Grade,Maximum Grade,Last modified (grade),Feedback comments
Participant 4711,Ada Lovelace,ada@example.org,Submitted,,"100,00","Thursday, 3 October 2024, 11:45 PM",
Participant 4712,Ada Lovelace,ada2@example.org,Submitted,"40,00","100,00",-,old words
Participant 4713,Zoë van Dyk,zoe@example.org,,,"100,00",-,
"""
ADA = Row("Lovelace, Ada", GRADED, lecture="lecture1_micrograd", score=90, max_score=100, folder="ada-123",
          ids={"id": "123"}, mark=Decimal("87.50"), because="=1 day late", remark="grad-overwrite")  # fmt: skip
ALAN = replace(ADA, student='=Turing, "Alan"', folder="alan", ids={"id": "124"}, mark=Decimal(1000), max_score=1000)
EMMY = Row("Noether, Emmy", ABSENT, folder="emmy", ids={"id": "126"})


def marks(tmp_path: Path, *rows: Row) -> Path:
    (tmp_path / "marks").mkdir(exist_ok=True)
    (tmp_path / "marks" / BOOK).write_text(to_book(Book(rows)))
    return tmp_path / "marks"


def exported(tmp_path: Path, rows: list[Row], to: str, table: str = "", **more) -> tuple[list[list[str]], tuple]:
    into = tmp_path / "into.csv" if table else None
    if into:
        into.write_text(table, encoding="utf-8")
    told = export(marks(tmp_path, *rows), Asked(to, tmp_path / "out.csv", into, **more))
    text = (tmp_path / "out.csv").read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""))), told


# ---- Canvas


def test_one_column_of_canvas_own_export_is_filled(tmp_path):
    """Identity cells and titles as they came; no other column; who has no mark keeps what was there."""
    alan = replace(ALAN, max_score=100, mark=Decimal(100))
    lines, told = exported(tmp_path, [ADA, alan, EMMY], "canvas", CANVAS, column="Lecture 1")
    given = list(csv.reader(io.StringIO(CANVAS)))
    assert [line[:5] for line in lines] == [line[:5] for line in given]
    assert [line[5:] for line in lines] == [
        ["Lecture 1 (55)"], ["Manual Posting"], ["100"], ["87.5"], ["12"], ["100"], ["33.5"],
    ]  # fmt: skip
    assert told == ("No mark, and left as it was: Noether, Emmy.",)
    assert (tmp_path / "into.csv").read_text(encoding="utf-8") == CANVAS


def test_what_canvas_would_misread_is_not_written(tmp_path):
    """No separator of thousands, and a point before cents: Canvas takes the last separator for the decimal point."""
    lines, _ = exported(tmp_path, [ALAN], "canvas", CANVAS.replace("100,10", "1000,10"), column="Lecture 1 (55)")
    assert lines[5][5] == "1000"


@pytest.mark.parametrize(
    ("table", "more", "said"),
    [
        (
            CANVAS,
            {},
            r"line 1: more than one column that can be filled\. Say it with --column; .*Lecture 1 \(55\), Essay",
        ),
        (CANVAS, {"column": "Lab"}, r"line 1: no column 'Lab' that can be filled"),
        (CANVAS, {"column": "Current Score"}, r"no column 'Current Score' that can be filled"),
        (CANVAS.replace("Essay (56)", "Lecture 1 (56)"), {"column": "Lecture 1"}, r"2 columns 'Lecture 1'"),
        (CANVAS, {"column": "Essay"}, r"line 3: Essay \(56\) has 10 points, .*out of 100\. Export with --out-of 10"),
        (MOODLE, {}, r"line 1: no gradebook of Canvas, which has Student, ID and Section"),
        ("a,b\n1,2\n", {}, r"line 1: none of these columns is known"),
        (CANVAS.replace("125", "123"), {"column": "Lecture 1"}, r"line 5: 123 stands in line 4 already"),
    ],
)
def test_a_table_of_canvas_that_does_not_fit_is_refused(tmp_path, table, more, said):
    """With the file and the line, and nothing is written."""
    with pytest.raises(UsageError, match=said):
        exported(tmp_path, [ADA], "canvas", table, **more)
    assert not (tmp_path / "out.csv").exists()


def test_marks_are_scaled_on_request(tmp_path):
    """To the points that the platform has, rounded to cents."""
    lines, _ = exported(tmp_path, [ADA], "canvas", CANVAS, column="Essay", out_of=Decimal(10))
    assert (lines[2][5], lines[3][5]) == ("10", "8.75")


def test_without_canvas_own_export_a_table_of_our_own_is_written(tmp_path):
    """The documented columns, the points in the first row of data, and names that are no formulas."""
    unknown = replace(EMMY, ids={})
    lines, told = exported(tmp_path, [ADA, ALAN, unknown], "canvas", out_of=Decimal(100))
    assert lines[:3] == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "micrograd"],
        ["    Points Possible", "", "", "", "", "100"],
        ["Lovelace, Ada", "123", "", "", "", "87.5"],
    ]
    assert lines[3][0] == '\'=Turing, "Alan"'
    assert "not in the table: Noether, Emmy" in told[0]


# ---- Moodle


def moodle_rows() -> list[Row]:
    return [replace(ADA, student="Ada Lovelace", ids={"moodle": "4711"}), replace(EMMY, ids={"moodle": "4713"})]


def test_moodles_worksheet_comes_back_with_grades_and_feedback(tmp_path):
    """Nothing else is changed, least of all the identifier and the time; a decimal comma stays one."""
    lines, told = exported(tmp_path, moodle_rows(), "moodle", MOODLE)
    given = list(csv.reader(io.StringIO(MOODLE)))
    assert lines[0] == given[0]
    assert lines[1] == [*given[1][:4], "87,5", *given[1][5:7], "'=1 day late; grad-overwrite"]
    assert lines[2:] == given[2:]
    assert told == ("No mark, and left as it was: Noether, Emmy.",)


def test_a_worksheet_in_another_language_needs_the_name_of_its_column(tmp_path):
    """Which column holds the grade is not guessed."""
    german = MOODLE.replace("Identifier", "ID").replace(",Grade,", ",Bewertung,")
    german = german.replace("Last modified (grade)", "Zuletzt").replace("Participant ", "")
    rows = [replace(moodle_rows()[0], ids={"id": "4711"})]
    with pytest.raises(UsageError, match=r"line 1: no column Grade\. .*--column TITLE"):
        exported(tmp_path, rows, "moodle", german)
    lines, _ = exported(tmp_path, rows, "moodle", german, column="Bewertung")
    assert lines[1][4] == "87,5"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Last modified (grade)", "Changed", r"line 1: no column Last modified \(grade\)"),
        ('"100,00"', '"10,00"', r"line 2: the most is 10 points, and these marks are out of 100"),
    ],
)
def test_a_worksheet_that_moodle_would_not_take_is_refused(tmp_path, old, new, said):
    """Moodle skips such rows without a word."""
    with pytest.raises(UsageError, match=said):
        exported(tmp_path, moodle_rows(), "moodle", MOODLE.replace(old, new))


# ---- the way there and back


@pytest.mark.parametrize("platform", ["canvas", "moodle"])
def test_from_the_download_and_the_roster_to_the_upload(tmp_path, platform):
    """The table that said who is in the class is the one that is filled, line for line."""
    text = CANVAS if platform == "canvas" else MOODLE
    entry = "lovelaceada_125_9_derivatives.py" if platform == "canvas" else "Ada Lovelace_4712_assignsubmission_file"
    inbox = tmp_path / "inbox"
    if platform == "canvas":
        folder(inbox, "", {entry: ONE_FILE["derivatives.py"]})
    else:
        folder(inbox, entry, ONE_FILE)
    (tmp_path / "roster.csv").write_text(text, encoding="utf-8")
    found = read_inbox(inbox, read_roster(tmp_path / "roster.csv"))
    gradebook.grade(found, tmp_path / "marks", None, 1, SEED, lambda row: None)
    column = "Lecture 1" if platform == "canvas" else ""
    export(tmp_path / "marks", Asked(platform, tmp_path / "out.csv", tmp_path / "roster.csv", column))
    lines = list(csv.reader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8"))))
    marks = {line[1] if platform == "canvas" else line[0]: line[5 if platform == "canvas" else 4] for line in lines}
    assert marks["125" if platform == "canvas" else "Participant 4712"] == "11"
    assert marks["123" if platform == "canvas" else "Participant 4711"] == ""


# ---- results


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> Path:
    """Two who did some of it, one with a mistake, and one whose package is broken."""
    place = tmp_path_factory.mktemp("class")
    wrong = ONE_FILE["derivatives.py"].replace("(f(x + h) - f(x)) / h", "(f(x + h) - f(x)) / h + 1")
    folder(place / "inbox", "李", {"derivatives.py": wrong})
    folder(place / "inbox", "ben", {"derivatives.py": "def (\n"})
    (place / "inbox" / "torn.zip").write_bytes(b"PK\x03\x04")
    gradebook.grade(place / "inbox", place / "marks", None, 1, SEED, lambda row: None)
    return place / "marks"


def report(graded: Path) -> dict:
    (file,) = graded.glob("student-*/report.json")
    return json.loads(file.read_text(encoding="utf-8"))


def test_gradescope_gets_a_result_for_each_student(tmp_path, graded):
    """With the documented keys and visibilities; the maxima add up; what is hidden shows no input."""
    told = export(graded, Asked("gradescope", tmp_path / "out"))
    (file,) = (tmp_path / "out").glob("student-*/results.json")
    result = json.loads(file.read_text())
    assert sum(test["max_score"] for test in result["tests"]) == 100
    assert sum(test["score"] for test in result["tests"]) == report(graded)["score"]
    assert {test["visibility"] for test in result["tests"]} == {"visible", "after_published"}
    assert {test["status"] for test in result["tests"]} == {"passed", "failed"}
    assert result["stdout_visibility"] == "hidden"
    assert told == ("Without a report, and not exported: torn.",)


@pytest.mark.parametrize("to", ["gradescope", "github", "junit"])
def test_no_export_shows_what_a_hidden_check_was_asked(tmp_path, graded, to):
    """Neither its inputs nor the expected value are in anything that a student may see."""
    export(graded, Asked(to, tmp_path / "out"))
    files = [tmp_path / "out"] if to == "junit" else sorted((tmp_path / "out").rglob("*.*"))
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    hidden = [found for found in report(graded)["findings"] if found["visibility"] == "hidden" and found["difference"]]
    assert hidden
    assert HIDDEN in text
    for found in hidden:
        assert found["difference"]["inputs"] not in text


def test_a_mark_that_is_not_the_sum_of_the_checks_is_the_score(tmp_path, graded):
    """With the reason, in words."""
    book = gradebook.read_book(graded)
    rows = [replace(row, mark=Decimal("3.5"), because="1 day late") if row.score else row for row in book.rows]
    (tmp_path / "marks").mkdir()
    for place in graded.glob("[!.]*"):
        (tmp_path / "marks" / place.name).symlink_to(place)
    (tmp_path / "marks" / BOOK).unlink()
    (tmp_path / "marks" / BOOK).write_text(to_book(replace(book, rows=tuple(rows))))
    export(tmp_path / "marks", Asked("gradescope", tmp_path / "out"))
    (file,) = (tmp_path / "out").glob("student-*/results.json")
    result = json.loads(file.read_text())
    assert (result["score"], "1 day late" in result["output"]) == (3.5, True)


def test_github_gets_a_result_and_a_summary(tmp_path, graded):
    """Version 3 of the form, messages of at most 500 characters, a line for each exercise."""
    export(graded, Asked("github", tmp_path / "out"))
    result = json.loads((tmp_path / "out" / "ben" / "result.json").read_text())
    assert (result["version"], result["status"], result["max_score"]) == (3, "fail", 100)
    assert {test["status"] for test in result["tests"]} <= {"pass", "fail", "error"}
    assert max(len(test["message"]) for test in result["tests"]) <= 500
    summary = (tmp_path / "out" / "ben" / "summary.md").read_text()
    assert summary.startswith("## 0 of 100 points\n\n| exercise | passed | points |\n|---|---|---|\n| slope | 0 of ")


def test_junit_gets_a_suite_for_each_student(tmp_path, graded):
    """Counts that add up, points as properties, a name in any script."""
    export(graded, Asked("junit", tmp_path / "out.xml"))
    root = Xml.parse(tmp_path / "out.xml").getroot()
    assert [suite.get("name") for suite in root] == ["ben", "李"]
    cases = [case for suite in root for case in suite]
    assert int(root.get("tests")) == len(cases)
    counts = {kind: sum(case.find(kind) is not None for case in cases) for kind in ("failure", "error", "skipped")}
    assert [int(root.get(name)) for name in ("failures", "errors", "skipped")] == list(counts.values())
    points = [p.get("value") for case in root[1] for p in case.iter("property") if p.get("name") == "points"]
    assert sum(map(int, points)) == report(graded)["score"]


def test_a_plain_table_has_everybody(tmp_path):
    """Also who has no mark; cells that a spreadsheet would compute get a quote in front."""
    lines, _ = exported(tmp_path, [ADA, ALAN, EMMY], "csv")
    assert [line[0] for line in lines[1:]] == ["Lovelace, Ada", '\'=Turing, "Alan"', "Noether, Emmy"]
    assert lines[1][7] == "'=1 day late"


# ---- what is refused


def test_a_person_with_two_rows_is_not_exported(tmp_path):
    """Which of the two counts is not guessed."""
    with pytest.raises(UsageError, match=r"Lovelace, Ada has 2 rows in the gradebook, and one mark can be exported"):
        exported(tmp_path, [ADA, replace(ADA, folder="ada-2")], "csv")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--to", "moodle"], "--to moodle needs --into WORKSHEET.csv"),
        (["--to", "csv", "--into", "x.csv"], "--into is for canvas and moodle"),
        (["--to", "canvas", "--into", "out.csv"], "is the platform's own table, which stays as it is"),
        (["--to", "csv", "--out-of", "0"], "--out-of 0: write a number above 0."),
        (["--to", "csv", "--out-of", "many"], "--out-of many: write a number above 0."),
        (["--to", "canvas", "--into", "none.csv"], "none.csv cannot be read (No such file or directory)"),
    ],
)
def test_options_that_do_not_go_together_end_in_one_sentence(tmp_path, monkeypatch, args, said):
    """And nothing is written."""
    monkeypatch.chdir(tmp_path)
    marks(tmp_path, ADA)
    done = CliRunner().invoke(cli, ["export", "marks", "-o", "out.csv", *args])
    assert (done.exit_code, said in done.output) == (2, True), done.output
    assert not (tmp_path / "out.csv").exists()


def test_a_folder_without_a_gradebook_says_how_to_get_one(tmp_path):
    """As one that an older version wrote."""
    with pytest.raises(UsageError, match=r"no gradebook\.json that can be read"):
        export(tmp_path, Asked("csv", tmp_path / "out.csv"))
