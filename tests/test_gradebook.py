"""Grading a class: good, partial and broken entries side by side, and no entry that costs another one anything."""

import csv
import io
import json
import os
import stat
import tempfile
import zipfile
from pathlib import Path

import jsonschema
import pytest

from grader import check, gradebook, pack
from grader.course import PROJECT, load, reference_sources
from grader.errors import UsageError
from grader.gradebook import BROKEN, GRADED, REJECTED, SEED_FILE, Row, class_seed, entries, student_name, to_csv
from grader.report.as_json import to_dict
from grader.stubs import stubs_of

COURSE = load()
LECTURE = COURSE.lectures[0]
SOLUTION = reference_sources(LECTURE)
SEED = 7
SCHEMA = json.loads((PROJECT / "grader" / "report" / "report.schema.json").read_text(encoding="utf-8"))


def folder(inbox: Path, name: str, files: dict[str, str]) -> Path:
    place = inbox / name
    place.mkdir(parents=True)
    for file, text in files.items():
        (place / file).write_text(text, encoding="utf-8")
    return place


def zipped(inbox: Path, name: str, files: dict[str, str], mode: int = 0o100644) -> None:
    with zipfile.ZipFile(inbox / name, "w") as archive:
        for file, text in files.items():
            entry = zipfile.ZipInfo(file)
            entry.external_attr = mode << 16
            archive.writestr(entry, text)


def packed(inbox: Path, student: str, files: dict[str, str]) -> None:
    home = inbox.parent / f"home of {student}"
    folder(home, LECTURE.id, files)
    data = pack.build(pack.choose(home, LECTURE), COURSE, student)
    (inbox / f"{LECTURE.id}-{student}.zip").write_bytes(data)


def graded(inbox: Path, out: Path, jobs: int = 1) -> dict[str, Row]:
    """The rows of a class by name, in the order in which they came."""
    rows = gradebook.grade(inbox, out, None, jobs=jobs, seed=SEED, arrived=lambda row: None)
    return {row.student: row for row in rows}


def without_seconds(row: Row) -> object:
    """A row as data, but for what differs from run to run."""
    if row.report is None:
        return row
    report = to_dict(row.report)
    return row.student, row.status, row.reason, {
        **report, "findings": [{**finding, "seconds": 0} for finding in report["findings"]]
    }  # fmt: skip


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def inbox(tmp_path_factory):
    """A class: three who did their work, two who did some of it, and entries that are broken in every way."""
    inbox = tmp_path_factory.mktemp("class") / "inbox"
    inbox.mkdir()
    packed(inbox, "ada", SOLUTION)
    folder(inbox, "ben", SOLUTION)
    folder(inbox / "cleo", LECTURE.id, SOLUTION)
    folder(inbox, "dan", {"derivatives.py": SOLUTION["derivatives.py"]})
    folder(inbox, "eve", {**stubs_of(LECTURE), "engine.py": SOLUTION["engine.py"]})
    folder(inbox, "code-syntax", {**SOLUTION, "engine.py": "class Value:\n    def (\n"})
    folder(inbox, "code-leaves", {**SOLUTION, "engine.py": "import os\nos._exit(0)\n"})
    folder(inbox, "code-forbidden", {**SOLUTION, "engine.py": "import numpy\n" + SOLUTION["engine.py"]})
    folder(inbox, "bad-empty-folder", {})
    folder(inbox, "bad-other-files", {"essay.txt": "My summer"})
    (inbox / "bad-link").symlink_to(inbox / "ben")
    (inbox / "bad-empty.zip").write_bytes(b"")
    (inbox / "bad-noise.zip").write_bytes(bytes(range(256)) * 10)
    (inbox / "bad-text.txt").write_text("I could not upload it")
    whole = (inbox / f"{LECTURE.id}-ada.zip").read_bytes()
    (inbox / "bad-truncated.zip").write_bytes(whole[: len(whole) // 2])
    zipped(inbox, "bad-climbs.zip", {"../engine.py": ""})
    zipped(inbox, "bad-linked.zip", {"engine.py": "/etc/passwd"}, mode=stat.S_IFLNK | 0o777)
    zipped(inbox, "bad-manifest.zip", {**SOLUTION, "manifest.json": "{"})
    lie = {"files": {f"{LECTURE.id}/engine.py": "0" * 64}}
    zipped(inbox, "bad-lie.zip", {**SOLUTION, "manifest.json": json.dumps(lie)})
    os.mkfifo(inbox / "bad-pipe.zip")
    (inbox / ".DS_Store").write_bytes(b"")
    return inbox


@pytest.fixture(scope="module")
def out(inbox):
    """Where the class's marks go."""
    return inbox.parent / "marks"


@pytest.fixture(scope="module")
def rows(inbox, out):
    """The class, graded once."""
    return graded(inbox, out)


# ---- a class


def test_every_entry_gets_a_row(inbox, rows):
    """In the order of the students' names; what a system hides in a folder is no entry."""
    names = [student_name(path) for path in inbox.iterdir() if path.name != ".DS_Store"]
    assert sorted(names, key=str.lower) == list(rows)


@pytest.mark.parametrize("student", ["ada", "ben", "cleo"])
def test_a_correct_submission_gets_full_marks(rows, student):
    """As a package, as a folder, or as a folder around the lecture's folder."""
    row = rows[student]
    assert (GRADED, "", LECTURE.points) == (row.status, row.reason, row.report.score)


def test_the_same_files_have_the_same_hash(rows):
    """However they were handed in."""
    assert len({rows[student].report.submission.sha256 for student in ("ada", "ben", "cleo")}) == 1


def test_a_part_of_the_work_is_graded(rows):
    """What was handed in counts, and the reason says what was not."""
    worth = sum(exercise.points for exercise in LECTURE.exercises if exercise.file == "derivatives.py")
    assert (worth, LECTURE.points) == (rows["dan"].report.score, rows["dan"].report.max_score)
    assert rows["dan"].reason == "not handed in: " + ", ".join(
        name for name in LECTURE.files if name != "derivatives.py"
    )


def test_unwritten_exercises_are_todo(rows):
    """Stubs beside finished work lose their own points and nobody else's."""
    report = rows["eve"].report
    finished = {exercise.id for exercise in LECTURE.exercises if exercise.file == "engine.py"}
    assert finished == {finding.exercise for finding in report.findings if finding.status == "passed"}
    assert {f.status for f in report.findings if f.exercise not in finished} <= {"todo", "blocked"}


@pytest.mark.parametrize("student", ["code-syntax", "code-leaves"])
def test_broken_code_is_graded(rows, student):
    """A file that cannot run costs what depends on it; the other files still count."""
    row = rows[student]
    assert row.status == GRADED
    assert row.report.score == sum(e.points for e in LECTURE.exercises if e.file == "derivatives.py")


def test_code_that_breaks_a_rule_gets_no_points(rows):
    """A forbidden import costs all exercises of that file, however right they are, and says so."""
    report = rows["code-forbidden"].report
    of_engine = {exercise.id for exercise in LECTURE.exercises if exercise.file == "engine.py"}
    findings = [finding for finding in report.findings if finding.exercise in of_engine]
    assert {("failed", 0)} == {(finding.status, finding.points) for finding in findings}
    assert all("engine.py:1 imports numpy" in finding.message for finding in findings)


@pytest.mark.parametrize(
    ("student", "reason"),
    [
        ("bad-empty-folder", "holds none of the files of"),
        ("bad-other-files", "holds none of the files of"),
        ("bad-link", "bad-link is a link, which is not followed"),
        ("bad-empty", "bad-empty.zip is not a readable zip"),
        ("bad-noise", "bad-noise.zip is not a readable zip"),
        ("bad-text.txt", "bad-text.txt is not a readable zip"),
        ("bad-truncated", "bad-truncated.zip is not a readable zip"),
        ("bad-climbs", "../engine.py is not a plain file name"),
        ("bad-linked", "engine.py is a link or a special file"),
        ("bad-manifest", "manifest.json is not JSON"),
        ("bad-lie", "engine.py is not the file that was packed"),
        ("bad-pipe", "is neither a folder nor a file"),
    ],
)
def test_a_broken_entry_is_rejected_with_its_reason(rows, student, reason):
    """No report, no marks, and one sentence that says why."""
    row = rows[student]
    assert (row.status, row.report) == (REJECTED, None)
    assert reason in row.reason


# ---- what is written


def test_every_graded_entry_gets_its_reports(rows, out):
    """One as data and one as a page, in a folder of the student's name; rejected entries get none."""
    found = {str(path.relative_to(out)) for path in out.glob("*/*")}
    expected = {f"{row.student}/report.{kind}" for row in rows.values() if row.report for kind in ("json", "html")}
    assert expected == found


def test_every_report_follows_the_schema(rows, out):
    """And the schema itself is one."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    files = sorted(out.glob("*/report.json"))
    assert len([row for row in rows.values() if row.report]) == len(files)
    for file in files:
        jsonschema.validate(json.loads(file.read_text(encoding="utf-8")), SCHEMA)


def test_a_report_says_what_its_row_says(rows, out):
    """The file holds the report of this very run."""
    assert to_dict(rows["dan"].report) == json.loads((out / "dan" / "report.json").read_text())


def test_the_gradebook_has_a_line_for_every_entry(rows, out):
    """Name, marks, status, reason; the exercises' points add up to the score."""
    lines = table((out / "gradebook.csv").read_text(encoding="utf-8"))
    expected = [(row.student, row.status, row.reason) for row in rows.values()]
    assert expected == [(line["student"], line["status"], line["reason"]) for line in lines]
    assert all(
        int(line["score"]) == sum(int(line[e.id]) for e in LECTURE.exercises)
        for line in lines
        if line["status"] == GRADED
    )


def test_a_report_that_is_no_longer_true_is_removed(tmp_path):
    """Where an entry is graded at first and rejected later, the first report would contradict the gradebook."""
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    place = folder(inbox, "ada", {"derivatives.py": SOLUTION["derivatives.py"]})
    graded(inbox, out)
    (place / "derivatives.py").unlink()
    assert graded(inbox, out)["ada"].status == REJECTED
    assert not list(out.glob("ada/*"))


def test_two_at_a_time_give_the_same_marks(inbox, rows, out):
    """Everything but the seconds, in the same order."""
    other = out.with_name("marks of two")
    again = graded(inbox, other, jobs=2)
    assert [without_seconds(row) for row in rows.values()] == [without_seconds(row) for row in again.values()]
    assert (out / "gradebook.csv").read_text() == (other / "gradebook.csv").read_text()


@pytest.mark.parametrize("jobs", [1, 2])
def test_grading_leaves_nothing_behind(tmp_path, monkeypatch, jobs):
    """The folders in which the workers ran are gone when the class is graded."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    folder(tmp_path / "inbox", "ada", {"derivatives.py": SOLUTION["derivatives.py"]})
    graded(tmp_path / "inbox", tmp_path / "out", jobs=jobs)
    assert os.listdir(scratch) == []


# ---- one entry and the others


def test_a_failure_of_the_kit_costs_one_row(tmp_path, monkeypatch):
    """A bug of ours becomes a fault of that entry, which says where; the rest of the class stands."""
    for student in ("ada", "ben", "cleo"):
        folder(tmp_path / "inbox", student, {"derivatives.py": SOLUTION["derivatives.py"]})
    examine = check.Examiner.examine

    def fails_for_ben(self, submission, *args, **kwargs):
        if submission.student == "ben":
            raise ZeroDivisionError("a bug\x1b[31m of ours")
        return examine(self, submission, *args, **kwargs)

    monkeypatch.setattr(check.Examiner, "examine", fails_for_ben)
    rows = graded(tmp_path / "inbox", tmp_path / "out")
    assert {row.student: row.status for row in rows.values()} == {"ada": GRADED, "ben": BROKEN, "cleo": GRADED}
    assert "the grader failed (ZeroDivisionError at test_gradebook.py:" in rows["ben"].reason
    assert rows["ben"].reason.isprintable()


def test_a_failure_inside_one_check_is_a_fault(tmp_path, monkeypatch):
    """The report is written, the row says how many checks, and the instructor knows to grade it again."""
    folder(tmp_path / "inbox", "ada", {"derivatives.py": SOLUTION["derivatives.py"]})
    run = check.Test.run

    def fails_for_gradf(self, agree, seed):
        if self.exercise == "gradf":
            raise ZeroDivisionError("a bug of ours")
        return run(self, agree, seed)

    monkeypatch.setattr(check.Test, "run", fails_for_gradf)
    row = graded(tmp_path / "inbox", tmp_path / "out")["ada"]
    count = sum(finding.status == "fault" for finding in row.report.findings)
    assert count > 0
    assert (BROKEN, f"the grader failed in {count} checks; grade this one again") == (row.status, row.reason)


HOSTILE = {
    "kills the process it came from": "import os\nif os.getppid() > 1:\n    os.kill(os.getppid(), 9)\n",
    "gives an endless integer": SOLUTION["derivatives.py"].replace("(f(x + h) - f(x)) / h", "10**399"),
}


@pytest.mark.parametrize("deed", HOSTILE)
def test_a_hostile_entry_costs_nobody_else(tmp_path, deed):
    """Whatever one submission does, it is graded itself, and so is the next one."""
    folder(tmp_path / "inbox", "adversary", {"derivatives.py": HOSTILE[deed]})
    folder(tmp_path / "inbox", "bystander", {"derivatives.py": SOLUTION["derivatives.py"]})
    rows = graded(tmp_path / "inbox", tmp_path / "out")
    assert rows["bystander"].status == GRADED
    assert rows["adversary"].status == GRADED


def test_rows_arrive_one_after_the_other(tmp_path, monkeypatch):
    """Progress and reports come while the class is graded, not all at its end, with one job as well."""
    for student in ("ada", "ben"):
        folder(tmp_path / "inbox", student, {})
    seen = []
    opened = gradebook.open_submission

    def noted(path, *args):
        seen.append(f"opened {path.name}")
        return opened(path, *args)

    monkeypatch.setattr(gradebook, "open_submission", noted)
    gradebook.grade(
        tmp_path / "inbox", tmp_path / "out", None, jobs=1, seed=SEED,
        arrived=lambda row: seen.append(f"arrived {row.student}"),
    )  # fmt: skip
    assert seen == ["opened ada", "arrived ada", "opened ben", "arrived ben"]


# ---- names


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ("ada.zip", "ada"),
        ("ada", "ada"),
        ("Ada.ZIP", "Ada"),
        ("lecture1_micrograd-ada.zip", "ada"),
        ("ada.lovelace.zip", "ada.lovelace"),
        ("a b\tc.zip", "a_b_c"),
        ("../../etc", "etc"),
        ("..zip", "unnamed"),
        ("...", "unnamed"),
        ("-rf.zip", "rf"),
        ("=cmd|'x'!A1.zip", "cmd__x__A1"),
        ("\x1b[31mred\u202e.zip", "31mred"),
        ("李.zip", "unnamed"),
        ("\udcff\udcfe", "unnamed"),
        ("x" * 300, "x" * 80),
    ],
)
def test_a_name_is_safe_as_a_folder(entry, name):
    """Letters, digits and a few signs inside; nothing that climbs, hides, or is taken for an option or a formula."""
    assert name == student_name(Path(entry))


def names_of(inbox: Path, files: list[str]) -> list[str]:
    inbox.mkdir(exist_ok=True)
    for file in files:
        (inbox / file).write_bytes(b"")
    return [name for name, _ in entries(inbox)]


@pytest.mark.parametrize(
    "files",
    [
        ["ada", "ada.zip"],
        ["ada.zip", "lecture1_micrograd-ada.zip"],
        ["ada", "Ada.zip", "ADA.ZIP"],
        ["ada", "ada-2", "ada.zip"],
        ["a b", "a_b", "a_b-2"],
        ["x" * 85, "x" * 90, "x" * 100],
        ["李", "李.zip", "unnamed", "unnamed-2"],
    ],
    ids=" and ".join,
)
def test_two_entries_never_share_a_name(tmp_path, files):
    """Nobody's report replaces another's, not even where a file system takes two names for one."""
    names = [name.lower() for name in names_of(tmp_path / "inbox", files)]
    assert len(files) == len(set(names))


def test_two_entries_of_one_student_are_told_apart(tmp_path):
    """The first in order keeps the name, the next gets a number."""
    assert names_of(tmp_path / "inbox", ["ada", "ada.zip", "ben"]) == ["ada", "ada-2", "ben"]


@pytest.mark.parametrize("name", [SEED_FILE, "gradebook.csv"])
def test_an_entry_named_like_a_file_of_the_class_stops_nothing(tmp_path, name):
    """Whoever hands in seed.txt.zip or gradebook.csv.zip is graded, and the gradebook is written."""
    folder(tmp_path / "inbox", name, {"derivatives.py": SOLUTION["derivatives.py"]})
    class_seed(tmp_path / "out", SEED)
    (row,) = graded(tmp_path / "inbox", tmp_path / "out").values()
    assert row.status == GRADED
    assert len(table((tmp_path / "out" / "gradebook.csv").read_text())) == 1


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1"])
def test_a_cell_like_a_formula_is_quoted(text):
    """A spreadsheet that opens the gradebook computes nothing that a student wrote."""
    assert f",'{text}," in to_csv([Row("ada", REJECTED, text)])


def test_a_name_like_a_formula_is_harmless_in_the_gradebook(tmp_path):
    """Neither the name nor the reason, in which the name stands once more, begins like a formula."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "=HYPERLINK(1).zip").write_bytes(b"")
    graded(tmp_path / "inbox", tmp_path / "out")
    (line,) = table((tmp_path / "out" / "gradebook.csv").read_text())
    assert (line["student"], line["reason"][:25]) == ("HYPERLINK_1", "'=HYPERLINK(1).zip is not")


def test_a_class_of_rejected_entries_has_a_gradebook():
    """Without a single report there are no columns for exercises, and still a line for everybody."""
    assert to_csv([Row("ada", REJECTED, "why")]).splitlines() == [
        "student,lecture,score,max_score,status,reason,mistakes,sha256",
        "ada,,,,rejected,why,,",
    ]


# ---- inbox and seed


def test_an_inbox_that_is_not_there_is_a_usage_error(tmp_path):
    """The sentence says what belongs there."""
    with pytest.raises(UsageError, match=r"no folder .* to grade"):
        entries(tmp_path / "nowhere")


def test_an_empty_inbox_is_a_usage_error(tmp_path):
    """Hidden files do not count."""
    (tmp_path / ".DS_Store").write_bytes(b"")
    with pytest.raises(UsageError, match=r"is empty\. Put one zip or folder per student into it"):
        entries(tmp_path)


def test_a_seed_is_drawn_once_and_kept(tmp_path):
    """Grading one more student later asks the same questions."""
    seed = class_seed(tmp_path / "out", None)
    assert f"{seed}\n" == (tmp_path / "out" / SEED_FILE).read_text()
    assert seed == class_seed(tmp_path / "out", None)


def test_two_classes_have_seeds_of_their_own(tmp_path):
    """What leaks from one class is of no use in another."""
    seeds = {class_seed(tmp_path / str(number), None) for number in range(5)}
    assert len(seeds) == 5


def test_a_given_seed_is_kept(tmp_path):
    """It replaces the one that was there, and later runs use it."""
    class_seed(tmp_path, None)
    assert class_seed(tmp_path, 42) == 42
    assert class_seed(tmp_path, None) == 42


@pytest.mark.parametrize("text", [b"", b"many", b"-1", b"1.5", "\u00b2".encode(), b"\xff"])
def test_a_seed_file_that_holds_no_number_is_a_usage_error(tmp_path, text):
    """The sentence says how to give one."""
    (tmp_path / SEED_FILE).write_bytes(text)
    with pytest.raises(UsageError, match=r"does not hold a number.*--seed N"):
        class_seed(tmp_path, None)


def test_the_seed_stands_in_every_report(rows):
    """So that anybody can ask the same questions again."""
    assert {SEED} == {row.report.circumstances["seed"] for row in rows.values() if row.report}
