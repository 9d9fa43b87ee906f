"""What is not there at all is still to do, as a stub is, and takes nothing from what stands beside it."""

import ast

import pytest

from grader.course import load, reference_sources
from grader.judging.examiner import examiner
from grader.judging.findings import BLOCKED, ERRORED, FAILED, PASSED, TODO, Report
from grader.submission import Submission

SOLUTION = reference_sources(load().lecture("1"))["engine.py"]


@pytest.fixture(scope="module")
def judge():
    with examiner(load().lecture("1"), 1) as made:
        yield made


@pytest.fixture
def report(judge):
    """The public report on some exercises of our solution with definitions left out, and with other changes."""

    def made(exercises: list[str], file: str, absent: list[str], *changes: tuple[str, str]) -> Report:
        sources = reference_sources(judge.lecture)
        sources[file] = _without(sources[file], absent)
        for old, new in changes:
            assert old in sources[file]
            sources[file] = sources[file].replace(old, new)
        submission = Submission("ada", judge.lecture, {name: text.encode() for name, text in sources.items()})
        return judge.examine(submission, exercises, hidden=False)

    return made


def _without(source: str, names: list[str]) -> str:
    """The source without the functions and classes of these names."""
    lines = source.splitlines(keepends=True)
    left_out = [n for n in ast.walk(ast.parse(source)) if getattr(n, "name", "") in names]
    for node in left_out:
        assert isinstance(node, ast.FunctionDef | ast.ClassDef)
        lines[node.lineno - 1 : node.end_lineno] = [""] * (node.end_lineno - node.lineno + 1)
    return "".join(lines)


def told(report: Report) -> dict[str, set[str]]:
    """What each status says."""
    return {f.status: {other.message for other in report.findings if other.status == f.status} for f in report.findings}


def test_an_absent_method_is_still_to_do(report):
    assert told(report(["value-relu"], "engine.py", ["relu"])) == {
        TODO: {"Not written yet: there is no relu in Value."},
    }


@pytest.mark.parametrize(
    ("exercise", "method"),
    [("value-add", "__add__"), ("value-pow", "__pow__"), ("value-neg-sub", "__neg__")],
)
def test_an_absent_operator_is_too(report, exercise, method):
    assert {f"Not written yet: there is no {method} in Value."} == told(report([exercise], "engine.py", [method]))[TODO]


def test_an_absent_class_and_an_absent_function_are_too(report):
    assert told(report(["layer"], "nn.py", ["Layer"])) == {TODO: {"Not written yet: there is no Layer in nn.py."}}
    assert told(report(["softmax"], "softmax.py", ["softmax"])) == {
        TODO: {"Not written yet: there is no softmax in softmax.py."}
    }


def test_who_needs_what_is_absent_waits_for_it(report):
    findings = report(["mlp"], "nn.py", ["Layer"]).findings
    waiting = {f.blocked_by for f in findings if f.status == BLOCKED}
    assert waiting == {"layer"}


@pytest.mark.parametrize("elsewhere", ["def relu(self):\n    return self", "NAMES = ['relu']", "from math import *"])
def test_what_stands_in_another_place_is_not_absent(report, elsewhere):
    """It is not said of what may have been written, and went wrong in another way."""
    found = told(report(["value-relu"], "engine.py", ["relu"], ("import math\n", f"import math\n{elsewhere}\n")))
    assert ERRORED in found
    assert TODO not in found


def test_a_missing_sibling_does_not_take_the_name_away(report):
    """What can be run of an exercise is explained by itself."""
    change = ("return self + (-other)", "return self + other")
    found = report(["value-neg-sub"], "engine.py", ["__rsub__"], change)
    assert {f.status for f in found.findings} == {FAILED}
    assert {m.id for f in found.findings for m in f.misconceptions} == {"sub-adds"}


@pytest.mark.parametrize(
    ("absent", "named"), [(["__rmul__"], "reflected-times-missing"), (["__radd__", "__rmul__"], "reflected-missing")]
)
def test_what_is_absent_is_a_known_mistake_where_one_is_just_that(report, absent, named):
    findings = report(["value-reflected"], "engine.py", absent).findings
    assert {m.id for f in findings if f.status == ERRORED for m in f.misconceptions} == {named}


def test_nor_does_a_stub_beside_it(report):
    change = ("return self + (-other)", "return self + other")
    stub = ("return (-self) + other", 'raise NotImplementedError("value-neg-sub")')
    found = report(["value-neg-sub"], "engine.py", [], change, stub)
    assert {m.id for f in found.findings if f.status == FAILED for m in f.misconceptions} == {"sub-adds"}


def test_what_does_not_need_the_missing_one_passes(report):
    statuses = {f.test: f.status for f in report(["value-div"], "engine.py", ["__rtruediv__"]).findings}
    assert statuses["gradients_of_a_quotient"] == PASSED
    assert statuses["quotient"] == TODO


BACKWARD = SOLUTION[SOLUTION.index("        # topological order") :]
NO_BACKWARD = (BACKWARD, '        raise NotImplementedError("value-backward")\n')


def test_without_a_sweep_a_closure_that_was_called_too_early_is_named(report):
    """An operation is judged by itself, whether or not backward() is there yet."""
    early = ("out._backward = _backward\n", "out._backward = _backward()\n")
    found = report(["value-mul"], "engine.py", [], NO_BACKWARD, early).findings
    assert {f.status for f in found} == {PASSED, ERRORED}
    assert {m.id for f in found for m in f.misconceptions if f.status == ERRORED} == {"closure-called-early"}


def test_without_a_sweep_leaves_may_have_no_closure(report):
    leaf = ("self._backward = lambda: None", "self._backward = None")
    found = report(["value-mul", "value-tanh"], "engine.py", [], NO_BACKWARD, leaf)
    assert {f.status for f in found.findings} == {PASSED}


def test_without_a_sweep_closures_of_another_kind_wait_for_it(report):
    """What they are to be called with is known to the student's own backward() alone."""
    takes = ("def _backward():", "def _backward(g):")
    found = report(["value-add"], "engine.py", [], NO_BACKWARD, takes, ("+= out.grad", "+= g")).findings
    assert {(f.status, f.blocked_by) for f in found if f.status != PASSED} == {(BLOCKED, "value-backward")}
