"""What a student has done so far: progress belongs to an exercise and what it rests on, and to nothing else."""

import ast
import json
import re
import textwrap

import pytest
from command_kit import run

from grader.course import load, reference_sources
from grader.course.syntax import tree_of
from grader.desk.dependence import Dependence
from grader.desk.well_formed import is_well_formed
from grader.judging.findings import PASSED
from grader.proof.audit import alternatives
from grader.submission import Submission

ENGINE = "lecture1_micrograd/engine.py"


def edit(folder, file, old, new):
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


def statuses(folder):
    document = json.loads(run("list", "--json", cwd=folder).stdout)
    return {e["id"]: e["status"] for e in document["exercises"] if e["lecture"] == "lecture1_micrograd"}


def without(folder, file, *ids):
    """Take these solutions out again, as they are in a stub."""
    text = (folder / file).read_text(encoding="utf-8")
    for id in ids:
        text = re.sub(
            rf"### BEGIN SOLUTION {id}\n.*?### END SOLUTION",
            f'raise NotImplementedError("{id}")',
            text,
            flags=re.DOTALL,
        )
    (folder / file).write_text(text, encoding="utf-8")


def test_writing_one_function_leaves_the_others_as_they_are(finished_folder):
    """Of an engine that is half written, what has passed has passed, whatever is written beside it."""
    whole = (finished_folder / ENGINE).read_text(encoding="utf-8")
    later = ("value-relu", "value-backward")
    without(finished_folder, ENGINE, *later)
    run("check", cwd=finished_folder)
    before = statuses(finished_folder)
    assert {id for id, status in before.items() if status == "todo"} == set(later)
    (finished_folder / ENGINE).write_text(whole, encoding="utf-8")
    after = statuses(finished_folder)
    passed = {id for id, status in before.items() if status == "passed"}
    assert len(passed) > 20
    assert {id for id in passed if after[id] != "passed"} <= {"train-mlp"}  # it calls what was written
    assert [after[id] for id in later] == ["changed", "changed"]


def test_what_waited_for_another_is_not_said_to_wait_once_anything_was_written(finished_folder):
    """Whether it still waits is not known before it is checked."""
    without(finished_folder, ENGINE, "value-add")
    assert "BLOCKED" in run("check", "value-reflected", cwd=finished_folder).stdout
    assert statuses(finished_folder)["value-reflected"] == "blocked"
    edit(finished_folder, ENGINE, 'raise NotImplementedError("value-add")', "return None")
    assert statuses(finished_folder)["value-reflected"] == "changed"


def test_what_calls_a_changed_function_is_to_be_checked_again(finished_folder):
    """Also in another file of the lecture, and it is said of which files."""
    run("check", cwd=finished_folder)
    assert "27 of 27 exercises" in run(cwd=finished_folder).stdout
    edit(finished_folder, ENGINE, "(1 - out.data**2) * out.grad", "(1.0 - out.data**2) * out.grad")
    said = run(cwd=finished_folder).stdout
    changed = {id for id, status in statuses(finished_folder).items() if status == "changed"}
    assert changed == TANH
    assert "21 of 27 exercises" in said
    assert "changed since the last check: engine.py, nn.py, training.py" in said


def test_a_file_from_before_is_checked_again(finished_folder):
    """What an earlier version has kept does not say what it rests on."""
    run("check", "slope", cwd=finished_folder)
    file = finished_folder / ".grader" / "progress.json"
    known = json.loads(file.read_text(encoding="utf-8"))
    del known["slope"]["rests_on"], known["slope"]["files"]
    file.write_text(json.dumps(known), encoding="utf-8")
    assert statuses(finished_folder)["slope"] == "changed"


EXERCISES = load().lecture("1").exercises
# what stands in engine.py, and what is built on it
BUILT_ON = {e.id for e in EXERCISES if e.file != "derivatives.py"} - {"gradient-step"}
EVERY = {e.id for e in EXERCISES}  # what was given may be met by any, and cannot be read if its file does not parse
EXP = {"value-exp", "softmax"}
TANH = {"value-tanh", "neuron", "layer", "mlp", "zero-grad", "train-mlp"}
IN_VALUE = BUILT_ON - {"value-repr"}
ON_MATH = EXP | TANH | {"value-log", "value-nll"}
FORBIDDEN = {e.id for e in EXERCISES if e.file == "engine.py"} | TANH
TOP, FIRST = "class Value:", "    def __repr__"  # before these lines something is put in
MATTERS_NOT = {
    "a comment": ("import math\n", "import math  # of Python\n\n\n"),
    "a function of one's own": (TOP, f"def thought():\n    return 1 / 0\n\n\n{TOP}"),
    "a method of one's own": (FIRST, f"    def log10(self):\n        return self\n\n{FIRST}"),
    "a number of one's own": (TOP, f"SMALL = (0.001, -1)\n\n\n{TOP}"),
    "a module that is certainly there": ("import math\n", "import math\nimport itertools\nfrom math import tau\n"),
    "what only a run of the file does": (TOP, f'if __name__ == "__main__":\n    print(tau)\n\n\n{TOP}'),
    "the text at the top of the file": ('"""micrograd\'s engine', '"""My engine'),
}  # fmt: skip
MATTERS = {
    "a line of the function": ("self.grad += out.data * out.grad", "self.grad += out.grad * out.data", EXP),
    "names that are made up": ("Value(math.exp(self.data)", "Value(getattr(math, 'e' + 'xp')(self.data)", EXP),
    "a name given to something else": (TOP, f"math = None\n\n\n{TOP}", ON_MATH),
    "an import that is not allowed": ("            # steepest", "            import torch  #", FORBIDDEN),
    "a function that hides one of Python": (TOP, f"def isinstance(*_):\n    return 1\n\n\n{TOP}", IN_VALUE),
    "a special method": (FIRST, f"    def __eq__(self, other):\n        return True\n\n{FIRST}", BUILT_ON),
    "what was given": ('label=""):', 'label="v"):', EVERY),
    "a default that is computed": ("def log(self):", "def log(self, small=1 / 0):", BUILT_ON),
    "a decorator": ("    def log(self):", "    @print\n    def log(self):", BUILT_ON),
    "something in the class": (FIRST, f"    exp2 = 3\n\n{FIRST}", BUILT_ON),
    "the class's bases": (TOP, "class Value(dict):", BUILT_ON),
    "what replaces a method when imported": (FIRST, f"    exp = abs\n\n{FIRST}", BUILT_ON),
    "what runs when imported": (TOP, f"print(1)\n\n\n{TOP}", BUILT_ON),
    "a module that may not be there": ("import math\n", "import math\nfrom math import taw\n", BUILT_ON),
    "a line that does not parse": ("out.data * out.grad", "out.data * * out.grad", EVERY),
    "a line that only the compiler refuses": ("self.grad += out.data * out.grad", "break", BUILT_ON),
}  # fmt: skip


@pytest.fixture(scope="module")
def sources():
    return reference_sources(load().lecture("1"))


def dependence(sources):
    return Dependence(load().lecture("1"), {name: text.encode() for name, text in sources.items()})


def changed(before, old, new):
    """The exercises that rest on something else after this edit of engine.py."""
    assert old in before["engine.py"]
    after = dependence({**before, "engine.py": before["engine.py"].replace(old, new, 1)})
    now = dependence(before)
    return {e.id for e in EXERCISES if now.of(e) != after.of(e)}


@pytest.mark.parametrize(("old", "new"), MATTERS_NOT.values(), ids=MATTERS_NOT)
def test_what_cannot_matter_changes_nothing(sources, old, new):
    """What nothing calls, and what only a reader sees."""
    assert changed(sources, old, new) == set()


@pytest.mark.parametrize(("old", "new", "ids"), MATTERS.values(), ids=MATTERS)
def test_whatever_could_matter_is_noticed(sources, old, new, ids):
    """Nothing that an exercise might come upon is left out."""
    assert changed(sources, old, new) == ids


def test_names_from_another_file_of_the_lecture(sources):
    """One under another name is followed; one that is gone stops the file that takes it."""
    taken = sources["nn.py"].replace("from engine import Value", "from engine import Value as V, spread")
    helped = {**sources, "nn.py": taken.replace("Value(", "V(").replace("sum(", "spread(", 1)}
    helper = "def spread(*numbers):\n    return sum(*numbers)\n\n\nclass Value:"
    gone = changed(helped, "import math\n", "import math\nspread = 1\n")
    helped["engine.py"] = helped["engine.py"].replace("class Value:", helper)
    other = changed(helped, "return sum(*numbers)", "return sum(*numbers) + 0")
    assert gone >= TANH - {"value-tanh"}
    assert other == TANH - {"value-tanh"}
    assert changed(helped, "out.data**2", "out.data**3") >= TANH


NOT_COMPILED = [
    "break", "for x in y:\n    pass\nelse:\n    continue", "while x:\n    def g():\n        break",
    "nonlocal x", "g = 1\nglobal g", "x = *y", "*x, *y = z", "print(a=1, a=2)", "lambda a, a: 1", "__debug__ = 1",
    "from math import *", "from __future__ import division", "await x", "[(yield x) for x in y]",
    "try:\n    pass\nexcept:\n    pass\nexcept OSError:\n    pass",
    "match x:\n    case y:\n        pass\n    case z:\n        pass",
    "x.__debug__ = 1", "[x := 1 for x in y]", "class A:\n    return 1", "del __debug__", "import math as __debug__",
    "return [*x for x in y]",
]  # fmt: skip


@pytest.mark.parametrize("body", NOT_COMPILED)
def test_what_the_compiler_refuses_is_never_taken_to_be_well_formed(body):
    """It would stop the whole file, though the parser lets it pass."""
    source = f"def f():\n{textwrap.indent(body, '    ')}\n"
    with pytest.raises(SyntaxError):
        compile(source, "f.py", "exec")
    tree = tree_of(source)
    assert tree is None or not is_well_formed(tree.body[0])


def test_deep_nesting_is_in_doubt():
    """Python allows twenty blocks in each other, and the compiler has an end as well."""
    lines = "".join(f"{'    ' * depth}if x:\n" for depth in range(1, 21)) + f"{'    ' * 21}pass\n"
    long = f"    return {'-' * 300}x\n"
    assert [is_well_formed(tree_of(f"def f():\n{body}").body[0]) for body in (lines, long)] == [False, False]


@pytest.mark.parametrize("lecture", load().lectures, ids=lambda lecture: lecture.id)
def test_our_own_functions_are_well_formed(lecture):
    """So that progress is no coarser than it need be."""
    functions = [
        node
        for source in reference_sources(lecture).values()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef)
    ]
    assert len(functions) > 10
    assert [function.name for function in functions if not is_well_formed(function)] == []


def test_an_engine_that_hands_gradients_on_in_one_place(sources):
    """There the operations do not set what ours set, and rest on that place as well: on all files."""
    one_place = sources["engine.py"].replace("out._backward = _backward", "out.hand_on = _backward")
    assert one_place.count("out.hand_on") == 7
    own = {**sources, "engine.py": one_place.replace("v._backward()", "getattr(v, 'hand_on', int)()")}
    in_backward = changed(own, "self.grad = 1.0", "self.grad = 1.0 + 0.0")
    assert in_backward >= {"value-add", "value-exp", "value-neg-sub", "neuron", "value-backward"}
    assert changed(sources, "self.grad = 1.0", "self.grad = 1.0 + 0.0") == {"value-backward", "train-mlp"}


class Broken(ast.NodeTransformer):
    """All functions that are not among these places raise an exception."""

    def __init__(self, file, kept):
        self.file, self.kept, self.owner = file, kept, ""

    def visit_ClassDef(self, node):
        self.owner = node.name
        self.generic_visit(node)
        self.owner = ""
        return node

    def visit_FunctionDef(self, node):
        if (self.file, self.owner, node.name) not in self.kept:
            node.body = ast.parse("raise RuntimeError").body
        return node


@pytest.mark.parametrize("hand", [None, "slots", "terse"])
def test_an_exercise_passes_whatever_happens_to_what_it_does_not_rest_on(judge_of, hand):
    """In engines of several kinds: everything else raises, all at once."""
    lecture = load().lecture("1")
    files = {name: text.encode() for name, text in reference_sources(lecture).items()}
    if hand is not None:
        files = next(one.files for one in alternatives(lecture, load()) if one.student == hand)
    now, tried = Dependence(lecture, files), 0
    for exercise in lecture.exercises:
        parts = now.parts_of(exercise)
        if parts is None:
            continue
        kept = {part.place for part in parts}
        trees = {name: Broken(name, kept).visit(ast.parse(data)) for name, data in files.items()}
        broken = {name: ast.unparse(ast.fix_missing_locations(tree)).encode() for name, tree in trees.items()}
        report = judge_of(lecture, 1).examine(Submission("ada", lecture, broken), [exercise.id], hidden=False)
        assert report.status_of(exercise.id) == PASSED, exercise.id
        tried += broken != files
    assert tried == len(lecture.exercises) if hand is None else tried
