"""Grading a second time: what has not changed is not marked again, what has changed is, and nothing is doubled."""

import errno
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from gradebook_kit import LECTURE, ONE_FILE, SOLUTION, folder, graded, report_of, table

from grader.course import PROJECT
from grader.errors import UsageError
from grader.inside.levels import PROCESS
from grader.judging import examiner
from grader.office.gradebook import BROKEN, GRADED, class_seed, left_over
from grader.office.gradebook import terms as gradebook_terms
from grader.sandbox import isolation

NAMES = ("ada", "ben", "cleo")


def variant(student: str) -> dict[str, str]:
    """Files that no other student has."""
    return {"derivatives.py": f"{SOLUTION['derivatives.py']}# {student}\n"}


@pytest.fixture
def inbox(tmp_path):
    """Three students with a file each."""
    for student in NAMES:
        folder(tmp_path / "inbox", student, variant(student))
    return tmp_path / "inbox"


@pytest.fixture
def out(tmp_path):
    return tmp_path / "marks"


@pytest.fixture
def examined(monkeypatch):
    """The last lines of the files that were examined, in order."""
    seen = []
    examine = examiner.Examiner.examine

    def noted(self, submission, *args, **kwargs):
        seen.append(submission.files["derivatives.py"].decode().splitlines()[-1].removeprefix("# "))
        return examine(self, submission, *args, **kwargs)

    monkeypatch.setattr(examiner.Examiner, "examine", noted)
    return seen


def records(out: Path) -> list[Path]:
    return sorted((out / ".records").glob("*.json"))


# ---- what is not done again


def test_what_has_not_changed_is_not_marked_again(inbox, out, examined):
    """The second run reads records: the same rows, the same bytes, and the rows say so."""
    first = graded(inbox, out)
    before = (out / "gradebook.csv").read_bytes()
    second = graded(inbox, out)
    assert examined == list(NAMES)
    assert not any(row.reused for row in first.values())
    assert list(second.values()) == [replace(row, reused=True) for row in first.values()]
    assert (out / "gradebook.csv").read_bytes() == before


def test_again_marks_everything_anew(inbox, out, examined):
    """On request nothing is taken from an earlier run."""
    graded(inbox, out)
    rows = graded(inbox, out, again=True)
    assert examined == [*NAMES, *NAMES]
    assert not any(row.reused for row in rows.values())


def test_the_same_files_of_two_students_are_marked_once(inbox, out, examined):
    """Each has a row and a report of their own name."""
    folder(inbox, "dan", variant("ada"))
    rows = graded(inbox, out)
    assert examined == list(NAMES)
    assert rows["dan"] == replace(rows["ada"], student="dan", folder="dan", entry="dan")
    assert [report_of(out, name)["submission"]["student"] for name in ("ada", "dan")] == ["ada", "dan"]


def test_a_student_who_is_renamed_is_not_marked_again(inbox, out, examined):
    """The content decides. The row has the new name, and the reports under the old one are told of."""
    graded(inbox, out)
    (inbox / "ada").rename(inbox / "ada-lovelace")
    rows = graded(inbox, out)
    assert examined == list(NAMES)
    assert [line["student"] for line in table(out)] == ["ada-lovelace", "ben", "cleo"]
    assert report_of(out, "ada-lovelace")["submission"]["student"] == "ada-lovelace"
    assert left_over(out, rows.values()) == ["ada"]


def test_an_entry_that_is_gone_has_no_row(inbox, out):
    """Its reports stay and are told of; its record is not kept."""
    graded(inbox, out)
    for file in (inbox / "ben").iterdir():
        file.unlink()
    (inbox / "ben").rmdir()
    rows = graded(inbox, out)
    assert [line["student"] for line in table(out)] == ["ada", "cleo"]
    assert left_over(out, rows.values()) == ["ben"]
    assert len(records(out)) == 2


# ---- what is done again


def test_only_the_submission_that_changed_is_marked_again(inbox, out, examined):
    """And its reports are replaced."""
    graded(inbox, out)
    (inbox / "ben" / "derivatives.py").write_text(SOLUTION["derivatives.py"] + "# better\n", encoding="utf-8")
    rows = graded(inbox, out)
    assert examined == [*NAMES, "better"]
    assert [row.reused for row in rows.values()] == [True, False, True]
    assert report_of(out, "ben")["submission"]["sha256"] == rows["ben"].sha256


def test_another_seed_marks_everything_again(inbox, out, examined):
    """It asks other questions. The records of the old one are not kept."""
    graded(inbox, out)
    graded(inbox, out, seed=8)
    assert examined == [*NAMES, *NAMES]
    assert len(records(out)) == 3


@pytest.mark.skipif(isolation.best() == PROCESS, reason="no isolation here")
def test_another_isolation_marks_everything_again(inbox, out, examined):
    """Marks that were given without a sandbox are not those that are asked for."""
    graded(inbox, out)
    graded(inbox, out, level=isolation.best())
    assert examined == [*NAMES, *NAMES]


def test_another_course_marks_everything_again(inbox, out, examined, monkeypatch):
    """A suite, the reference or a misconception that has changed may change a mark."""
    graded(inbox, out)
    monkeypatch.setattr(gradebook_terms, "course_hash", lambda: "another")
    graded(inbox, out)
    assert examined == [*NAMES, *NAMES]


def test_the_course_hash_covers_what_judges():
    """The course, the reference with its data, the suites, the mistakes and the code; not what only shows."""
    files = {name for name, _ in gradebook_terms._judging_files()}
    lecture = "lecture3_mlp"
    assert {
        "course.toml",
        f"{lecture}/exercises.toml",
        *(f"reference/{lecture}/{path.name}" for path in (gradebook_terms.PROJECT / "reference" / lecture).glob("*.*")),
        *(f"lectures/{lecture}/{name}.py" for name in ("public/mlp", "public/shared", "hidden")),
        *(f"lectures/{lecture}/mistakes/{name}.py" for name in ("__init__", "forward", "shared")),
        f"probes/{lecture}/mlp.py",
        "grader/judging/comparison/difference.py",
        "grader/inside/worker.py",
    } <= files
    assert not [file for file in files if "__pycache__" in file or file.startswith(("grader/cli/", "grader/desk/"))]
    assert (gradebook_terms.PROJECT / "grader" / "lectures" / lecture / "pictures" / "shared.py").is_file()
    assert not [file for file in files if file.startswith(f"lectures/{lecture}/pictures")]


def test_a_fault_is_tried_again(inbox, out, monkeypatch):
    """What the grader broke is not kept; when it is whole again, the student has marks."""
    examine = examiner.Examiner.examine

    def broken(self, submission, *args, **kwargs):
        raise ZeroDivisionError("a bug of ours")

    monkeypatch.setattr(examiner.Examiner, "examine", broken)
    assert {row.status for row in graded(inbox, out).values()} == {BROKEN}
    monkeypatch.setattr(examiner.Examiner, "examine", examine)
    assert {row.status for row in graded(inbox, out).values()} == {GRADED}


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"schema": "zero-to-hero/record/0"}', "\x00" * 100])
def test_a_damaged_record_counts_for_nothing(inbox, out, examined, text):
    """Cut off, empty, of an older kit: the submission is marked anew."""
    graded(inbox, out)
    for record in records(out):
        record.write_text(text, encoding="utf-8")
    graded(inbox, out)
    assert examined == [*NAMES, *NAMES]
    assert all(json.loads(record.read_text())["schema"] == "zero-to-hero/record/1" for record in records(out))


def test_a_record_of_another_submission_is_not_taken(inbox, out, examined):
    """What a record says of itself must be what is looked for."""
    graded(inbox, out)
    first, second, third = records(out)
    second.write_bytes(first.read_bytes())
    third.write_bytes(first.read_bytes())
    graded(inbox, out)
    assert len(examined) == len(NAMES) + 2


def test_a_folder_of_an_older_kit_is_graded_over(inbox, out, examined):
    """Reports without records are replaced."""
    (out / "ada").mkdir(parents=True)
    for name in ("report.json", "report.html"):
        (out / "ada" / name).write_text("of an older kit")
    graded(inbox, out)
    assert report_of(out, "ada")["score"] > 0
    assert "of an older kit" not in (out / "ada" / "report.html").read_text()


# ---- reports follow from records


@pytest.mark.parametrize("lost", [["report.html"], ["report.json"], ["report.json", "report.html"]], ids=str)
def test_a_report_that_is_missing_is_made_from_the_record(inbox, out, examined, lost):
    """As it was, byte for byte, and without marking again."""
    graded(inbox, out)
    before = {name: (out / "ben" / name).read_bytes() for name in ("report.json", "report.html")}
    for name in lost:
        (out / "ben" / name).unlink()
    graded(inbox, out)
    assert before == {name: (out / "ben" / name).read_bytes() for name in before}
    assert examined == list(NAMES)


def test_reports_that_belong_to_another_record_are_replaced(inbox, out):
    """As after a kill between the record and its reports."""
    graded(inbox, out)
    before = {name: (out / "ben" / name).read_bytes() for name in ("report.json", "report.html")}
    for name in before:
        (out / "ben" / name).write_bytes((out / "ada" / name).read_bytes())
    graded(inbox, out)
    assert before == {name: (out / "ben" / name).read_bytes() for name in before}


def test_a_record_tells_all_that_the_page_tells(tmp_path, out):
    """Every kind of finding survives the way through the record: the page is the same in the second run."""
    inbox = tmp_path / "inbox"
    for situation in ("product_rule_own_data", "half_done"):
        shutil.copytree(PROJECT / "tests" / "submissions" / LECTURE.id / situation, inbox / situation)
    folder(inbox, "leaves", {**SOLUTION, "nn.py": "import os\nos._exit(1)\n"})
    graded(inbox, out)
    pages = {page: page.read_text(encoding="utf-8") for page in out.glob("*/report.html")}
    for word in ("Ask yourself", "waits for", "not written yet", "stopped with an error"):
        assert any(word in page for page in pages.values())
    for page in pages:
        page.unlink()
    graded(inbox, out)
    assert pages == {page: page.read_text(encoding="utf-8") for page in pages}


# ---- a disk that is full


def test_a_full_disk_ends_in_one_sentence_and_nothing_half_written(inbox, out, monkeypatch):
    """What was done is whole, and with room again the class is finished."""
    write = Path.write_bytes

    def full(self, data):
        if "ben" in str(self):
            write(self, data[:10])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(UsageError, match=r"cannot be written \(No space left on device\)"):
        graded(inbox, out)
    assert sorted(path.name for path in out.glob("*/*") if path.parent.name == "ben" or "tmp" in path.name) == []
    monkeypatch.setattr(Path, "write_bytes", write)
    rows = graded(inbox, out)
    assert [row.reused for row in rows.values()] == [True, True, False]


def test_a_run_that_stops_says_who_is_not_marked_yet(inbox, out):
    """The gradebook has a line for everybody, and the next run the marks."""

    def stop_at_ben(row):
        if row.student == "ben":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        graded(inbox, out, arrived=stop_at_ben)
    assert [(line["student"], line["status"]) for line in table(out)] == [
        ("ada", "graded"), ("ben", "graded"), ("cleo", "waiting"),
    ]  # fmt: skip
    assert {row.status for row in graded(inbox, out).values()} == {GRADED}


def test_the_seed_that_is_kept_is_used(inbox, out):
    """Without a seed it is the class's own, drawn once."""
    graded(inbox, out, seed=None)
    assert report_of(out, "ada")["circumstances"]["seed"] == class_seed(out, None)
    assert all(row.reused for row in graded(inbox, out, seed=None).values())


def test_one_file_is_enough(tmp_path, out):
    """A class of one."""
    folder(tmp_path / "inbox", "ada", ONE_FILE)
    assert graded(tmp_path / "inbox", out)["ada"].status == GRADED
