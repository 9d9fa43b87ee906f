"""Rules read from the syntax tree: forbidden packages are found however they are imported, and nothing is executed."""

import bisect
from concurrent.futures import ThreadPoolExecutor

import pytest

from grader.course.rules import defined, forbidden_import, forbidden_use
from grader.submission import MAX_FILE

FORBIDDEN = ("torch", "numpy")


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("import torch", "torch"),
        ("import math, torch", "torch"),
        ("import torch.nn as nn", "torch.nn"),
        ("from torch import nn", "torch"),
        ("from torch.nn import functional as F", "torch.nn"),
        ("from numpy import *", "numpy"),
        ("def f():\n    import torch", "torch"),
        ("class A:\n    import torch", "torch"),
        ("try:\n    import torch\nexcept ImportError:\n    torch = None", "torch"),
        ("if False:\n    import torch", "torch"),
        ("async def f():\n    from torch import nn", "torch"),
        ("__import__('torch')", "torch"),
        ("x = __import__('torch.nn').nn", "torch.nn"),
        ("import importlib\nimportlib.import_module('torch')", "torch"),
        ("from importlib import import_module\nimport_module('numpy.linalg')", "numpy.linalg"),
        ("import builtins\nbuiltins.__import__('torch')", "torch"),
    ],
)
def test_a_forbidden_package_is_found(source, name):
    """Whichever way it is imported, and wherever in the file."""
    assert name == forbidden_import(source, FORBIDDEN)[0]


@pytest.mark.parametrize("call", ["importlib.import_module(name='torch')", "__import__(name='torch')"])
def test_a_forbidden_package_is_found_by_keyword(call):
    """An argument may be given by its name."""
    assert forbidden_import(f"import importlib\n{call}", FORBIDDEN) is not None


@pytest.mark.parametrize(
    "source",
    [
        "",
        "import math\nimport random",
        "import torchvision",
        "import my.torch",
        "from . import torch",
        "from .torch import nn",
        "# import torch",
        "'''\nimport torch\n'''",
        "torch = 1\ntorch.nn",
        "print('import torch')",
        "import_module(torch)",
        "__import__()",
        "__import__(7)",
    ],
)
def test_what_is_no_import_of_a_forbidden_package_is_allowed(source):
    """Other packages, the student's own modules, comments and texts break no rule."""
    assert forbidden_import(source, FORBIDDEN) is None


def test_nothing_is_forbidden_where_there_is_no_rule():
    """Most files may import what they like."""
    assert forbidden_import("import torch", ()) is None


def test_the_line_of_the_first_import_is_told():
    """The student can go there."""
    assert forbidden_import("x = 1\n\nimport math\nimport numpy.linalg\n", FORBIDDEN) == ("numpy.linalg", 4)


@pytest.mark.parametrize("source", ["import torch\nx = (", "def", "\0", "import torch\n\0", "  import torch\n x"])
def test_a_source_that_does_not_parse_breaks_no_rule(source):
    """It fails by itself when it is run, with a better message."""
    assert forbidden_import(source, FORBIDDEN) is None


def test_a_dubious_source_warns_nobody():
    """What Python has to say about a student's code is not said to the grader."""
    assert forbidden_import("import torch\nx = '\\d' is 1\n", FORBIDDEN) == ("torch", 1)


def test_reading_executes_nothing(tmp_path):
    """The tree is looked at, never run."""
    trap = tmp_path / "sprung"
    forbidden_import(f"open({str(trap)!r}, 'w').close()\nimport torch", FORBIDDEN)
    assert not trap.exists()


@pytest.mark.parametrize("length", [300_000, MAX_FILE])
def test_a_long_source_has_no_way_around_the_rule(length):
    """A file as long as may be handed in, padded with comments, is still read."""
    source = "import torch\n"
    assert forbidden_import(source + "#" * (length - len(source)), FORBIDDEN) is not None


def nested(terms: int, statement: str = "import torch") -> str:
    return f"{statement}\nx = " + "+".join(["y"] * terms)


def runs(source: str) -> bool:
    """Whether Python can run this where little else is on the stack, as in a worker."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(compile, source, "engine.py", "exec").exception() is None


DEEPEST = bisect.bisect_left(range(50_000), True, lo=100, key=lambda terms: not runs(nested(terms))) - 1


@pytest.mark.parametrize("spare", [0, 10, 100])
def test_a_deep_source_has_no_way_around_the_rule(spare):
    """What a worker can still run, the rule has to read: an expression nested to the limit hides no import."""
    assert forbidden_import(nested(DEEPEST - spare), FORBIDDEN) is not None


@pytest.mark.parametrize(
    "statement",
    ["import math, torch", "x = 1; import torch", "if 1: import torch", "__import__('torch')", "import\\\n torch"],
)
def test_a_deep_source_hides_no_other_form_of_import(statement):
    """Whichever way it is written."""
    assert forbidden_import(nested(DEEPEST - 10, statement), FORBIDDEN) is not None


# ---- names that an exercise's own code may not use

NAMES = ("backward", "autograd")


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("def f(x):\n    x.sum().backward()", 2),
        ("def f(x):\n    return torch.autograd.grad(x.sum(), x)", 2),
        ("def f(x):\n    from torch.autograd import grad\n    return grad(x, x)", 2),
        ("from torch.autograd import grad\ndef f(x):\n    return grad(x, x)", 1),
        ("import torch.autograd as ag\ndef f(x):\n    return ag.grad(x, x)", 1),
        ("def f(x):\n    getattr(x, 'backward')()", 2),
        ("def f(x):\n    importlib.import_module('torch.autograd')", 2),
        ("def g(x):\n    x.backward()\ndef f(x):\n    return g(x)", 2),
        ("walk = torch.Tensor.backward\ndef f(x):\n    walk(x)", 1),
        ("def g(x):\n    x.backward()\ndef f(x):\n    return [g(y) for y in x]", 2),
        ("def g(x):\n    x.backward()\n@wrapped\ndef f(x):\n    return (lambda: g(x))()", 2),
        ("def g(x):\n    x.backward()\ndef f(g):\n    def h():\n        global g\n        g()\n    h()", 2),
        ("class A:\n    def f(self, x):\n        x.backward()\ndef f(x):\n    A().f(x)", 3),
        ("async def f(x):\n    x.backward()", 2),
        ("def f(x):\n    (x\n     .backward)()", 3),
    ],
)
def test_a_forbidden_name_is_found(source, line):
    """Wherever the function uses it: itself, in what it calls, by import or in quotes."""
    name, found = forbidden_use(source, ["f"], NAMES)
    assert name in NAMES
    assert found == line


@pytest.mark.parametrize(
    "source",
    [
        "",
        "def f(:",
        "def f(x):\n    return x",
        "def f(x):\n    'no backward() here'\n    return x",
        "def f(x):\n    backward = x\n    return backward",
        "def f(x):\n    return x\nloss.backward()",
        "def f(x):\n    return x\ndef g(x):\n    x.backward()",
        "import torch.autograd\ndef f(x):\n    return torch.exp(x)",
        "from torch.autograd import grad\ndef f(x):\n    return x",
        "def f(x):\n    return x.backwards",
        "def g(x):\n    x.backward()\ndef f(g):\n    return g",
        "def g(x):\n    x.backward()\ndef f(x):\n    g = x\n    return g",
    ],
)
def test_what_no_exercise_reaches_may_use_any_name(source):
    """Who compares with torch below, as the lecture does, breaks no rule."""
    assert forbidden_use(source, ["f"], NAMES) is None


def test_a_method_of_ones_own_may_have_a_forbidden_name():
    """A layer with a method `backward` is a good way to write it."""
    source = "class Tanh:\n    def backward(self, d):\n        return d\ndef f(x):\n    return Tanh().backward(x)"
    assert defined(source) == {"backward", "f"}
    assert forbidden_use(source, ["f"], NAMES, defined(source)) is None


def test_what_stands_apart_answers_for_itself():
    """A function of another exercise costs its own points, and not those of what calls it."""
    source = "def g(x):\n    x.backward()\ndef f(x):\n    return g(x)"
    assert forbidden_use(source, ["f"], NAMES, apart={"g"}) is None
    assert forbidden_use(source, ["g"], NAMES, apart={"f"}) == ("backward", 2)


def test_a_method_is_looked_for_in_its_class():
    """Exercises may be methods."""
    assert forbidden_use("class A:\n    def f(self):\n        self.backward()", ["A.f"], NAMES) == ("backward", 3)


def test_no_name_is_forbidden_where_there_is_no_rule():
    """Most files have none."""
    assert forbidden_use("def f(x):\n    x.backward()", ["f"], ()) is None


def test_source_that_is_nested_too_deeply_comes_out_as_no_name():
    """It cannot be read, and nobody knows what it does."""
    assert forbidden_use(nested(DEEPEST - 10), ["f"], NAMES) == ("", 1)
    assert defined(nested(DEEPEST - 10)) == frozenset()
