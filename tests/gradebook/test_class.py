"""Grading a class: good, partial and broken entries side by side, and no entry that costs another one anything."""

import json
import os
import stat
import tempfile

import jsonschema
import pytest
from gradebook_kit import LECTURE, ONE_FILE, SOLUTION, folder, graded, packed, report_of, table, zipped

from grader.course import PROJECT
from grader.course.stubs import stubs_of
from grader.judging import examiner, tried_test
from grader.office.gradebook import BROKEN, GRADED, REJECTED, class_run
from grader.office.intake.reading import plain_name

SCHEMA = json.loads((PROJECT / "grader" / "report" / "report.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def inbox(tmp_path_factory):
    """A class: three who did their work, two who did some of it, and entries that are broken in every way."""
    inbox = tmp_path_factory.mktemp("class") / "inbox"
    inbox.mkdir()
    packed(inbox, "ada", SOLUTION)
    folder(inbox, "ben", SOLUTION)
    folder(inbox / "cleo", LECTURE.id, SOLUTION)
    folder(inbox, "dan", ONE_FILE)
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
    names = [plain_name(path.name) for path in inbox.iterdir() if path.name not in (".DS_Store", "bad-text.txt")]
    assert sorted(names, key=str.lower) == list(rows)


@pytest.mark.parametrize("student", ["ada", "ben", "cleo"])
def test_a_correct_submission_gets_full_marks(rows, student):
    """As a package, as a folder, or as a folder around the lecture's folder."""
    row = rows[student]
    assert (GRADED, "", LECTURE.points) == (row.status, row.reason, row.score)


def test_the_same_files_have_the_same_hash(rows):
    """However they were handed in."""
    assert len({rows[student].sha256 for student in ("ada", "ben", "cleo")}) == 1


def test_a_part_of_the_work_is_graded(rows):
    """What was handed in counts, and the reason says what was not."""
    worth = sum(exercise.points for exercise in LECTURE.exercises if exercise.file == "derivatives.py")
    assert (worth, LECTURE.points) == (rows["dan"].score, rows["dan"].max_score)
    assert rows["dan"].reason == "not handed in: " + ", ".join(
        name for name in LECTURE.files if name != "derivatives.py"
    )


def test_unwritten_exercises_are_todo(rows, out):
    """Stubs beside finished work lose their own points and nobody else's."""
    findings = report_of(out, "eve")["findings"]
    finished = {exercise.id for exercise in LECTURE.exercises if exercise.file == "engine.py"}
    assert finished == {finding["exercise"] for finding in findings if finding["status"] == "passed"}
    assert {f["status"] for f in findings if f["exercise"] not in finished} <= {"todo", "blocked"}


@pytest.mark.parametrize("student", ["code-syntax", "code-leaves"])
def test_broken_code_is_graded(rows, student):
    """A file that cannot run costs what depends on it; the other files still count."""
    row = rows[student]
    assert row.status == GRADED
    assert row.score == sum(e.points for e in LECTURE.exercises if e.file == "derivatives.py")


def test_code_that_breaks_a_rule_gets_no_points(rows, out):
    """A forbidden import costs all exercises of that file, however right they are, and says so."""
    of_engine = {exercise.id for exercise in LECTURE.exercises if exercise.file == "engine.py"}
    findings = [f for f in report_of(out, "code-forbidden")["findings"] if f["exercise"] in of_engine]
    assert {("failed", 0)} == {(finding["status"], finding["points"]) for finding in findings}
    assert all("engine.py:1 imports numpy" in finding["message"] for finding in findings)


@pytest.mark.parametrize(
    ("student", "reason"),
    [
        ("bad-empty-folder", "holds none of the files of"),
        ("bad-other-files", "holds none of the files of"),
        ("bad-link", "bad-link is a link, which is not followed"),
        ("bad-empty", "bad-empty.zip is not a readable zip"),
        ("bad-noise", "bad-noise.zip is not a readable zip"),
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
    assert (row.status, row.score) == (REJECTED, None)
    assert reason in row.reason


# ---- what is written


def test_every_graded_entry_gets_its_reports(rows, out):
    """One as data and one as a page, in a folder of the student's name; rejected entries get none."""
    found = {str(path.relative_to(out)) for path in out.glob("[!.]*/*")}
    expected = {
        f"{row.student}/report.{kind}" for row in rows.values() if row.status == GRADED for kind in ("json", "html")
    }
    assert expected == found


def test_every_report_follows_the_schema(rows, out):
    """And the schema itself is one."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    files = sorted(out.glob("*/report.json"))
    assert len([row for row in rows.values() if row.status == GRADED]) == len(files)
    for file in files:
        jsonschema.validate(json.loads(file.read_text(encoding="utf-8")), SCHEMA)


def test_a_report_says_what_its_row_says(rows, out):
    """The file and the row are two views of one record."""
    report, row = report_of(out, "dan"), rows["dan"]
    assert (row.score, row.sha256) == (report["score"], report["submission"]["sha256"])
    assert sum(row.points.values()) == row.score


def test_the_gradebook_has_a_line_for_every_entry(rows, out):
    """Name, marks, status, reason; the exercises' points add up to the score."""
    lines = table(out)
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
    place = folder(inbox, "ada", ONE_FILE)
    graded(inbox, out)
    (place / "derivatives.py").unlink()
    assert graded(inbox, out)["ada"].status == REJECTED
    assert not list(out.glob("ada/*"))


def test_two_at_a_time_give_the_same_marks(inbox, rows, out):
    """Everything but the seconds, in the same order."""
    other = out.with_name("marks of two")
    again = graded(inbox, other, jobs=2)
    assert list(rows.values()) == list(again.values())
    assert (out / "gradebook.csv").read_text() == (other / "gradebook.csv").read_text()


@pytest.mark.parametrize("jobs", [1, 2])
def test_grading_leaves_nothing_behind(tmp_path, monkeypatch, jobs):
    """The folders in which the workers ran are gone when the class is graded."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    folder(tmp_path / "inbox", "ada", ONE_FILE)
    graded(tmp_path / "inbox", tmp_path / "out", jobs=jobs)
    assert os.listdir(scratch) == []


# ---- one entry and the others


def test_a_failure_of_the_kit_costs_one_row(tmp_path, monkeypatch):
    """A bug of ours becomes a fault of that entry, which says where; the rest of the class stands."""
    for student in ("ada", "ben", "cleo"):
        folder(tmp_path / "inbox", student, {"derivatives.py": f"{SOLUTION['derivatives.py']}# {student}\n"})
    examine = examiner.Examiner.examine

    def fails_for_ben(self, submission, *args, **kwargs):
        if b"# ben" in submission.files["derivatives.py"]:
            raise ZeroDivisionError("a bug\x1b[31m of ours")
        return examine(self, submission, *args, **kwargs)

    monkeypatch.setattr(examiner.Examiner, "examine", fails_for_ben)
    rows = graded(tmp_path / "inbox", tmp_path / "out")
    assert {row.student: row.status for row in rows.values()} == {"ada": GRADED, "ben": BROKEN, "cleo": GRADED}
    assert "the grader failed (ZeroDivisionError at test_class.py:" in rows["ben"].reason
    assert rows["ben"].reason.isprintable()


def test_a_failure_inside_one_check_is_a_fault(tmp_path, monkeypatch):
    """The report is written, the row says how many checks, and the instructor knows to grade it again."""
    folder(tmp_path / "inbox", "ada", ONE_FILE)
    steps_of = tried_test.steps_of

    def fails_for_gradf(test, seed):
        if test.exercise == "gradf":
            raise ZeroDivisionError("a bug of ours")
        return steps_of(test, seed)

    monkeypatch.setattr(tried_test, "steps_of", fails_for_gradf)
    row = graded(tmp_path / "inbox", tmp_path / "out")["ada"]
    count = sum(finding["status"] == "fault" for finding in report_of(tmp_path / "out", "ada")["findings"])
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
    folder(tmp_path / "inbox", "bystander", ONE_FILE)
    rows = graded(tmp_path / "inbox", tmp_path / "out")
    assert rows["bystander"].status == GRADED
    assert rows["adversary"].status == GRADED


def test_rows_arrive_one_after_the_other(tmp_path, monkeypatch):
    """Progress and reports come while the class is graded, not all at its end, with one job as well."""
    for student in ("ada", "ben"):
        folder(tmp_path / "inbox", student, {})
    seen = []
    opened = class_run.open_submission

    def noted(path, *args, **how):
        seen.append(f"opened {path.name}")
        return opened(path, *args, **how)

    monkeypatch.setattr(class_run, "open_submission", noted)
    graded(tmp_path / "inbox", tmp_path / "out", arrived=lambda row: seen.append(f"arrived {row.student}"))
    assert seen == ["opened ada", "arrived ada", "opened ben", "arrived ben"]
