"""Notebooks as people keep them: what a lecture's modules need is taken, and everything else is left out."""

import ast
from collections.abc import Callable

import pytest
from package_kit import COURSE, LECTURE, NAMES, folder, notebook, package, refusal

from grader.course import load, reference_sources
from grader.course.rules import forbidden_import
from grader.submission import Submission, open_submission

ASKED = ["derivatives.py", "engine.py", "nn.py"]


@pytest.fixture
def opened(tmp_path) -> Callable[..., Submission]:
    """What is taken of an unmarked notebook with these cells."""
    return lambda *cells, name="ada.ipynb": open_submission(package(tmp_path, notebook(*cells), name), COURSE, LECTURE)


def lines(text: str) -> list[str]:
    """What stands there, without empty lines."""
    return [line for line in text.split("\n") if line]


# ---- what is taken


@pytest.mark.parametrize("name", ["ada.ipynb", "engine.ipynb"])
def test_definitions_are_taken_and_what_only_tries_them_out_is_not(opened, name):
    """Calls, plots, training and checks stay out, also of a notebook that is called like the module."""
    found = opened(
        "import math\n%matplotlib inline",
        "class Value:\n    def exp(self): return math.exp(self.data)",
        "a = Value(2.0)\nprint(a)",
        "for k in range(20):\n    loss.backward()",
        "assert a.exp() == 3\n1/0",
        name=name,
    )
    assert found.sources() == {
        "engine.py": "# code cell 1\nimport math\n\n# code cell 2\n"
        "class Value:\n    def exp(self): return math.exp(self.data)\n"
    }
    assert found.remarks == (f"{name}: engine.py from cells 1, 2; left out: cells 3 to 5",)


def test_of_an_import_only_the_names_that_are_used_are_taken(opened):
    """What a comparison with torch imports breaks no rule, if nothing that is taken uses it."""
    cells = ["import math, torch\nfrom micrograd.engine import Value as Theirs", "class Value:\n    e = math.e"]
    text = opened(*cells).sources()["engine.py"]
    assert lines(text)[:2] == ["# code cell 1", "import math"]
    assert forbidden_import(text, LECTURE.forbidden_imports["engine.py"]) is None


def test_a_forbidden_import_that_is_used_counts(opened):
    """In the engine's own functions."""
    text = opened("import torch", "class Value:\n    def exp(self): return torch.exp(self.data)").sources()["engine.py"]
    assert forbidden_import(text, LECTURE.forbidden_imports["engine.py"]) == ("torch", 2)


def test_a_class_that_is_only_imported_is_taken_as_that(opened):
    """Somebody else's Value is no definition of one, and the rule sees it."""
    text = opened("from micrograd.engine import Value", "def slope(f, x, h): ...").sources()["engine.py"]
    assert forbidden_import(text, LECTURE.forbidden_imports["engine.py"]) == ("micrograd.engine", 2)


def test_the_last_definition_stands(opened):
    """A class is written again and again; a number of the same name is none."""
    found = opened("def slope(f, x, h): return 1", "def slope(f, x, h): return 2", "slope = slope(f, 3, 0.1)")
    assert found.sources()["derivatives.py"] == "# code cell 2\ndef slope(f, x, h): return 2\n"


@pytest.mark.parametrize(
    "later",
    [
        "def exp(self): ...\nValue.exp = exp",
        "def exp(self): ...\nsetattr(Value, 'exp', exp)",
        "Value.exp = lambda self: 1",
        "class Value(Value):\n    def exp(self): ...",
    ],
)
def test_methods_that_are_added_later_are_taken(opened, later):
    """In every way in which that is done in a notebook."""
    text = opened("class Value:\n    def __init__(self, data): ...", "Value(1)", later, "Value(2)").sources()[
        "engine.py"
    ]
    assert lines(text)[-len(later.split("\n")) :] == later.split("\n")
    assert "# code cell 1\nclass Value:\n" in text
    assert "Value(1)" not in text
    assert "Value(2)" not in text


def test_methods_added_to_a_class_that_was_written_again_are_gone(opened):
    """As they are in the notebook itself."""
    text = opened("class Value: a = 1", "Value.exp = lambda self: 1", "class Value: b = 2").sources()["engine.py"]
    assert text == "# code cell 3\nclass Value: b = 2\n"


def test_whatever_a_definition_needs_is_taken_in_its_order(opened):
    """Helpers, constants, decorators, and what these need; a name of its own inside a function needs nothing."""
    cells = [
        "import functools\nx = 1\nstep = 0.1; size = step * 2",
        "def helper(f): return f(size)",
        "def timed(f):\n    @functools.wraps(f)\n    def inner(*a): return f(*a)\n    return inner",
        "@timed\ndef other(): ...",
        "@timed\ndef slope(f, x, h): return helper(f)",
    ]
    text = opened(*cells).sources()["derivatives.py"]
    assert lines(text) == [
        "# code cell 1", "import functools", "step = 0.1; size = step * 2",
        "# code cell 2", "def helper(f): return f(size)",
        "# code cell 3", *cells[2].split("\n"),
        "# code cell 5", *cells[4].split("\n"),
    ]  # fmt: skip


def test_what_fills_a_table_later_is_taken(opened):
    """An element that is set, and a loop that sets them; but not one that trains."""
    cells = ["t = {}", "t['a'] = 1\nfor k in 'bc':\n    t[k] = 2", "for k in t:\n    t[k] = 0; loss.backward()"]
    text = opened(*cells, "def slope(f, x, h): return t").sources()["derivatives.py"]
    assert [line for line in lines(text) if line.startswith("#")] == [f"# code cell {n}" for n in (1, 2, 4)]


def test_lines_of_a_cell_keep_their_distance(opened):
    """So that a line in a message is easily found in the cell."""
    text = opened("print(1)\n\ndef slope(f, x, h):\n    # rise over run\n    return 1\nslope(f, 1, 2)").sources()
    assert text["derivatives.py"] == "# code cell 1\n\n\ndef slope(f, x, h):\n    # rise over run\n    return 1\n"


def test_what_reads_a_file_is_left_out_and_said(opened):
    """It costs the functions that need it, and no others; what is made of it cannot be there either."""
    cells = ["words = open('names.txt').read()\nfirst = words[0]", "def slope(f, x, h): return first"]
    found = opened(*cells)
    assert found.sources()["derivatives.py"] == "# code cell 2\ndef slope(f, x, h): return first\n"
    expected = "ada.ipynb: derivatives.py from cell 2; left out: cell 1; words in cell 1 reads from outside"
    assert found.remarks == (expected,)


def test_what_another_module_is_asked_for_is_imported_from_there(opened):
    """Above, where it is needed at once; below, where a function asks for it when it is called."""
    cells = [
        "class Value: ...",
        "class Module: ...\nclass Neuron(Module):\n    w = Value()",
        "def softmax(x): return Value()",
    ]
    found = opened(*cells).sources()
    assert found["nn.py"].startswith("from engine import Value\n\n# code cell 2\nclass Module")
    assert found["softmax.py"].endswith("return Value()\n\nfrom engine import Value\n")


def test_future_imports_stand_first(opened):
    """Python takes them nowhere else."""
    text = opened("import math", "from __future__ import annotations\ndef slope(f: X, x, h): return math.e").sources()
    assert text["derivatives.py"].startswith("from __future__ import annotations\n\n# code cell 1\nimport math\n")
    compile(text["derivatives.py"], "cells", "exec")


def test_a_mark_still_wins(opened):
    """Marked cells are taken as they are, with what they need of others."""
    cells = [
        "import math",
        "class Value: old = 1",
        "# engine.py\nclass Value: e = math.e\nprint(1)",
        "def slope(f, x, h): ...",
    ]
    assert opened(*cells).sources() == {
        "derivatives.py": "# code cell 4\ndef slope(f, x, h): ...\n",
        "engine.py": "# code cell 1\nimport math\n\n# code cell 3\nclass Value: e = math.e\nprint(1)\n",
    }


def test_a_cell_that_does_not_parse_is_taken_only_as_the_last_resort(opened):
    """It never ran. But where a module would be empty without it, the student is told what is wrong with it."""
    good, bad = "def slope(f, x, h): return 1", "def slope(f, x, h)\n    return 2"
    assert opened(good, bad).sources()["derivatives.py"] == f"# code cell 1\n{good}\n"
    found = opened(good, "def gradf(a, b, c)")
    assert found.sources()["derivatives.py"] == f"# code cell 1\n{good}\n"
    assert found.remarks[0].endswith("; left out: cell 2; gradf in cell 2 is not valid Python")
    assert opened("x = (", bad).sources()["derivatives.py"] == f"# code cell 2\n{bad}\n"


@pytest.mark.parametrize("lecture", load().lectures, ids=lambda lecture: lecture.id)
def test_our_own_solution_comes_out_of_one_notebook_whole(tmp_path, lecture):
    """Each statement in a cell of its own, a check behind each: every definition is in its module again."""
    sources = reference_sources(lecture)
    cells = [ast.unparse(node) for text in sources.values() for node in ast.parse(text).body[1:]]
    shown = [cell for one in cells for cell in (one, "print(1/0)")]
    found = open_submission(package(tmp_path, notebook(*shown), f"{lecture.id}-ada.ipynb"), load()).sources()
    for name, text in sources.items():
        expected = [ast.dump(n) for n in ast.parse(text).body if isinstance(n, ast.FunctionDef | ast.ClassDef)]
        taken = [ast.dump(n) for n in ast.parse(found[name]).body if isinstance(n, ast.FunctionDef | ast.ClassDef)]
        assert taken == expected


# ---- for which lecture


@pytest.mark.parametrize("name", ["lecture3_mlp-ada.ipynb", "Lecture 3 Ada.ipynb"])
def test_a_notebook_that_gives_nothing_is_refused_for_the_lecture_that_it_names(tmp_path, name):
    """Never with the modules of the first lecture."""
    sentence = refusal(package(tmp_path, notebook("x = 1"), name), course=load())
    assert sentence == (
        f"{name} does not say to which module its cells belong, and defines nothing that lecture3_mlp asks for; "
        "begin each cell that counts with a line such as # dataset.py "
        "(modules: dataset.py, mlp.py, learning_rate.py, exercises.py)"
    )


def test_the_lecture_that_is_graded_is_the_one_that_is_named(tmp_path):
    """As --lecture says."""
    sentence = refusal(package(tmp_path, notebook("x = 1"), "ada.ipynb"), load().lecture("2"), load())
    assert "nothing that lecture2_bigram asks for" in sentence


def test_a_notebook_of_no_lecture_is_refused_without_naming_one(tmp_path):
    """There is nothing to tell it by."""
    assert refusal(package(tmp_path, notebook("x = 1"), "ada.ipynb")) == (
        "ada.ipynb does not say which lecture it is for, and defines nothing that one asks for; "
        "begin each cell that counts with a line that names its module, or grade with --lecture"
    )


def test_the_lecture_is_told_by_what_is_defined(tmp_path):
    """If one lecture asks for all of it."""
    cells = ["class Value: ...", "def train(model, xs, ys, steps, lr): ..."]
    found = open_submission(package(tmp_path, notebook(*cells), "ada.ipynb"), load())
    assert (found.lecture, list(found.files)) == (LECTURE, ["engine.py", "training.py"])


def test_definitions_of_two_lectures_are_refused(tmp_path):
    """Which of them is meant is not for the grader to guess."""
    sentence = refusal(package(tmp_path, notebook("class Value: ...", "def bigrams(w): ..."), "a.ipynb"), course=load())
    assert sentence.startswith("a.ipynb holds files of lecture1_micrograd, lecture2_bigram; grade with --lecture")


def test_of_one_name_in_two_modules_the_arguments_tell_which(tmp_path):
    """Lecture 2 samples names from counts, and later from a net."""
    cells = ["def sample_names(P, itos, count, generator): ...", "def sample_names(W, itos, count, generator): ..."]
    found = open_submission(package(tmp_path, notebook(*cells), "lecture2-ada.ipynb"), load()).sources()
    assert {name: text.split("\n")[1] for name, text in found.items()} == {"counts.py": cells[0], "neural.py": cells[1]}


def test_untouched_stubs_beside_such_a_notebook_do_not_hide_it(tmp_path):
    """The work is in the notebook."""
    stub = (load().folders.exercises / LECTURE.id / "engine.py").read_bytes()
    path = folder(tmp_path / "ada", {"engine.py": stub, "work.ipynb": notebook("class Value: ...")})
    assert open_submission(path, COURSE).files == {"engine.py": b"# code cell 1\nclass Value: ...\n"}


def test_a_module_in_two_unmarked_notebooks_is_refused_and_a_mark_decides(tmp_path):
    """A notebook that says which module it is counts more than one that merely defines the same."""
    both = {"a.ipynb": notebook("class Value: a = 1"), "b.ipynb": notebook("class Value: b = 2")}
    assert (
        refusal(folder(tmp_path / "ada", both))
        == "engine.py is in two notebooks, a.ipynb and b.ipynb; keep one of them"
    )
    path = folder(tmp_path / "eve", {**both, "c.ipynb": notebook("# engine.py\nclass Value: c = 3")})
    assert open_submission(path, COURSE).files == {"engine.py": b"# code cell 1\nclass Value: c = 3\n"}


# ---- hostile cells


def test_reading_an_unmarked_notebook_executes_nothing(tmp_path, opened):
    """Not even what is taken."""
    trap = tmp_path / "sprung"
    spring = f"open({str(trap)!r}, 'w')"
    opened(f"x = {spring}", f"class Value:\n    y = {spring}", f"def slope(f, x, h={spring}): return x", f"{spring}")
    assert not trap.exists()


def test_names_that_lead_from_everywhere_to_everywhere_are_refused(opened, tmp_path):
    """The way along them is counted, and ends."""
    names = [f"a{n}" for n in range(1500)]
    body = "; ".join(names)
    cells = [f"def g():\n    {body}", *(f"{name} = g()" for name in names), f"def slope(f, x, h):\n    {body}"]
    sentence = refusal(package(tmp_path, notebook("\n".join(cells)), "ada.ipynb"), LECTURE)
    assert sentence == "what derivatives.py needs is too tangled to be found in a notebook; mark its cells"


@pytest.mark.parametrize(
    "cell", ["x = " + "(" * 5000, "x = " + "-" * 50_000 + "1", "\0", "\ud800", "a" + ".b" * 50_000]
)
def test_cells_that_cannot_be_read_are_left_out(opened, cell):
    """Nested too deep, or no text; the others count."""
    assert list(opened(cell, "class Value: ...").files) == ["engine.py"]


@pytest.mark.parametrize("end", ["\r", "\r\n", "\x0c\n"])
def test_ends_of_lines_of_every_kind_are_read(opened, end):
    """As old editors write them."""
    text = opened(f"x = 'ü'; y = 1{end}def slope(f, x, h):{end}    return y{end}print(1)").sources()["derivatives.py"]
    assert [line.strip() for line in lines(text)] == ["# code cell 1", "y = 1", "def slope(f, x, h):", "return y"]


def test_a_hostile_name_of_an_unmarked_notebook_is_shown_harmless(tmp_path):
    """In what is said of it stands no control character of a student."""
    path = folder(tmp_path / "ada", {"\x1b[2J\u202e.ipynb": notebook("class Value: ...")})
    assert open_submission(path, COURSE).remarks[0].startswith("\\x1b[2J\\u202e.ipynb: engine.py from cell 1;")


def test_the_names_of_the_modules_are_in_the_refusal(tmp_path):
    """All of them, for whoever marks the cells by hand."""
    assert refusal(package(tmp_path, notebook("x = 1"), "ada.ipynb"), LECTURE).endswith(f"(modules: {NAMES})")


def test_parts_of_a_package_that_are_imported_one_by_one_are_all_taken(opened):
    """They fill one name together; the same import once more does not count."""
    cells = ["import os", "import os.path", "import os", "def slope(f, x, h): return os.path"]
    text = opened(*cells).sources()["derivatives.py"]
    assert lines(text)[:4] == ["# code cell 2", "import os.path", "# code cell 3", "import os"]


def test_more_statements_than_anybody_writes_are_refused(tmp_path):
    """What each of them looks up would take the grading side many seconds."""
    cells = ["def slope(f, x, h):\n    return a0", "\n".join(f"a{n} = a{n + 1}" for n in range(5_000))]
    sentence = refusal(package(tmp_path, notebook(*cells), "ada.ipynb"), LECTURE)
    assert sentence == "a notebook holds more than 5,000 statements; hand in the modules themselves"
