"""Draw an expression through the student's own engine, with every value and gradient; wrong gradients are outlined.

The student's code computes numbers in the worker; the picture is made on this side, from plain data.
"""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.compare import first_difference, show
from grader.course import Lecture
from grader.diagnose import Case
from grader.errors import UsageError
from grader.probes import expressions, lecture1_micrograd
from grader.report import messages
from grader.sandbox import Sandbox
from grader.subjects import RETURNED, Observation, Reference, Sandboxed
from grader.writing import write_whole

WRONG = {"color": "#a01c1c", "penwidth": "2.5", "fontcolor": "#a01c1c"}


@dataclass(frozen=True)
class Drawing:
    """The graph as DOT source, and the nodes whose data or gradient is not what is expected."""

    source: str
    wrong: tuple[str, ...]


def draw(lecture: Lecture, files: dict[str, str], program: str, at: dict[str, float]) -> Drawing:
    """Observe the program on the student's engine and on ours, and lay both into one graph. Raises UsageError."""
    steps = _steps(program, at)
    probe, inputs = lecture1_micrograd.graph, {"program": program, "at": at}
    with Sandbox(lecture.id) as box:
        subject = Sandboxed(box, files)
        yours = subject.observe(probe, inputs)
        subject.end()
    expected = Reference(lecture).observe(probe, inputs)
    if expected.kind != RETURNED:
        raise UsageError(f"That expression cannot be computed: {expected.type}: {expected.text}.")
    if yours.kind != RETURNED:
        raise UsageError(f"Your engine cannot compute this yet.\n{_why(probe, inputs, yours, expected)}")
    return _graph(steps, at, yours.value, expected.value)


def _steps(program: str, at: dict[str, float]) -> list[expressions.Step]:
    try:
        steps = expressions.parse(program, lecture1_micrograd.METHODS)
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


def _graph(steps: list[expressions.Step], at: dict[str, float], yours: Any, expected: Any) -> Drawing:
    from graphviz import Digraph

    dot = Digraph(
        graph_attr={"rankdir": "LR"},
        node_attr={"fontname": "DejaVu Sans, Helvetica, Arial", "fontsize": "11"},
    )
    wrong = []
    for name in [*at, *(step.target for step in steps)]:
        label, right = _label(name, yours[name], expected[name])
        dot.node(name, label=label, shape="record", **({} if right else WRONG))
        if not right:
            wrong.append(name)
    for order, step in enumerate(reversed(steps), 1):
        _operation(dot, step, order)
    return Drawing(dot.source, tuple(wrong))


def _operation(dot: Any, step: expressions.Step, order: int) -> None:
    """The operation's own node, with its place in the backward sweep, and the arrows into and out of it."""
    node = f"op_{step.target}"
    dot.node(node, label=f"{step.sign}\n{order}", shape="circle", tooltip=f"number {order} in the backward sweep")
    dot.edge(node, step.target)
    for i, operand in enumerate(step.operands):
        if not isinstance(operand, str):
            dot.node(f"{node}_{i}", label=str(operand), shape="plaintext")
        dot.edge(operand if isinstance(operand, str) else f"{node}_{i}", node)


def _label(name: str, yours: Any, expected: Any) -> tuple[str, bool]:
    fields, right = [name], True
    for what, mine, theirs in zip(("data", "grad"), yours, expected, strict=True):
        if first_difference(mine, theirs, lecture1_micrograd.ROUNDING) is None:
            fields.append(f"{what} {theirs:.4f}")
        else:
            right = False
            fields.append(f"{what}: yours {_plain(mine)}\\nexpected {theirs:.4f}")
    return f"{{ {' | '.join(fields)} }}", right


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
