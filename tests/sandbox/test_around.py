"""What a student's modules find around them: their own files, an empty folder, the names of a notebook."""

from pathlib import Path

import pytest
from sandbox_kit import LECTURE, observe, returned, unconfined

from grader.inside.probes import lecture1_micrograd as probes
from grader.sandbox import Sandbox
from grader.sandbox.observation import RAISED
from grader.sandbox.sandboxed import Sandboxed

SLOPE = "def slope(f, x, h):\n    return "


def test_a_module_can_read_its_own_file_and_finds_nothing_else_there(box: Sandbox) -> None:
    code = "import os\nHERE = os.path.dirname(__file__)\n" + SLOPE + "[os.listdir(HERE), open(__file__).read()]\n"
    assert returned(box, code) == [["derivatives.py"], code]


def test_a_module_that_does_not_ask_where_it_is_finds_an_empty_folder(box: Sandbox) -> None:
    assert returned(box, f"import os\n{SLOPE}os.listdir()\n") == []


def test_what_one_measurement_writes_the_next_does_not_find(box: Sandbox) -> None:
    """Neither files nor folders, nor the folder that it has gone to."""
    code = """
import os
def slope(f, x, h):
    found = os.listdir()
    open("seen", "w").write("x")
    os.makedirs("a/b/c")
    os.chdir("a/b")
    return [found, os.listdir()]
"""
    with Sandboxed(box, {"derivatives.py": code}) as subject:
        inputs = {"f": "x**2", "x": 3.0, "h": 0.01}
        seen = [subject.observe(probes.slope_of_curve, {**inputs, "x": x}).value for x in (1.0, 2.0, 3.0)]
    assert seen == [[[], ["c"]]] * 3


@unconfined
def test_a_link_in_the_place_of_the_folder_is_not_emptied(box: Sandbox, tmp_path: Path) -> None:
    """Whatever code has put there, what lies elsewhere stays."""
    (tmp_path / "mine.txt").write_text("mine")
    code = f"""
import os
HERE = os.getcwd()
def slope(f, x, h):
    if x == 1.0:
        os.chdir("/")
        os.rmdir(HERE)
        os.symlink({str(tmp_path)!r}, HERE)
    return x
"""
    with Sandboxed(box, {"derivatives.py": code}) as subject:
        inputs = {"f": "x**2", "x": 3.0, "h": 0.01}
        seen = [subject.observe(probes.slope_of_curve, {**inputs, "x": x}).value for x in (1.0, 2.0)]
    assert seen == [1.0, 2.0]
    assert (tmp_path / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize(
    "call", ["display(f)", "get_ipython().run_line_magic('time', 'x')", "get_ipython().system('ls')"]
)
def test_what_only_a_notebook_has_does_nothing(box: Sandbox, call: str) -> None:
    assert returned(box, f"{SLOPE}{call}\n") is None


def test_a_breakpoint_ends_the_measurement_at_its_line(box: Sandbox) -> None:
    observation = observe(box, "def slope(f, x, h):\n    y = f(x)\n    breakpoint()\n    return y\n")
    assert (observation.kind, observation.type) == (RAISED, "BdbQuit")
    assert [(frame.line, frame.source) for frame in observation.frames] == [(3, "breakpoint()")]


@pytest.mark.parametrize(
    ("code", "line", "said"),
    [
        (f"x = 1\n{SLOPE}1\n\0", 4, "a NUL byte stands in this line"),
        ("\0".join(f"{SLOPE}1.0\n"), 1, "this file is written in UTF-16; save it as UTF-8"),
    ],
    ids=["a byte", "two for a letter"],
)
def test_a_file_that_is_no_text_is_named_for_what_it_is(box: Sandbox, code: str, line: int, said: str) -> None:
    observation = observe(box, code)
    assert (observation.type, observation.text) == ("SyntaxError", said)
    assert [(frame.file, frame.line, frame.source) for frame in observation.frames] == [
        (f"{LECTURE.id}/derivatives.py", line, "")
    ]
