"""What counts of all that was run in a notebook, and where its lines are told; nothing here starts a notebook."""

import json
import sys
from pathlib import Path

import pytest
from notebook_kit import empty, filled, home_with, sources

from grader.course import load
from grader.desk.dependence import Dependence
from grader.desk.notebooks.history import Run, as_notebook, newest
from grader.desk.notebooks.modules import CellModules
from grader.errors import UsageError
from grader.submission import own_files
from grader.submission.running import Running

FIRST = load().lectures[0]
HEAD = "# engine.py\nclass Value:\n    def __init__(self, data): self.data = data"
ADD = "# engine.py\nclass Value(Value):\n    def __add__(self, other): return 1"
MORE = "# engine.py\nclass Value(Value):\n    def __mul__(self, other): return 1"


def texts(*runs: Run) -> list[str]:
    return [run.text for run in newest(runs)]


def numbered(*cells: tuple[str | None, str, bool]) -> list[Run]:
    return [Run(number, *cell) for number, cell in enumerate(cells, 1)]


# ---- which version counts


@pytest.mark.parametrize("ids", [("a", "b"), (None, None)], ids=["with ids", "without ids"])
def test_a_cell_that_is_run_again_replaces_its_older_version(ids):
    """At its own place: what was run in between stays below."""
    one, two = ids
    changed = ADD.replace("return 1", "return 2\n    # a note")
    runs = numbered((one, ADD, True), (two, MORE, True), (one, changed, True))
    assert texts(*runs) == [changed, MORE]


def test_the_first_cell_of_a_class_run_again_stays_above_what_goes_on():
    """In the order of the notebook, as it will be handed in."""
    head = HEAD.replace("= data", "= data + 0")
    assert texts(*numbered(("h", HEAD, True), ("a", ADD, True), ("h", head, True))) == [head, ADD]


def test_a_cell_that_was_run_too_early_counts_where_it_ran_to_its_end():
    """A class cannot go on before it is there."""
    assert texts(*numbered(("a", ADD, False), ("h", HEAD, True), ("a", ADD, True))) == [HEAD, ADD]


def test_without_ids_a_version_that_defines_less_is_another_cell():
    """Somebody has split a cell: what only the old one defines is not lost."""
    both = "# nn.py\ndef f(): return 1\ndef g(): return 1"
    only = "# nn.py\ndef f(): return 2"
    assert texts(*numbered((None, both, True), (None, only, True))) == [both, only]
    assert texts(*numbered((None, only, True), (None, both, True))) == [both]


def test_the_same_text_of_another_module_is_another_cell():
    """The mark says where a cell belongs."""
    here, there = "# nn.py\ndef f(): return 1", "# engine.py\ndef f(): return 2"
    assert texts(*numbered((None, here, True), (None, there, True))) == [here, there]


def test_an_import_that_stopped_is_left_out():
    """The notebook has shown why; the module below it can still be checked."""
    assert texts(*numbered((None, "# engine.py\nimport mathh", False), (None, HEAD, True))) == [HEAD]


def test_what_is_no_python_counts_as_it_will_be_handed_in():
    """The newest version of its cell is broken, and a check says so."""
    broken = "# engine.py\nclass Value("
    assert texts(*numbered(("a", ADD, True), ("a", broken, False))) == [broken]


@pytest.mark.parametrize(
    "mark", ["# engine.py", "\n#engine.py:", "%%writefile engine.py", "# lecture/engine.py", "# %% engine.py"]
)
def test_marks_are_those_of_a_notebook_in_a_file(mark):
    """The same forms as `grader pack` knows."""
    assert Run(1, None, f"{mark}\nx = 1").mark == "engine.py"


@pytest.mark.parametrize("text", ["# the engine.py of micrograd\nx = 1", "x = 1  # engine.py", "", "engine.py"])
def test_what_is_no_mark(text):
    """A cell that only speaks of a module."""
    assert Run(1, None, text).mark == ""


def test_of_a_long_day_the_last_trials_count():
    """And every cell of a module, however long ago it was run."""
    runs = numbered((None, HEAD, True), *((None, f"x = {number}", True) for number in range(3000)))
    kept = texts(*runs)
    assert (kept[0], kept[-1], len(kept)) == (HEAD, "x = 2999", 501)


# ---- the cells that were run, for the commands


@pytest.fixture
def running(tmp_path: Path):
    """What a command is given of cells that were run, under the numbers 11, 12 and so on."""

    def made(*cells: str, **known: str) -> Running:
        runs = [Run(number, None, text) for number, text in enumerate(cells, 11)]
        runs += [Run(number, id.replace("_", "-"), text) for number, (id, text) in enumerate(known.items(), 21)]
        (tmp_path / "cells.ipynb").write_text(as_notebook(runs), encoding="utf-8")
        return Running(tmp_path / "cells.ipynb")

    return made


def test_what_was_run_counts_and_not_what_is_saved(running, tmp_path):
    """The notebook in the folder is older; it is not looked at."""
    home = home_with(tmp_path / "home", FIRST, empty(FIRST))
    found = running(*sources(filled(FIRST))).found(home, load(), FIRST)
    assert set(found.files) == set(FIRST.modules)
    assert "NotImplementedError" not in found.files["engine.py"].decode()
    assert found.remarks == ()


def test_a_cell_that_was_not_run_counts_as_it_is_saved(running, tmp_path):
    """So a check gives what handing in gives, on another day too; what was run comes before what is saved."""
    home = home_with(tmp_path / "home", FIRST, filled(FIRST))
    now = running(value_add=ADD, just_added="# softmax.py\nLATER = 1")
    files = now.found(home, load(), FIRST).files
    assert set(files) == set(FIRST.modules)
    engine = files["engine.py"].decode().split("\n")
    assert "    def __add__(self, other): return 1" in engine
    assert "self.grad += out.grad" not in "\n".join(engine).partition("def __mul__")[0]
    assert files["softmax.py"].decode().startswith("# code cell")
    assert "LATER = 1" in files["softmax.py"].decode()
    added = engine.index("    def __add__(self, other): return 1") + 1
    assert now.at(FIRST.id, files, "engine.py", added) == "In [21], line 3"
    other = next(at for at, line in enumerate(engine, 1) if "def __mul__" in line)
    assert now.at(FIRST.id, files, "engine.py", other) == "code cell 17, which was not run, line 3"


def test_a_verdict_given_in_a_notebook_holds_in_the_folder(running, tmp_path):
    """What an exercise rests on is the same for both, once the notebook is saved."""
    home = home_with(tmp_path / "home", FIRST, filled(FIRST))
    now = running(value_add=next(text for text in sources(filled(FIRST)) if "def __add__" in text))
    inside = Dependence(FIRST, now.found(home, load(), FIRST).files)
    found = own_files(home, load(), FIRST)
    assert found is not None
    outside = Dependence(FIRST, found.files)
    assert [inside.of(exercise) for exercise in FIRST.exercises] == [outside.of(one) for one in FIRST.exercises]


def test_where_two_notebooks_have_the_same_cells_what_was_run_counts_alone(running, tmp_path):
    """Nobody knows which of them is running; what cannot be read is none of them."""
    home = home_with(tmp_path / "home", FIRST, filled(FIRST))
    (home / FIRST.id / "copy.ipynb").write_text(filled(FIRST), encoding="utf-8")
    (home / FIRST.id / "broken.ipynb").write_text("{", encoding="utf-8")
    assert set(running(value_add=ADD).found(home, load(), FIRST).files) == {"engine.py"}
    (home / FIRST.id / "copy.ipynb").unlink()
    assert set(running(value_add=ADD).found(home, load(), FIRST).files) == set(FIRST.modules)


def test_lines_are_told_as_lines_of_cells(running, tmp_path):
    """Marked or not, with the number that stands beside the cell."""
    now = running("import math", HEAD, "x = 1", ADD, "def slope(f, x, h):\n    return 3")
    files = now.found(tmp_path, load(), FIRST).files
    lines = files["engine.py"].decode().split("\n")
    assert (
        now.at(FIRST.id, files, "engine.py", lines.index("    def __add__(self, other): return 1") + 1)
        == "In [14], line 3"
    )
    assert now.at(FIRST.id, files, "engine.py", lines.index("class Value:") + 1) == "In [12], line 2"
    lines = files["derivatives.py"].decode().split("\n")
    assert now.at(FIRST.id, files, "derivatives.py", lines.index("    return 3") + 1) == "In [15], line 2"
    assert now.at(FIRST.id, files, "nn.py", 1) == ""
    assert now.at(FIRST.id, {"engine.py": b"x = 1\n"}, "engine.py", 1) == ""


def test_a_file_that_was_worked_on_counts_more_and_that_is_said(running, tmp_path):
    """As for a notebook in a file; nobody is left to wonder why a cell changes nothing."""
    home = home_with(tmp_path, FIRST, empty(FIRST))
    (home / FIRST.id / "engine.py").write_text("class Value: ...\n", encoding="utf-8")
    found = running(HEAD).found(home, load(), FIRST)
    assert found.files["engine.py"] == b"class Value: ...\n"
    assert found.remarks == (
        f"engine.py was worked on as a file, and the file counts, not the cells: {FIRST.id}/engine.py",
    )


def test_what_reads_a_file_is_said(running, tmp_path):
    """It was left out with a reason; which cells were taken need not be said where they stand above."""
    found = running("k = open('k.txt').read()", "class Value: n = 1", "def slope(f, x, h): return k").found(
        tmp_path, load(), FIRST
    )
    assert found.remarks == ("k in cell 1 reads from outside",)


def test_the_lecture_is_that_of_the_marks(running):
    """A check without a name checks the notebook's own lecture."""
    for lecture in load().lectures:
        assert running(*sources(empty(lecture))).lecture(load()) is lecture
    assert running("x = 1").lecture(load()) is None


def test_nothing_that_was_run_is_one_sentence(running, tmp_path):
    """Which says how a cell begins."""
    with pytest.raises(
        UsageError, match=r"No cell that was run belongs to lecture1_micrograd\. .* as # derivatives\.py"
    ):
        running("x = 1").found(tmp_path, load(), FIRST)


# ---- modules that are cells


def test_a_module_gives_what_the_notebook_has_now(monkeypatch):
    """By any form of import; what comes later too, and what is not there is said."""
    names = {"Value": 1}
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    monkeypatch.setattr(sys, "modules", dict(sys.modules))
    CellModules(names, lambda: {"cellular.py"}).install()
    CellModules(names, lambda: {"cellular.py"}).install()
    assert sum(isinstance(one, CellModules) for one in sys.meta_path) == 1
    import cellular  # type: ignore[import-not-found]
    from cellular import Value

    assert (Value, cellular.Value, dir(cellular)) == (1, 1, ["Value"])
    names["Value"] = 2
    assert cellular.Value == 2
    assert repr(cellular) == "<module 'cellular', the cells of this notebook>"
    with pytest.raises(ImportError, match="cannot import name 'more'"):
        from cellular import more  # noqa: F401
    with pytest.raises(AttributeError, match=r"no cell of cellular\.py that was run defines more; run that cell first"):
        cellular.more  # noqa: B018
    with pytest.raises(ModuleNotFoundError):
        import cellular_too  # type: ignore[import-not-found] # noqa: F401


def test_what_is_handed_to_a_command_is_a_notebook():
    """Of the format, with nothing but code."""
    whole = json.loads(as_notebook(numbered((None, ADD, True))))
    assert [(cell["execution_count"], cell["source"]) for cell in whole["cells"]] == [(1, ADD)]
