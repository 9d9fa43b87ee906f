"""The class of strangers: all different, every sort of hostile, marks that are known, and a report of what is wrong."""

import subprocess
import sys
from dataclasses import replace

import pytest

from grader.bench.classroom import wrong_marks
from grader.bench.strangers import ENDS, GOES_ON, PACKAGES, strangers
from grader.inside.levels import PROCESS
from grader.office.gradebook import GRADED, REJECTED, Row


def test_the_class_is_as_large_and_as_hostile_as_asked():
    """A thousand with fifty, of every sort one at least."""
    hostile = {*ENDS, *GOES_ON, *PACKAGES}
    entries = list(strangers(1000, 50, PROCESS))
    assert len({entry.student for entry in entries}) == 1000
    assert sum(entry.kind in hostile for entry in entries) == 50
    assert {entry.kind for entry in entries} >= hostile


def test_the_same_class_is_written_twice(tmp_path):
    """Same names, same bytes, and no two packages of one class are the same."""
    contents = []
    for place in (tmp_path / "one", tmp_path / "two"):
        place.mkdir()
        for entry in strangers(20, 0, PROCESS):
            entry.put(place)
        contents.append({path.name: path.read_bytes() for path in place.iterdir()})
    assert contents[0] == contents[1]
    assert len(set(contents[0].values())) == 20


def test_a_wrong_mark_is_found():
    """Another score, another status, or no row at all."""
    entries = list(strangers(3, 0, PROCESS))
    rows = [Row(entry.student, entry.status, score=entry.score) for entry in entries]
    assert list(wrong_marks(entries, rows)) == []
    spoilt = [replace(rows[0], score=1), replace(rows[1], status=REJECTED)]
    assert len(list(wrong_marks(entries, spoilt))) == 3


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_a_small_class_is_graded_as_it_deserves(tmp_path):
    """Every mark is right, and nothing is left behind."""
    command = [sys.executable, "-m", "grader.bench.classroom", "class", "--count", "8", "--hostile", "6", "--jobs", "2"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "wrong marks: 0\nleft behind: 0\n" in done.stdout
    assert done.returncode == 0
    assert GRADED in (tmp_path / "class" / "marks" / "gradebook.csv").read_text()
