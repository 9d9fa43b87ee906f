"""%check, %hint and %draw in a real shell, and in a real kernel: what they show, and what never gets there."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from notebook_kit import empty, filled, home_with, sources

from grader.course import load
from grader.desk.notebooks import magics

FIRST = load().lectures[0]
# runs each cell in a shell of its own process, as a kernel does, and prints what was shown
SHELL = """
import json, sys
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
shell, shown = InteractiveShell.instance(colors="NoColor"), []
for id, text in json.load(sys.stdin).items():
    with capture_output() as said:
        done = shell.run_cell(text, store_history=True, cell_id=id.removesuffix(" again"))
    shown.append({
        "out": [one.data for one in said.outputs], "printed": said.stdout, "result": repr(done.result),
        "held": sorted(name for name in sys.modules if name.startswith("grader.") or name in ("torch", "pytest")),
    })
json.dump(shown, sys.stdout)
"""
ADD = next(text for text in sources(filled(FIRST)) if "def __add__" in text)
SLIP = ADD.replace(".grad += out.grad", ".grad = out.grad")
STUB = next(text for text in sources(empty(FIRST)) if "def __mul__" in text)
BROKEN = STUB.partition("        raise")[0] + "        return no_such_name\n"
GIVEN = next(text for text in sources(empty(FIRST)) if "def __init__(self, data" in text)
CELLS = {
    "load": "%load_ext grader",
    "nothing run": "%check value-add",
    "given": GIVEN,
    "slip": SLIP,
    "check slip": "%check value-add",
    "hint": "%hint value-add",
    "import": "from engine import Value as V; import engine; (V is Value, engine.Value is Value)",
    "unknown": "%check value-ad",
    "slip again": SLIP + "\n1 / 0",
    "known": "%reload_ext grader\nfound = get_ipython().grader_magics; (found.ids, found.stopped)",
}
MORE = {
    "load": "%load_ext grader",
    "given": GIVEN,
    "add": ADD,
    "check": "%check value-add",
    "multiply": STUB,
    "check todo": "%check value-mul",
    "multiply again": BROKEN,
    "check broken": "%check value-mul",
}


def run_in_a_shell(folder: Path, cells: dict[str, str]) -> dict[str, dict]:
    """What each of these cells shows, run one after the other."""
    done = subprocess.run(
        [sys.executable, "-c", SHELL], input=json.dumps(cells), cwd=folder,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(zip(cells, json.loads(done.stdout), strict=True))


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict]:
    """The folder is no course folder."""
    return run_in_a_shell(tmp_path_factory.mktemp("notebook"), CELLS)


@pytest.fixture(scope="module")
def more(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict]:
    return run_in_a_shell(tmp_path_factory.mktemp("notebook"), MORE)


def text(cell: dict) -> str:
    (out,) = cell["out"]
    return out["text/plain"]


def page(cell: dict) -> str:
    (out,) = cell["out"]
    return out["text/html"]


@pytest.mark.course
def test_a_passing_check(more):
    """Words, points and what is left to the hidden checks; as a page, and as text where no page is shown."""
    assert '<strong class="passed">passed</strong>' in page(more["check"])
    assert "3 of 3 public points. 2 more are decided by hidden checks at grading." in text(more["check"])
    assert text(more["check"]).startswith("value-add   In [3], line 3\n  PASS    The sum of two Values is a Value. ")


def test_a_failing_check_says_what_the_command_says(shown):
    """Both numbers, the mistake and its question, and the magic that helps."""
    for said in (text(shown["check slip"]), page(shown["check slip"])):
        assert "In a + a, the Value a collects gradient from both uses." in said
        assert "[grad-overwrite]" in said
        assert "%hint value-add" in said
        assert "grader hint" not in said
    assert "a.grad   yours 0.7   expected 1.4   off by 0.7" in text(shown["check slip"])
    assert "Stuck?" not in text(shown["check slip"])


def test_a_hint_knows_what_the_check_recognised(shown):
    """Though nothing is saved: the cells that were run are what was checked."""
    assert text(shown["hint"]).startswith("About what the last check of value-add recognised:")
    assert "%check value-add --replay" in text(shown["hint"])


@pytest.mark.course
def test_what_stopped_is_told_by_the_line_of_its_cell(more):
    """As Jupyter numbers it."""
    line = BROKEN.split("\n").index("        return no_such_name") + 1
    for said in (text(more["check broken"]), page(more["check broken"])):
        assert f"at In [7], line {line} in __mul__" in said
        assert "NameError: name" in said


def test_before_anything_was_run_it_says_what_to_run(shown):
    """One sentence, and how such a cell begins."""
    assert text(shown["nothing run"]).startswith("ERROR  No cell that was run belongs to lecture1_micrograd.")


def test_an_unknown_word_gets_the_nearest_guess(shown):
    """The command's own sentence."""
    assert "There is no exercise or lecture 'value-ad' here. Did you mean value-add?" in text(shown["unknown"])


def test_modules_can_be_imported_though_they_are_cells(shown):
    """The names are those that the notebook has now."""
    assert shown["import"]["result"] == "(True, True)"


def test_each_run_is_known_by_its_cell_and_number(shown):
    """Also after the extension was loaded again: which cell, and whether it ran to its end."""
    ids = {number: id.removesuffix(" again") for number, id in enumerate(CELLS, 1) if number > 1}
    assert shown["known"]["result"] == repr((ids, {list(CELLS).index("slip again") + 1}))


def test_nothing_that_judges_is_ever_in_the_students_process(shown):
    """Neither reference nor checks nor what was expected; not even torch, which a lecture without it does not need."""
    held = set(shown["known"]["held"])
    rooms = {name.split(".")[1] for name in held if name.startswith("grader.")}
    assert rooms <= {"course", "desk", "errors", "inside", "lectures"}
    assert {name for name in held if name.startswith("grader.lectures.")} == set()
    assert {name for name in held if name.startswith("grader.desk.")} == {
        "grader.desk.notebooks", *(f"grader.desk.notebooks.{name}" for name in ("history", "magics", "modules")),
    }  # fmt: skip
    assert held.isdisjoint({"torch", "pytest"})


@pytest.mark.course
def test_texts_of_a_student_are_escaped(more):
    """What stands in a page is what they wrote, and no page of its own."""
    assert "&#39;no_such_name&#39;" in page(more["check broken"])
    assert "<script" not in "".join(page(cell) for cell in more.values() if cell["out"])


def test_without_ipython_one_sentence_says_what_to_install(monkeypatch):
    """Only who calls the extension by hand gets there."""
    monkeypatch.setitem(sys.modules, "IPython", None)
    with pytest.raises(ImportError, match="needs IPython, which is not installed: pip install ipython"):
        magics.load(object())


@pytest.mark.course
def test_what_is_not_written_is_no_mistake(more):
    """It waits for the student."""
    assert "TODO    The product of two Values is a Value." in text(more["check todo"])
    assert "not written yet" in page(more["check todo"])
    assert "Stuck? %hint value-mul" in page(more["check todo"])


# ---- in a real kernel


def executed(home: Path, lecture, notebook: str) -> Iterator[tuple[str, dict]]:
    """Each code cell's id, and its outputs, of a notebook that a kernel has run from top to bottom."""
    import nbformat
    from nbclient import NotebookClient

    place = home_with(home, lecture, notebook) / lecture.id
    read = nbformat.reads(notebook, as_version=4)
    NotebookClient(read, timeout=300, resources={"metadata": {"path": str(place)}}).execute()
    for cell in read.cells:
        for output in cell.get("outputs", ()):
            yield cell.id, output.get("data", output)


def checking_only(notebook: str, *ids: str, more: tuple[str, ...] = ()) -> str:
    """Without the checks of the other exercises, which take their time, and with some cells at the end."""
    whole = json.loads(notebook)
    kept = [c for c in whole["cells"] if not c["id"].startswith("check-") or c["id"].removeprefix("check-") in ids]
    code = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    whole["cells"] = kept + [{**code, "id": f"more-{at}", "source": source} for at, source in enumerate(more)]
    return json.dumps(whole)


@pytest.mark.course
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("lecture", [pytest.param(lecture, id=lecture.id) for lecture in load().lectures])
def test_a_filled_in_notebook_runs_from_top_to_bottom(lecture, tmp_path):
    """No cell stops, whatever it imports from another module; the last exercise that is code passes its check."""
    last = [exercise.id for exercise in lecture.exercises if not exercise.is_data][-1]
    shown = dict(executed(tmp_path, lecture, checking_only(filled(lecture), last)))
    assert '<strong class="passed">passed</strong>' in shown[f"check-{last}"]["text/html"]


@pytest.mark.course
@pytest.mark.filterwarnings("default")
def test_pictures_stand_in_the_page_and_a_case_is_seen_again(tmp_path):
    """Those of an exercise that has passed below its check; an expression, and one of a lecture, by %draw."""
    second = load().lectures[1]
    slip, more = {"value-add": SLIP}, ('%draw "c = a * b" a=2 b=3', "%check value-add", "%check value-add --replay")
    one = dict(executed(tmp_path / "1", FIRST, checking_only(filled(FIRST, **slip), more=more)))
    replayed = one["more-2"]["text/plain"]
    assert "a = Value(3.0); b = a + a" in replayed
    assert re.search(r"Next: value-add, In \[\d+\], line 3\nStuck\? %hint value-add", replayed)
    assert "Python prompt" not in replayed
    assert "through your engine: lecture1_micrograd-graph." in one["more-0"]["text/plain"]
    two = dict(
        executed(
            tmp_path / "2", second, checking_only(filled(second), "count-bigrams", more=("%draw 2 --only counts",))
        )
    )
    assert two["check-count-bigrams"]["text/html"].count("data:image/png;base64,") == 1
    assert two["more-0"]["text/html"].count("data:image/png;base64,") == 1
