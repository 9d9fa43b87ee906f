"""What torch says of the commonest slips, in plain words beside it."""

import re

import pytest
import torch
import torch.nn.functional as F
from command_kit import run

from grader.course import load, reference_sources
from grader.inside.probe import EXACT, Probe
from grader.judging import messages
from grader.judging.case import Case
from grader.report.as_html import to_html
from grader.report.in_words import RECORDED, in_words
from grader.sandbox.observation import RAISED, RETURNED, Observation
from grader.submission import Submission

X, C = torch.tensor([0, 2]), torch.ones((3, 2))


def stepped(change):
    p = torch.ones(2, requires_grad=True)
    p.sum().backward()
    change(p)


def subtract(p):
    p -= 0.1 * p.grad


def through_a_view(p):
    q = p.view(2)
    q += p.grad


SLIPS = {
    "a step that is recorded": (lambda: stepped(subtract), RECORDED),
    "through a view": (lambda: stepped(through_a_view), RECORDED),
    "an entry": (lambda: stepped(lambda p: p.__setitem__(0, 1.0)), RECORDED),
    "one-hot rows": (lambda: F.one_hot(X, 3) @ C, "whole numbers (int64) and floats (float32)"),
    "one-hot rows of a float64 table": (lambda: F.one_hot(X, 3).float() @ C.double(), "(float32) and floats (float64)"),
    "a row times a column": (lambda: F.one_hot(X, 3)[0] @ C[:, 0], "whole numbers (int64) and floats (float32)"),
    "rows times a column": (lambda: F.one_hot(X, 3) @ C[:, 0], "whole numbers (int64) and floats (float32)"),
    "a layer": (lambda: F.linear(F.one_hot(X, 3), C.T, C[0]), "whole numbers (int64) and floats (float32)"),
}


@pytest.mark.parametrize(("slip", "said"), SLIPS.values(), ids=SLIPS)
def test_what_this_torch_says_is_said_in_words(slip, said):
    """The slip itself is made, so that another torch with other words is noticed."""
    with pytest.raises(RuntimeError) as raised:
        slip()
    assert in_words(f"RuntimeError: {raised.value}").endswith(f"{said}." if "(" in said else said)


def said_of(change):
    with pytest.raises((RuntimeError, IndexError)) as raised:
        change()
    return in_words(f"{raised.type.__name__}: {raised.value}")


def test_of_anything_else_nothing_is_said():
    """Only what torch's text makes certain."""
    assert said_of(lambda: C @ C) == said_of(lambda: C[X.float()]) == said_of(lambda: C.sum().backward()) == ""
    assert in_words("RuntimeError: expected m1 and m2 to have the same dtype, but got: float != float") == ""
    assert in_words("RuntimeError: expected m1 and m2 to have the same dtype, but got: float != quaternion") == ""
    assert in_words("ValueError: a leaf Variable that requires grad is being used in an in-place operation.") == ""


WRONG = ("p.data += -lr * p.grad  ", "p += -lr * p.grad  ")


def test_a_student_reads_both(course_folder):
    """In the check, torch's sentence first, and then the line."""
    for name, text in reference_sources(load().lecture("3")).items():
        assert name != "mlp.py" or WRONG[0] in text
        (course_folder / "lecture3_mlp" / name).write_text(text.replace(*WRONG), encoding="utf-8")
    text = " ".join(run("check", "sgd-step", cwd=course_folder).stdout.split())
    parts = [
        "RuntimeError: a",
        "in-place operation.",
        RECORDED,
        "at lecture3_mlp/mlp.py:",
        "p += -lr * p.grad",
        "Hint:",
    ]
    assert sorted(parts, key=text.index) == parts


def test_the_page_says_it_too(judge_of):
    """Wherever the exception stands; `report.json` keeps what torch said alone."""
    lecture = load().lecture("3")
    files = {name: text.replace(*WRONG).encode() for name, text in reference_sources(lecture).items()}
    report = judge_of(lecture, 1).examine(Submission("ada", lecture, files), ["sgd-step"])
    page = to_html(report)
    assert page.count(RECORDED) == len(re.findall("in-place operation", page)) > 2
    assert not any(RECORDED in finding.message for finding in report.findings)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("BdbQuit", "nobody sits at it"),
        ("EOFError: EOF when reading a line", "waits for somebody who types"),
        ("FileNotFoundError: [Errno 2] No such file or directory: 'names.txt'", "finds no file names.txt"),
        ("FileNotFoundError: [Errno 2] No such file or directory: '/etc/a'", ""),
        ("EOFError: something of one's own", ""),
    ],
)
def test_what_was_left_in_is_said_in_words(line, said):
    """A debugger, a question to whoever types, a file that is not there; nothing of what only looks like these."""
    found = in_words(line)
    assert said in found if said else found == ""


class PrintsItself:
    """A method that prints what it has to return."""

    def __repr__(self):
        print("Value(data=2.0)")


@pytest.mark.parametrize(("printed", "is_said"), [("Value(data=2.0)\n", True), ("", False)])
def test_a_method_that_prints_in_place_of_returning_is_told_so(printed, is_said):
    """Python's own sentence of it makes that certain; without anything printed it is not."""
    with pytest.raises(TypeError) as raised:
        repr(PrintsItself())
    yours = Observation(RAISED, type="TypeError", text=str(raised.value), printed=printed)
    shown = Probe("lecture.text", (), repr, EXACT, 1.0, lambda: "repr(v)")
    told = messages.of_case(Case(shown, {}, yours, Observation(RETURNED, "")))
    assert ("Something was printed and nothing returned: what print shows goes no further." in told) is is_said
