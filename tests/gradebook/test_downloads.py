"""What platforms let an instructor download is read by its form: whose each file is, and what it was called."""

import os
import random
import zipfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from gradebook_kit import LECTURE, ONE_FILE, SOLUTION, folder, graded, table

from grader.errors import UsageError
from grader.office.gradebook import GRADED, REJECTED
from grader.office.intake import Inbox, read_inbox
from grader.office.intake.boxes import ZipBox

CANVAS = [
    "lovelaceada_123_9001_derivatives.py",
    "lovelaceada_123_9002_engine-1.py",
    "turingalan_LATE_124_9003_lecture1_micrograd-alan.zip",
    "lovelaceada_125_9004_My 2nd_homework_7_8.ipynb",
]
MOODLE = [
    "Ada Lovelace_4711_assignsubmission_file/engine.py",
    "Ada Lovelace_4712_assignsubmission_file_/engine.py",
    "Zoë_van Dyk_4713_assignsubmission_file_engine.py",
    "Alan Turing_4714_assignsubmission_onlinetext/onlinetext.html",
]
BRIGHTSPACE = [
    "index.html",
    "101-77 - Ada Lovelace - Oct 3, 2024 1145 PM/engine.py",
    "101-77 - Ada Lovelace - Oct 4, 2024 915 AM/engine.py",
    "102-77 - Anne-Marie O'Neill - 4 October, 2024 915 AM/engine.py",
]
BLACKBOARD = [
    "Lecture 1_alovelace_attempt_2024-10-03-23-45-00_engine.py",
    "Lecture 1_alovelace_attempt_2024-10-03-23-45-00.txt",
    "Lecture 1_alovelace_attempt_2024-10-04-08-00-00_engine.py",
    "Lecture 1_alovelace_attempt_2024-10-05-08-00-00.txt",
    "Lecture 1_aturing_attempt_2024-10-03-12-00-00.txt",
]
METADATA = """---
submission_11:
  :submitters:
  - :name: Ada Lovelace
    :sid: '123'
    :email: ada@example.org
  :created_at: 2024-10-03 21:45:42.012345000 Z
  :score: 0.0
submission_12:
  :submitters:
  - :name: 李 小龙
    :email: li@example.org
  - :name: Alan Turing
    :email: alan@example.org
  :created_at: 2024-10-03 20:00:00 Z
"""
GRADESCOPE = ["submission_11/engine.py", "submission_12/engine.py"]


def written(place: Path, files: list[str], text: str = "# nothing yet\n") -> Path:
    for name in files:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    return place


def as_zip(place: Path, file: Path, around: str = "") -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted(place.rglob("*")):
            if path.is_file():
                archive.write(path, around + path.relative_to(place).as_posix())
    return file


def download(tmp_path: Path, name: str) -> Path:
    files = {"Canvas": CANVAS, "Moodle": MOODLE, "Brightspace": BRIGHTSPACE, "Blackboard": BLACKBOARD}
    place = written(tmp_path / "inbox", files.get(name, GRADESCOPE))
    if name == "Gradescope":
        (place / "submission_metadata.yml").write_text(METADATA, encoding="utf-8")
    return place


def told(found: Inbox) -> list[tuple]:
    return [(one.person.name, one.person.id, sorted(name for _, name in one.parts)) for one in found.hand_ins]


READ = {
    "Canvas": [
        ("lovelaceada", "123", ["derivatives.py", "engine.py"]),
        ("lovelaceada", "125", ["My 2nd_homework_7_8.ipynb"]),
        ("turingalan", "124", ["lecture1_micrograd-alan.zip"]),
    ],
    "Moodle": [
        ("Ada Lovelace", "4711", [""]),
        ("Ada Lovelace", "4712", [""]),
        ("Alan Turing", "4714", []),
        ("Zoë_van Dyk", "4713", ["engine.py"]),
    ],
    "Brightspace": [
        ("Ada Lovelace", "101", [""]),
        ("Ada Lovelace", "101", [""]),
        ("Anne-Marie O'Neill", "102", [""]),
    ],
    "Blackboard": [
        ("alovelace", "alovelace", ["engine.py"]),
        ("alovelace", "alovelace", ["engine.py"]),
        ("aturing", "aturing", []),
    ],
    "Gradescope": [
        ("Ada Lovelace", "ada@example.org", [""]),
        ("Alan Turing", "alan@example.org", [""]),
        ("李 小龙", "li@example.org", [""]),
    ],
}


@pytest.mark.parametrize("platform", READ)
@pytest.mark.parametrize("packed", ["a folder", "its zip", "its zip, all around", "in a folder", "its zip in a folder"])
def test_a_download_is_known_by_its_form(tmp_path, platform, packed):
    """Unpacked, as it came, and put into a folder: the same people, numbers and files."""
    inbox = download(tmp_path, platform)
    if packed == "in a folder":
        (inbox.parent / "roster.csv").write_text("beside it")
        inbox = inbox.parent
    elif packed != "a folder":
        (tmp_path / "alone").mkdir()
        inbox = as_zip(inbox, tmp_path / "alone" / "submissions.zip", "export/" if "around" in packed else "")
        inbox = inbox.parent if "in a folder" in packed else inbox
    found = read_inbox(inbox)
    assert (found.platform, told(found)) == (platform, READ[platform])


def test_one_students_folder_is_no_download(tmp_path):
    """Whatever the files in it are called: a download is of several people."""
    inbox = written(tmp_path / "inbox" / "ada", ["hw_1_2_engine.py", "hw_1_3_nn.py"]).parent
    assert told(read_inbox(inbox)) == [("ada", "", [""])]


def test_the_time_and_the_late_mark_are_read(tmp_path):
    """As far as the platform tells them."""
    canvas = {one.person.id: one for one in read_inbox(download(tmp_path / "c", "Canvas")).hand_ins}
    assert [canvas[id].late for id in ("123", "124", "125")] == [False, True, False]
    assert [canvas[id].attempt for id in ("123", "124", "125")] == [2, 1, 1]
    assert {one.attempt for one in read_inbox(download(tmp_path / "m", "Moodle")).hand_ins} == {None}
    times = [one.when for one in read_inbox(download(tmp_path / "d", "Brightspace")).hand_ins]
    assert times == [datetime(2024, 10, 3, 23, 45), datetime(2024, 10, 4, 9, 15), datetime(2024, 10, 4, 9, 15)]
    times = [one.when for one in read_inbox(download(tmp_path / "b", "Blackboard")).hand_ins]
    assert times[:2] == [datetime(2024, 10, 3, 23, 45), datetime(2024, 10, 4, 8)]
    when = read_inbox(download(tmp_path / "g", "Gradescope")).hand_ins[0].when
    assert when is not None
    assert when.astimezone(UTC).replace(microsecond=0) == datetime(2024, 10, 3, 21, 45, 42, tzinfo=UTC)


@pytest.mark.parametrize("platform", ["Canvas", "Moodle"])
def test_two_people_with_one_name_are_told_apart_by_their_number(tmp_path, platform):
    """Neither has the plain name, so that a new one takes nobody's folder."""
    found = read_inbox(download(tmp_path, platform))
    folders = [one.folder for one in found.hand_ins if one.person.name.lower().replace(" ", "") in READ_TWICE]
    assert folders == (["lovelaceada-123", "lovelaceada-125"] if platform == "Canvas" else TWO_ADAS)


READ_TWICE = ("lovelaceada", "adalovelace")
TWO_ADAS = ["Ada_Lovelace-4711", "Ada_Lovelace-4712"]


@pytest.mark.parametrize(
    "files",
    [
        ["ada_engine.zip", "ben_engine.zip"],
        ["lecture1_micrograd-ada.zip", "lecture1_micrograd-ben.zip"],
        ["ada_2024_lecture1.zip", "x_1_2_y.zip", "ben.zip", "cleo.zip"],
        ["Homework_attempt_ada.zip"],
    ],
    ids=" ".join,
)
def test_names_that_only_resemble_a_form_are_names(tmp_path, files):
    """A form holds for an inbox only if half of it has it."""
    found = read_inbox(written(tmp_path / "inbox", files))
    assert found.platform == ""
    assert len(found.hand_ins) == len(files)


def test_what_came_by_mail_beside_a_download_is_taken_too(tmp_path):
    """An entry of no form is called after the student."""
    inbox = written(tmp_path / "inbox", [*CANVAS, "zoe.zip"])
    assert told(read_inbox(inbox))[-1] == ("zoe", "", [""])


@pytest.mark.parametrize("beside", ["a clone", "an export"])
def test_what_no_platform_tells_of_is_a_hand_in_all_the_same(tmp_path, beside):
    """A zip beside a repository, and a folder that the metadata does not name, have rows."""
    inbox = written(tmp_path / "inbox", [*GRADESCOPE, "submission_13/engine.py", "zoe.zip"])
    if beside == "a clone":
        for folder_ in inbox.glob("submission_*"):
            (folder_ / ".git").mkdir()
    else:
        (inbox / "submission_metadata.yml").write_text(METADATA, encoding="utf-8")
    names = [one.person.name for one in read_inbox(inbox).hand_ins]
    assert names[-1 if beside == "a clone" else -2] == "zoe"
    assert "submission_13" in names


def clones(tmp_path: Path, around: str = "micrograd-submissions") -> Path:
    for login in ("ada-l", "ada-m"):
        (tmp_path / around / f"micrograd-{login}" / ".git").mkdir(parents=True)
    return tmp_path / around


def test_clones_of_github_classroom_are_called_after_their_logins(tmp_path):
    """The folder says which part of the name is the assignment's; where it does not, nothing is cut off."""
    found = read_inbox(clones(tmp_path))
    assert (found.platform, [one.person.name for one in found.hand_ins]) == ("GitHub Classroom", ["ada-l", "ada-m"])
    names = [one.person.name for one in read_inbox(clones(tmp_path, "downloads")).hand_ins]
    assert names == ["micrograd-ada-l", "micrograd-ada-m"]


# ---- graded


def test_a_canvas_download_is_graded_as_it_is(tmp_path):
    """Loose files of one student are one hand-in; the names that stand in messages are those that were sent."""
    inbox = tmp_path / "inbox"
    folder(inbox, "", {f"lovelaceada_1_{n}_{name}": text for n, (name, text) in enumerate(ONE_FILE.items())})
    (inbox / "turingalan_LATE_2_77_essay.pdf").write_bytes(b"%PDF")
    as_zip(inbox, tmp_path / "submissions.zip")
    rows = graded(tmp_path / "submissions.zip", tmp_path / "out")
    assert [(row.status, row.id, row.late) for row in rows.values()] == [(GRADED, "1", False), (REJECTED, "2", True)]
    assert rows == graded(inbox, tmp_path / "other")
    line = table(tmp_path / "out")[1]
    assert (line["entry"], line["late"], line["attempt"]) == ("turingalan_LATE_2_77_essay.pdf", "late", "1")


def test_the_work_of_a_group_is_each_ones(tmp_path):
    """It is marked once, and everybody has a row and a report."""
    place = folder(tmp_path / "inbox", "submission_12", ONE_FILE)
    (place.parent / "submission_metadata.yml").write_text(METADATA, encoding="utf-8")
    rows = graded(place.parent, tmp_path / "out")
    assert [(row.student, row.status) for row in rows.values()] == [("Alan Turing", GRADED), ("李 小龙", GRADED)]
    assert len(list((tmp_path / "out" / ".records").iterdir())) == 1


def test_files_keep_the_time_at_which_they_were_changed(tmp_path):
    """Which of two copies is the newer one can still be told when they were put down elsewhere."""
    inbox = written(tmp_path / "inbox", CANVAS[:2])
    os.utime(inbox / CANVAS[0], (1_700_000_000, 1_700_000_000))
    for box in (inbox, as_zip(inbox, tmp_path / "submissions.zip")):
        (one,) = read_inbox(box).hand_ins
        with one.on_disk(tmp_path) as place:
            times = {file.name: file.stat().st_mtime for file in place.iterdir()}
        assert abs(times["derivatives.py"] - 1_700_000_000) < 100_000 < times["engine.py"] - times["derivatives.py"]


# ---- broken


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("submission_1:\n  :submitters: [\n", r"submission_metadata\.yml, line \d: this is not YAML"),
        ("submission_1: {a: 1\n  b\n", r"submission_metadata\.yml, line \d: this is not YAML"),
        ("\x00", r"submission_metadata\.yml.*this is not YAML"),
        ("- one\n- two\n", r"submission_metadata\.yml, line 1: no list of submissions"),
        ("", r"submission_metadata\.yml, line 1: no list of submissions"),
        ("!!python/object/apply:os.system ['true']\n", r"submission_metadata\.yml, line 1: this is not YAML"),
        ("submission_11: 3\n", r"submission_11 names no :submitters:"),
        ("submission_11:\n  :submitters: []\n", r"submission_11 names no :submitters:"),
        ("submission_11:\n  :submitters:\n  - :sid:\n", r"a submitter of submission_11 has no name"),
        ("[" * 5000, r"submission_metadata\.yml"),
    ],
)
def test_metadata_that_is_broken_ends_in_one_sentence(tmp_path, text, said):
    """With the file and the line where there is one; nothing in it is executed."""
    inbox = written(tmp_path / "inbox", GRADESCOPE)
    (inbox / "submission_metadata.yml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=said) as raised:
        read_inbox(inbox)
    assert "\n" not in str(raised.value)


def test_a_download_that_is_cut_off_ends_in_one_sentence(tmp_path):
    """Nothing is graded, and nothing is written."""
    whole = as_zip(download(tmp_path, "Canvas"), tmp_path / "submissions.zip").read_bytes()
    (tmp_path / "submissions.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UsageError, match=r"submissions\.zip is not a readable zip .*Download it again"):
        graded(tmp_path / "submissions.zip", tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("seed", range(3))
def test_a_download_that_is_damaged_anywhere_ends_in_sentences(tmp_path, seed):
    """Bytes that are changed at random: the zip is refused, or what cannot be read of it is."""
    chance = random.Random(seed)
    raw = as_zip(download(tmp_path, "Canvas"), tmp_path / "submissions.zip").read_bytes()
    for _ in range(100):
        damaged = bytearray(raw)
        for _ in range(chance.choice([1, 2, 5])):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (tmp_path / "submissions.zip").write_bytes(damaged)
        with suppress(UsageError):
            box = ZipBox(tmp_path / "submissions.zip")
            for path in [path for name in box.names() for path in box.inside(name)]:
                with suppress(UsageError):
                    assert len(box.read(path, 1000)) <= 1001


def test_a_file_without_a_name_is_left_out(tmp_path):
    """As a damaged list of files may have it."""
    with zipfile.ZipFile(tmp_path / "submissions.zip", "w") as archive:
        archive.writestr("/./.", "nothing")
        archive.writestr(CANVAS[0], "x = 1")
    assert ZipBox(tmp_path / "submissions.zip").names() == [CANVAS[0]]


def test_one_students_package_is_no_download(tmp_path):
    """The sentence says what to do."""
    package = as_zip(folder(tmp_path, f"home/{LECTURE.id}", SOLUTION).parent, tmp_path / "ada.zip")
    with pytest.raises(UsageError, match=r"ada\.zip is one student's submission\. Put it into a folder"):
        read_inbox(package)


def test_what_climbs_out_of_a_download_costs_one_row(tmp_path):
    """A path that leads elsewhere, a link, a file that is damaged: the others are graded, and nothing is written."""
    file = tmp_path / "submissions.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("Eve_1_assignsubmission_file/../../../evil.py", "x = 1")
        link = zipfile.ZipInfo("Lee_2_assignsubmission_file/engine.py")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("Dan_3_assignsubmission_file/derivatives.py", "damaged on the way")
        archive.writestr("Ada_4_assignsubmission_file/derivatives.py", ONE_FILE["derivatives.py"])
    file.write_bytes(file.read_bytes().replace(b"damaged on", b"dAmAged on"))
    rows = graded(file, tmp_path / "out")
    assert {row.student: row.status for row in rows.values()} == {
        "Ada": GRADED, "Dan": REJECTED, "Eve": REJECTED, "Lee": REJECTED,
    }  # fmt: skip
    assert "is a link" in rows["Lee"].reason
    assert "not a plain file name" in rows["Eve"].reason
    assert not list(tmp_path.rglob("evil.py"))


def test_a_download_is_not_unpacked_without_end(tmp_path, monkeypatch):
    """Neither a file that unpacks to far more than it was packed, nor many small ones."""
    monkeypatch.setattr("grader.office.intake.hand_ins.MOST_OF_ONE", 100_000)
    file = tmp_path / "submissions.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Ada_1_assignsubmission_file/bomb.py", bytes(3_000_000))
        archive.writestr("Ben_2_assignsubmission_file/derivatives.py", "x = 1")
        for number in range(40):
            archive.writestr(f"Cleo_3_assignsubmission_file/{number:02}.py", "")
        archive.writestr("Cleo_3_assignsubmission_file/99.py", bytes(3_000_000))
    rows = graded(file, tmp_path / "out")
    assert {row.student: row.status for row in rows.values()} == {"Ada": REJECTED, "Ben": GRADED, "Cleo": REJECTED}
    assert all("is larger than" in row.reason for row in rows.values() if row.status == REJECTED)
