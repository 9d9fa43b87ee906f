"""How the tests of a suite are found, in a file or in a folder, in which order, and what is said if they cannot be."""

import os
from dataclasses import replace
from types import SimpleNamespace

import pytest

from grader.course import PROJECT, load
from grader.errors import Fault
from grader.judging import collecting

MOST_LINES = 250


@pytest.fixture
def lecture(tmp_path):
    """One that is made up here, for each test under another name: Python remembers the modules that it has read."""
    return replace(load().lectures[0], id=tmp_path.name)


@pytest.fixture
def folder(tmp_path, lecture, monkeypatch):
    """Its folder, beside no other."""
    monkeypatch.setattr(collecting, "load", lambda: SimpleNamespace(folders=SimpleNamespace(lectures=tmp_path)))
    made = tmp_path / lecture.id
    made.mkdir()
    return made


def write(folder, **tests):
    """A file for each name, with a test of the name that is given."""
    folder.mkdir(exist_ok=True)
    for name, test in tests.items():
        (folder / f"{name}.py").write_text(f"def test_{test}(): pass\n")


def names(lecture, suite):
    return [item.name for item in collecting.collected(lecture, suite)]


def test_a_suite_may_be_one_file(folder, lecture):
    """The name of the file is the suite's."""
    write(folder, public="one")
    assert names(lecture, "public") == ["test_one"]


def test_the_files_of_a_folder_come_in_the_order_of_the_lecture(folder, lecture):
    """Files about no module of the student's come after these, by name; what files share holds no tests."""
    assert lecture.modules[:3] == ("derivatives.py", "engine.py", "drawing.py")
    write(folder / "hidden", topic="e", drawing="c", another="d", engine="b", derivatives="a", shared="x", __init__="y")
    assert names(lecture, "hidden") == ["test_a", "test_b", "test_c", "test_d", "test_e"]


def test_a_suite_that_is_not_there_has_no_tests(folder, lecture):
    """Neither file nor folder."""
    assert names(lecture, "public") == []


@pytest.mark.parametrize("before", [None, "yes"])
def test_a_file_that_cannot_be_read_is_a_fault(folder, lecture, monkeypatch, before):
    """The sentence names the suite and says what is wrong with it, and the environment stays as it was."""
    monkeypatch.delenv(collecting.AUTOLOAD, raising=False)
    if before:
        monkeypatch.setenv(collecting.AUTOLOAD, before)
    write(folder / "public", engine="one")
    (folder / "public" / "nn.py").write_text("import no_such_module\n")
    with pytest.raises(Fault, match=rf"^the suite {lecture.id}/public cannot be collected: (?s:.*)no_such_module"):
        names(lecture, "public")
    assert os.environ.get(collecting.AUTOLOAD) == before


def test_no_file_about_a_lecture_is_long():
    """What has grown longer becomes a folder."""
    files = [*(PROJECT / "grader" / "lectures").rglob("*.py")]
    assert len(files) > 50
    assert [file for file in files if len(file.read_text(encoding="utf-8").splitlines()) > MOST_LINES] == []
