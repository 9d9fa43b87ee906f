"""A lecture that is written in a notebook: checked, packed and graded by the real commands."""

import ast
import csv
import html
import json
import subprocess
import sys
from pathlib import Path

import pytest
from package_kit import LECTURE, folder, in_folder, notebook, package, zipped

from grader.course import reference_sources

SLOPE = reference_sources(LECTURE)["derivatives.py"]


def grader(*args: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command, run in a folder."""
    words = [sys.executable, "-m", "grader", *map(str, args)]
    return subprocess.run(words, capture_output=True, text=True, check=False, cwd=cwd)


def statuses(home: Path) -> dict[str, str]:
    listed = json.loads(grader("list", "--json", cwd=home).stdout)["exercises"]
    return {exercise["id"]: exercise["status"] for exercise in listed}


@pytest.mark.parametrize("target", ["slope", "lecture1_micrograd/derivatives.ipynb"])
def test_a_notebook_is_checked_and_its_state_is_kept(course_folder, target):
    """As a module would be, with its stub beside it: what passed counts, until a later cell defines it anew."""
    file = course_folder / LECTURE.id / "derivatives.ipynb"
    file.write_bytes(notebook("%matplotlib inline", SLOPE))
    assert grader("check", target, cwd=course_folder).returncode == 0
    assert statuses(course_folder)["slope"] == "passed"
    file.write_bytes(notebook("%matplotlib inline", SLOPE, "def slope(f, x, h):\n    return 0"))
    assert statuses(course_folder)["slope"] == "changed"


def test_a_notebook_is_packed_as_modules(course_folder):
    """The student is told which notebook a module comes from, and that nothing is left out."""
    (course_folder / LECTURE.id / "derivatives.ipynb").write_bytes(notebook(SLOPE))
    done = grader("pack", "1", "--student", "ada", cwd=course_folder)
    assert done.returncode == 0, done.stderr
    told = done.stdout.splitlines()
    assert told[0].startswith("included  derivatives.py (cells of lecture1_micrograd/derivatives.ipynb), engine.py, ")
    assert not any(line.startswith("ignored") for line in told)


def test_a_broken_notebook_stops_a_check_and_no_overview(course_folder):
    """The check says what is wrong with it; what is done elsewhere can still be seen."""
    (course_folder / LECTURE.id / "derivatives.ipynb").write_bytes(b"{")
    done = grader("check", "slope", cwd=course_folder)
    assert done.returncode == 2
    assert "lecture1_micrograd/derivatives.ipynb is not a notebook (line 1 is not JSON); open it" in done.stderr
    assert grader("status", cwd=course_folder).returncode == 0


def test_a_mistake_in_a_cell_is_found_by_its_line(course_folder):
    """The place names the module, and the line is the one in the cells that belong to it, one after the other."""
    cell = "# derivatives.py\n!pip install torch\n\ndef slope(f, x, h):\n    return undefined_name"
    (course_folder / LECTURE.id / "derivatives.py").unlink()
    (course_folder / LECTURE.id / "work.ipynb").write_bytes(notebook("1/0", cell))
    done = grader("check", "slope", "--json", cwd=course_folder)
    messages = [finding["message"] for finding in json.loads(done.stdout)["findings"]]
    assert messages
    assert all("at lecture1_micrograd/derivatives.py:5 in slope" in message for message in messages), messages


def test_notebooks_are_graded_like_modules(tmp_path):
    """Alone, in a folder, in a zip: the same work gets the same score; a hostile one costs its own row alone."""
    cells = [f"%%writefile {LECTURE.id}/{name}\n{text}" for name, text in reference_sources(LECTURE).items()]
    lecture = notebook("%matplotlib inline\n1/0", *cells, "!rm -rf /")
    loose = [ast.unparse(node) for text in reference_sources(LECTURE).values() for node in ast.parse(text).body]
    kept = notebook("import torch\ntorch.tensor(1)", *loose, "slope = slope(print, 1, 2)", "open('names.txt')")
    inbox = folder(
        tmp_path / "inbox", {"eve.ipynb": kept, "ada.ipynb": lecture, "ben/Lecture 1.ipynb": lecture, "dan.ipynb": b"{"}
    )
    package(inbox, zipped({"__MACOSX/._x": b"", **in_folder({"all.ipynb": lecture}, "cleo")}), "cleo.zip")
    done = grader("grade", inbox, "--out", tmp_path / "marks", "--seed", "1", "--jobs", "1", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    table = (tmp_path / "marks" / "gradebook.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(table.splitlines()))
    assert [row["score"] for row in rows] == ["100", "100", "100", "", "100"]
    assert len({row["sha256"] for row in rows[:3]}) == 1
    assert rows[3]["reason"] == "dan.ipynb is not a notebook (line 1 is not JSON); open it in Jupyter and save it again"
    assert rows[4]["reason"].startswith("eve.ipynb: derivatives.py from cells 4 to 7, 9; engine.py from cells 9, 10; ")
    assert rows[4]["reason"] in html.unescape((tmp_path / "marks" / "eve" / "report.html").read_text("utf-8"))
