"""Draw an expression through the student's own engine, with every value and gradient; wrong gradients are outlined.

The student's code computes numbers in the worker; the picture is made on this side, from plain data.
"""

import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from grader.course import Course, Lecture
from grader.course.whole_files import write_whole
from grader.errors import UsageError
from grader.inside import expressions
from grader.inside.probe import Probe, Tolerance
from grader.judging import messages
from grader.judging.case import Case
from grader.judging.comparison import first_difference, show
from grader.judging.recorded.answers import UNKNOWN
from grader.judging.sides import our_solution
from grader.sandbox import Sandbox
from grader.sandbox.observation import RETURNED, Observation
from grader.sandbox.sandboxed import Sandboxed

WRONG = {"color": "#a01c1c", "penwidth": "2.5", "fontcolor": "#a01c1c"}


@dataclass(frozen=True)
class Expressions:
    """How a lecture's code is drawn: what computes a program's nodes, which functions it may call, how far numbers may
    lie apart, and the program that is drawn if none is given."""

    probe: Probe
    functions: Mapping[str, Callable[[Any], Any]]
    rounding: Tolerance
    example: str
    at: Mapping[str, float]


@dataclass(frozen=True)
class Drawing:
    """A program's graph as DOT source, and the nodes whose data or gradient is not what is expected."""

    program: str
    source: str
    wrong: tuple[str, ...]


def drawing_lecture(course: Course) -> tuple[Lecture, Expressions]:
    """The first lecture whose pictures say how an expression is drawn. Raises UsageError if there is none."""
    for lecture in course.lectures:
        name = f"grader.lectures.{lecture.id}.pictures"
        found = getattr(import_module(name), "EXPRESSIONS", None) if find_spec(name) else None
        if isinstance(found, Expressions):
            return lecture, found
    raise UsageError("No lecture of this course draws expressions. The pictures of a lecture: grader draw LECTURE")


def draw(
    lecture: Lecture, way: Expressions, files: dict[str, str], program: str = "", at: Mapping[str, float] | None = None
) -> Drawing:
    """Observe the program on the student's engine and on ours, and lay both into one graph. Raises UsageError.

    Without a program it is the lecture's example; without numbers, the example has its own.
    """
    program = program or way.example
    at = dict(at or (way.at if program == way.example else {}))
    steps = _steps(program, at, way)
    probe, inputs = way.probe, {"program": program, "at": at}
    with Sandbox(lecture.id) as box, Sandboxed(box, files) as subject:
        yours = subject.observe(probe, inputs)
    expected = our_solution(lecture).observe(probe, inputs)
    if expected is UNKNOWN:  # a student kit knows the example alone: another program is drawn as it is
        expected = yours
    if expected.kind != RETURNED:
        raise UsageError(f"That expression cannot be computed: {expected.type}: {expected.text}.")
    if yours.kind != RETURNED:
        raise UsageError(f"Your engine cannot compute this yet.\n{_why(probe, inputs, yours, expected)}")
    return Graph(way.rounding, yours.value, expected.value).drawing(program, steps, at)


def _steps(program: str, at: Mapping[str, float], way: Expressions) -> list[expressions.Step]:
    try:
        steps = expressions.parse(program, way.functions)
    except expressions.BadExpression as error:
        raise UsageError(f"That expression cannot be drawn: {error}.") from None
    missing = [name for name in expressions.leaves(steps) if name not in at]
    if missing:
        raise UsageError(f'Give a number for {", ".join(missing)}, as in: grader draw "{program}" {missing[0]}=2.0')
    return steps


def _why(probe: Any, inputs: dict[str, Any], yours: Observation, expected: Observation) -> str:
    if yours.kind == "todo":
        return f"{yours.text or 'a stub'} is not written yet: grader hint {yours.text}"
    return messages.of_case(Case(probe, inputs, yours, expected))


@dataclass(frozen=True)
class Graph:
    """A program's nodes as both sides computed them, [data, grad] by name, to be laid into one drawing."""

    rounding: Tolerance
    yours: Mapping[str, Any]
    expected: Mapping[str, Any]

    def drawing(self, program: str, steps: list[expressions.Step], at: Mapping[str, float]) -> Drawing:
        """The nodes and operations of the program; a node that is not as expected is outlined."""
        from graphviz import Digraph

        dot = Digraph(
            graph_attr={"rankdir": "LR"},
            node_attr={"fontname": "DejaVu Sans, Helvetica, Arial", "fontsize": "11"},
        )
        wrong = []
        for name in [*at, *(step.target for step in steps)]:
            label, right = self._label(name)
            dot.node(name, label=label, shape="record", **({} if right else WRONG))
            if not right:
                wrong.append(name)
        for order, step in enumerate(reversed(steps), 1):
            _operation(dot, step, order)
        return Drawing(program, dot.source, tuple(wrong))

    def _label(self, name: str) -> tuple[str, bool]:
        fields, right = [name], True
        for what, mine, theirs in zip(("data", "grad"), self.yours[name], self.expected[name], strict=True):
            if first_difference(mine, theirs, self.rounding) is None:
                fields.append(f"{what} {theirs:.4f}")
            else:
                right = False
                fields.append(f"{what}: yours {_plain(mine)}\\nexpected {theirs:.4f}")
        return f"{{ {' | '.join(fields)} }}", right


def _operation(dot: Any, step: expressions.Step, order: int) -> None:
    """The operation's own node, with its place in the backward sweep, and the arrows into and out of it."""
    node = f"op_{step.target}"
    dot.node(node, label=f"{step.sign}\n{order}", shape="circle", tooltip=f"number {order} in the backward sweep")
    dot.edge(node, step.target)
    for i, operand in enumerate(step.operands):
        if not isinstance(operand, str):
            dot.node(f"{node}_{i}", label=str(operand), shape="plaintext")
        dot.edge(operand if isinstance(operand, str) else f"{node}_{i}", node)


def _plain(value: Any) -> str:
    """A student's value in a record label, where braces, bars and angles have a meaning."""
    if isinstance(value, float | int):
        return f"{value:.4f}"
    return "".join(f"\\{c}" if c in '{}|<>"\\' else c for c in show(value))


def save(drawing: Drawing, file: Path) -> tuple[Path, str]:
    """Write the drawing as SVG, or as DOT source where there is no `dot` program; returns where, and a remark."""
    dot = shutil.which("dot")
    if file.suffix == ".dot" or dot is None:
        target = file.with_suffix(".dot")
        write_whole(target, drawing.source.encode())
        if file.suffix == ".dot":
            return target, ""
        return (
            target,
            "The program `dot` of graphviz is not installed, so this is DOT source: any graphviz viewer shows it.",
        )
    made = subprocess.run([dot, "-Tsvg"], input=drawing.source.encode(), capture_output=True, timeout=30, check=False)
    if made.returncode:
        raise UsageError(f"`dot` could not draw this: {made.stderr.decode(errors='replace')[:200].strip()}")
    write_whole(file.with_suffix(".svg"), made.stdout)
    return file.with_suffix(".svg"), ""
