"""A student at work with the kit of the tiny course: without torch, and in a notebook."""

import json
import re
import shutil

import nbformat
import pytest
from nbclient import NotebookClient
from test_release import LECTURE, MEAN, MOVING, command, home, kit  # noqa: F401

WRONG_MEAN = "sum(xs)"

pytestmark = pytest.mark.kit


@pytest.fixture
def no_torch(tmp_path):
    """A folder in which torch is something that cannot be imported, to be looked at first."""
    folder = tmp_path / "no torch"
    folder.mkdir()
    (folder / "torch.py").write_text("raise SystemExit('torch was imported')")
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["--version"],
        [],
        ["list"],
        ["hint", "mean"],
        ["check", "mean"],
        ["check"],
        ["pack", "1"],
        ["doctor"],
    ],
    ids=" ".join,
)
def test_no_command_imports_torch_for_a_lecture_without(kit, home, no_torch, words):  # noqa: F811
    """It need not be installed."""
    more = {"PYTHONPATH": f"{no_torch}:{kit}"}
    shown = command(kit, "-C", str(home), *words, *(["--student", "ada"] if words[:1] == ["pack"] else []), **more)
    assert shown.returncode in (0, 1), shown.stderr
    assert "torch was imported" not in shown.stdout + shown.stderr


def cells_with(kit, mean):  # noqa: F811
    """The kit's notebook of the lecture with its two exercises filled in."""
    place = next((kit / "notebooks" / LECTURE).glob("*.ipynb"))
    read = nbformat.read(place, as_version=4)
    answers = iter((mean, MOVING))
    for cell in read.cells:
        if cell.cell_type == "code" and "raise NotImplementedError" in cell.source:
            cell.source = re.sub(r"raise NotImplementedError.*", lambda found: f"return {next(answers)}", cell.source)
    assert next(answers, None) is None
    return place, read


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize(("mean", "said"), [(MEAN, "passed"), (WRONG_MEAN, "mean-forgets-to-share")])
def test_a_notebook_of_the_kit_is_checked_in_it(kit, tmp_path, monkeypatch, mean, said):  # noqa: F811
    """A kernel runs it from top to bottom, and below each exercise stands what the kit says of it."""
    monkeypatch.setenv("PYTHONPATH", str(kit))
    monkeypatch.setenv("PYTHONSAFEPATH", "1")
    _, read = cells_with(kit, mean)
    shutil.copytree(kit / "notebooks", tmp_path / "home")
    where = {"metadata": {"path": str(tmp_path / "home" / LECTURE)}}
    read.cells.append(nbformat.v4.new_code_cell("import grader; print(grader.__file__)"))
    NotebookClient(read, timeout=300, resources=where).execute()
    pages = {cell.id: json.dumps(cell.get("outputs", [])) for cell in read.cells}
    assert said in pages["check-mean"]
    assert str(kit) in pages[read.cells[-1].id]
