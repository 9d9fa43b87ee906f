"""Lectures as notebooks: what stands in them, and that they come back with full marks once they are filled in."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from command_kit import run
from notebook_kit import TODO, empty, filled, home_with, sources

from grader.course import Lecture, load, reference_data, reference_sources
from grader.course.cells import cells_of, is_stub_in_cells
from grader.course.merging import Merge, Unreadable
from grader.course.notebooks import with_new_cells, write_notebooks
from grader.course.stubs import stubs_of
from grader.judging.examiner import Examiner
from grader.submission import open_submission, own_files

LECTURES = [pytest.param(lecture, id=lecture.id) for lecture in load().lectures]
FIRST = load().lectures[0]


# ---- what stands in them


@pytest.mark.parametrize("lecture", LECTURES)
def test_each_exercise_has_one_cell_and_a_check_below_it(lecture):
    """Marked for its module, in course order; all lines to replace are there, and no solution is."""
    cells = json.loads(empty(lecture))["cells"]
    ids = [cell["id"] for cell in cells]
    for exercise in lecture.exercises:
        check = cells[ids.index(f"check-{exercise.id}")]
        assert check["source"] == f"%check {exercise.id}"
        if not exercise.is_data:
            cell = cells[ids.index(exercise.id)]
            assert cell["source"].startswith(f"# {exercise.file}\n")
            assert set(TODO.findall(cell["source"])) == {exercise.id}
            assert ids.index(f"check-{exercise.id}") == ids.index(exercise.id) + 1
    assert ids.count("page-kit") == 1
    asked = [todo for text in stubs_of(lecture).values() for todo in TODO.findall(text)]
    assert [todo for text in sources(empty(lecture)) for todo in TODO.findall(text)] == asked
    assert "SOLUTION" not in empty(lecture)


@pytest.mark.parametrize("lecture", LECTURES)
def test_they_are_valid_in_the_newest_form_of_the_format(lecture):
    """Every cell has an id of its own, which stays the same from one writing to the next."""
    read = nbformat.reads(empty(lecture), as_version=nbformat.NO_CONVERT)
    assert (read.nbformat, read.nbformat_minor) == (nbformat.current_nbformat, nbformat.current_nbformat_minor)
    nbformat.validate(read, relax_add_props=False)
    ids = [cell.id for cell in read.cells]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[\w-]{1,64}", id) for id in ids)
    assert empty.__wrapped__(lecture) == empty(lecture)


@pytest.mark.parametrize("lecture", LECTURES)
def test_all_that_a_stub_says_is_there(lecture):
    """Each line of code stands in a cell, in the same order; the module's docstring stands above them."""
    page = "\n".join(cell["source"] for cell in json.loads(empty(lecture))["cells"])
    for module, stub in stubs_of(lecture).items():
        code = "\n".join(cell.code for cell in cells_of(module, stub)).split("\n")
        left = iter(code)
        below = stub.partition('"""')[2].partition('"""')[2]
        assert all(line in left for line in below.split("\n") if line.strip()), module
        assert stub.split('"""')[1].split("\n")[0].replace("*", "\\*") in page


def test_a_class_goes_on_from_cell_to_cell():
    """Its head is given; the methods of one exercise stand together, and add to the class."""
    engine = cells_of("engine.py", stubs_of(FIRST)["engine.py"])
    heads = {cell.exercise: re.findall(r"^(class .*?:)", cell.code, re.MULTILINE) for cell in engine}
    assert heads.pop("") == ["class Value:"]
    assert set(map(tuple, heads.values())) == {("class Value(Value):",)}
    (minus,) = [cell.code for cell in engine if cell.exercise == "value-neg-sub"]
    assert re.findall(r"def (\w+)", minus) == ["__neg__", "__sub__", "__rsub__"]


# ---- and back


def handed_in(home: Path, lecture: Lecture, notebook: str) -> Path:
    place = home_with(home, lecture, notebook)
    for name, data in reference_data(lecture).items():
        (place / lecture.id / name).write_bytes(data)
    return place


@pytest.mark.parametrize("lecture", LECTURES)
def test_untouched_cells_are_untouched_stubs(lecture, tmp_path):
    """Nobody has begun: a file beside them counts more, and an empty notebook is no second copy."""
    found = own_files(home_with(tmp_path, lecture, empty(lecture)), load(), lecture)
    assert found is not None
    assert set(found.notebooks) == set(lecture.modules)
    assert not found.is_begun
    begun = own_files(home_with(tmp_path, lecture, filled(lecture)), load(), lecture)
    assert begun is not None
    assert begun.is_begun


def test_a_changed_given_line_is_work():
    """What is compared is all the code."""
    stub = stubs_of(FIRST)["engine.py"]
    text = "\n".join(cell.code for cell in cells_of("engine.py", stub))
    assert is_stub_in_cells(f"# code cell 2\n{text}", "engine.py", stub)
    assert not is_stub_in_cells(text.replace("self.grad = 0.0", "self.grad = 1.0"), "engine.py", stub)


@pytest.mark.parametrize("at", ["home", "alone"])
@pytest.mark.parametrize(
    "lecture",
    [p if p.values[0] is FIRST else pytest.param(*p.values, id=p.id, marks=pytest.mark.course) for p in LECTURES],
)
def test_filled_in_it_gets_full_marks(lecture, at, tmp_path, judge_of: Callable[..., Examiner]):
    """With the solution's regions in the places of the lines that raise: as `pack` takes it, and alone."""
    place = handed_in(tmp_path / "home", lecture, filled(lecture))
    own = at == "home"
    if not own:
        place = place / lecture.id
        (place / f"{lecture.id}.ipynb").rename(place / f"{lecture.id}-ada.ipynb")
    report = judge_of(lecture, 1).examine(open_submission(place, load(), lecture, "ada", own=own))
    assert (report.score, report.max_score) == (lecture.points, lecture.points)


@pytest.mark.course
def test_pack_and_grade_take_it(tmp_path):
    """The real commands: nothing is said of the cells that only check."""
    home = handed_in(tmp_path / "home", FIRST, filled(FIRST))
    done = run("pack", "1", "--student", "ada", cwd=home)
    assert "27 exercises of exactly this package: 27 passed" in done.stdout
    assert "no cell was left out" in done.stdout
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (home / f"{FIRST.id}-ada.zip").rename(inbox / f"{FIRST.id}-ada.zip")
    (inbox / "ben.ipynb").write_text(filled(FIRST), encoding="utf-8")
    graded = run("grade", "inbox", "--out", "marks", "--unsafe", cwd=tmp_path)
    assert re.findall(r"(ada|ben) +(\d+) / 100", graded.stdout) == [("ada", "100"), ("ben", "100")], graded.stdout


def test_a_slip_in_a_cell_is_a_slip_in_the_module(tmp_path, judge_of):
    """The known mistake is named as in a file."""
    solved = next(text for text in sources(filled(FIRST)) if "def __add__" in text)
    slip = solved.replace(".grad += out.grad", ".grad = out.grad")
    home = home_with(tmp_path, FIRST, filled(FIRST, **{"value-add": slip}))
    report = judge_of(FIRST, 1).examine(open_submission(home, load(), FIRST, own=True), ["value-add"], hidden=False)
    assert [named.id for named in report.mistakes] == ["grad-overwrite"]


def test_the_next_exercise_is_told_by_its_cell(tmp_path):
    """There is no file to open but the notebook."""
    done = run("status", cwd=home_with(tmp_path, FIRST, empty(FIRST)))
    assert f"      {FIRST.id}/{FIRST.id}.ipynb, code cell 3\n" in done.stdout


# ---- written by the command, and again


def test_the_command_writes_notebooks_and_no_modules(tmp_path):
    """Beside each lecture's README; a second call writes nothing."""
    done = run("stubs", "--to", "home", "--notebook", cwd=tmp_path)
    assert done.returncode == 0
    assert {path.name for path in (tmp_path / "home").glob("lecture*/*")} == {
        "README.md",
        *(f"{lecture.id}.ipynb" for lecture in load().lectures),
    }
    assert "Nothing to write" in run("stubs", "--to", "home", "--notebook", cwd=tmp_path).stdout
    assert run("stubs", "--notebook", cwd=tmp_path).returncode == 2


def without(notebook: str, *ids: str) -> str:
    whole = json.loads(notebook)
    whole["cells"] = [cell for cell in whole["cells"] if cell["id"] not in ids]
    return json.dumps(whole)


NEW = ("about-value-relu", "value-relu", "check-value-relu")


def test_a_notebook_gets_the_cells_that_are_new_and_keeps_all_of_its_own(tmp_path):
    """Behind the one that they follow; what the student took out of it stays out."""
    base = without(empty(FIRST), *NEW)
    mine = without(filled(FIRST), *NEW, "check-slope")
    merge = with_new_cells(mine, base, empty(FIRST))
    assert isinstance(merge, Merge)
    assert merge.added == ["value-relu", "check-value-relu"]
    ids = [cell["id"] for cell in json.loads(merge.text)["cells"]]
    assert ids == [cell["id"] for cell in json.loads(without(empty(FIRST), "check-slope"))["cells"]]
    own = {cell["id"]: cell for cell in json.loads(mine)["cells"]}
    assert all(cell in json.loads(merge.text)["cells"] for cell in own.values())


@pytest.mark.parametrize("text", ["{", "[]", '{"cells": 3}', '{"cells": [3]}'])
def test_what_is_no_notebook_is_left_alone(text):
    """Whatever it is."""
    assert with_new_cells(text, None, empty(FIRST)) == Unreadable()


def test_a_notebook_of_an_older_form_is_kept(tmp_path):
    """Its cells have no ids, so nobody knows which of ours are there."""
    write_notebooks(tmp_path, [FIRST])
    place = tmp_path / FIRST.id / f"{FIRST.id}.ipynb"
    old = json.loads(without(empty(FIRST), *NEW))
    for cell in old["cells"]:
        del cell["id"]
    place.write_text(json.dumps({**old, "nbformat_minor": 4}), encoding="utf-8")
    (tmp_path / ".grader" / "stubs" / FIRST.id / place.name).unlink()
    assert write_notebooks(tmp_path, [FIRST]).kept == [f"{FIRST.id}/{FIRST.id}.ipynb"]


def test_our_solution_is_what_was_filled_in():
    """The tests above mean what they say: the cells hold the reference's regions, and no line that raises."""
    for lecture in load().lectures:
        assert not TODO.search("\n".join(sources(filled(lecture))))
        code = "\n".join(reference_sources(lecture).values())
        lines = {line for text in sources(filled(lecture)) for line in text.split("\n")}
        assert {line for line in code.split("\n") if line.startswith("    return")} <= lines
