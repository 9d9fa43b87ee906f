"""Folders that are not what they seem, or not clear: refused with one sentence."""

import os
import zipfile

import pytest
from package_kit import (
    COURSE,
    ENGINE,
    LECTURE,
    NAMES,
    OTHER,
    folder,
    in_folder,
    package,
    refusal,
    whole,
    zipped,
)

from grader.course import load
from grader.submission import open_submission, tree

DEFLATED = zipfile.ZIP_DEFLATED

# ---- folders that are not what they seem


def test_nothing_at_all_is_refused(tmp_path):
    """A path that is not there."""
    assert refusal(tmp_path / "nobody").endswith("nobody is neither a folder nor a file")


def test_a_named_pipe_is_refused(tmp_path):
    """Reading one would wait for ever."""
    os.mkfifo(tmp_path / "ada.zip")
    assert refusal(tmp_path / "ada.zip").endswith("ada.zip is neither a folder nor a file")


@pytest.mark.parametrize("name", ["engine.py", "engine.ipynb"])
def test_a_named_pipe_in_a_folder_is_refused(tmp_path, name):
    """Here too."""
    os.mkfifo(folder(tmp_path / "ada", {"nn.py": b""}) / name)
    assert refusal(tmp_path / "ada") == f"{name} is no plain file; hand in the file itself"


@pytest.mark.parametrize("lecture", [None, LECTURE])
def test_a_folder_of_something_else_is_refused(tmp_path, lecture):
    """With the lecture known, the sentence says which files were looked for."""
    path = folder(tmp_path / "ada", {"notes.txt": b""})
    which = f"lecture1_micrograd ({NAMES})" if lecture else "any lecture of this course"
    assert refusal(path, lecture) == f"ada holds none of the files of {which}"


def test_a_folder_for_another_lecture_is_refused(tmp_path):
    """Files of lecture 1 do not become a submission for lecture 2."""
    path = folder(tmp_path / "ada", in_folder(whole()))
    assert refusal(path, OTHER) == "ada holds none of the files of lecture2_other (bigram.py)"


def test_two_packages_in_a_folder_are_refused(tmp_path):
    """Handed in twice: which one counts is not for the grader to guess."""
    path = folder(tmp_path / "ada", {"a.zip": zipped(whole()), "a (1).zip": zipped(whole())})
    expected = "ada holds none of the files of any lecture of this course, but 2 archives; keep the one that counts"
    assert refusal(path) == expected


def test_a_link_in_the_place_of_a_submission_is_refused(tmp_path):
    """A link in the inbox could name any folder of the grading machine."""
    (tmp_path / "ada").symlink_to(folder(tmp_path / "elsewhere", whole()))
    assert refusal(tmp_path / "ada") == "ada is a link, which is not followed; hand in a folder or a packed zip"


@pytest.mark.parametrize("name", ["engine.py", "engine.ipynb", "a.zip"])
@pytest.mark.parametrize("target", ["secret.py", "missing.py"])
def test_a_link_in_the_place_of_a_file_is_refused(tmp_path, target, name):
    """Nor are links inside a folder followed, whether they lead somewhere or not."""
    path = folder(tmp_path / "ada", {} if name == "a.zip" else {"nn.py": b""})
    (tmp_path / "secret.py").write_bytes(b"SECRET = 1\n")
    (path / name).symlink_to(tmp_path / target)
    assert refusal(path).startswith(f"{name} is a link, which is not followed; hand in ")


def test_a_link_in_the_place_of_the_lectures_folder_is_refused(tmp_path):
    """The lecture's folder is a folder."""
    path = folder(tmp_path / "ada", {"notes.txt": b""})
    (path / LECTURE.id).symlink_to(folder(tmp_path / "elsewhere", whole()))
    assert refusal(path) == "lecture1_micrograd is a link, which is not followed; hand in the folder itself"


def test_a_link_to_somewhere_else_is_not_looked_into(tmp_path):
    """A folder that only holds a link to one with the files holds none of them."""
    path = folder(tmp_path / "ada", {"notes.txt": b""})
    (path / "work").symlink_to(folder(tmp_path / "elsewhere", whole()))
    assert refusal(path) == "ada holds none of the files of any lecture of this course"


def test_a_file_in_a_folder_that_is_too_large_is_refused(tmp_path):
    """Folders have the same limit as packages, and a file without end is not read to its end."""
    path = folder(tmp_path / "ada", {"engine.py": b"#"})
    os.truncate(path / "engine.py", 10**12)
    assert refusal(path) == "engine.py is larger than 1,000,000 bytes"


def test_a_folder_of_very_many_files_is_refused(tmp_path, monkeypatch):
    """Nobody lists them all. (The limit is lowered here, for it takes long to write so many.)"""
    monkeypatch.setattr(tree, "MOST_IN_FOLDER", 20)
    path = folder(tmp_path / "ada", {f"{number}.txt": b"" for number in range(21)})
    assert refusal(path) == "ada holds more than 20 files; hand in the lecture's folder alone"


@pytest.mark.parametrize("as_zip", [False, True])
def test_very_many_folders_are_not_all_looked_into(tmp_path, as_zip):
    """Two hundred at a time; no lecture is wrapped in so many."""
    files = {f"{number:03}/x.txt": b"" for number in range(300)} | {"299/engine.py": ENGINE}
    path = package(tmp_path, zipped(files)) if as_zip else folder(tmp_path / "ada", files)
    assert refusal(path) == f"{path.name} holds none of the files of any lecture of this course"


@pytest.mark.parametrize("as_zip", [False, True])
def test_a_file_in_the_folder_of_another_lecture_is_not_taken(tmp_path, as_zip):
    """Two lectures have a file of one name."""
    files = {"lecture4_batchnorm/exercises.py": b"x = 1"}
    path = package(tmp_path, zipped(files)) if as_zip else folder(tmp_path / "ada", files)
    expected = f"{path.name} holds none of the files of lecture2_bigram (counts.py, neural.py, exercises.py)"
    assert refusal(path, load().lecture("2"), load()) == expected


def test_a_folder_in_the_place_of_a_file_counts_as_missing(tmp_path):
    """It is not a file, so it was not handed in."""
    path = folder(tmp_path / "ada", {"engine.py/x": b"", "nn.py": b""})
    assert open_submission(path, COURSE).files == {"nn.py": b""}


@pytest.mark.parametrize("call", ["open", "scandir"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path, monkeypatch, call):
    """A file without permission is a reason in the student's row, not a fault of the grader."""
    path = folder(tmp_path / "ada", {"engine.py": ENGINE})

    def denied(*args: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, call, denied)
    name = {"open": "engine.py", "scandir": "lecture1_micrograd"}[call]
    assert refusal(path) == f"{name} cannot be read (Permission denied)"


@pytest.mark.parametrize("as_zip", [False, True])
def test_two_places_with_the_lectures_files_are_refused(tmp_path, as_zip):
    """Which of them counts is not for the grader to guess, and none is lost."""
    files = {"old/engine.py": b"# old\n", "new/engine.py": ENGINE}
    path = package(tmp_path, zipped(files)) if as_zip else folder(tmp_path / "ada", files)
    sentence = refusal(path)
    assert (
        sentence == f"{path.name} holds lecture1_micrograd in two places, new and old, and they differ; "
        "keep one of them, or grade with --copies newest"
    )


@pytest.mark.parametrize("as_zip", [False, True])
def test_work_on_several_lectures_needs_to_be_told_which(tmp_path, as_zip):
    """A whole course folder, graded without saying for what."""
    course = load()
    files = {f"{lecture.id}/{name}": b"x = 1" for lecture in course.lectures[:2] for name in lecture.files}
    path = package(tmp_path, zipped(files)) if as_zip else folder(tmp_path / "ada", files)
    expected = (
        f"{path.name} holds files of lecture1_micrograd, lecture2_bigram; grade with --lecture lecture1_micrograd"
    )
    assert refusal(path, course=course) == expected
