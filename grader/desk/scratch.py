"""The smallest failing case as a script beside the student's modules, for an editor's debugger: inputs, and no answer.

One that the student has changed is the student's: the next is written beside it.
"""

import ast
import math
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from pprint import pformat
from typing import Any

import grader.inside.probes
from grader.course import Exercise, Lecture, names
from grader.course.kept_copies import FOLDER, read_if_there
from grader.course.probe_needs import probe_folder
from grader.course.safe_text import clean
from grader.course.whole_files import write_whole
from grader.desk.typed import Typed
from grader.inside import plain
from grader.judging import messages
from grader.judging.case import Case
from grader.submission.near_names import SCRATCH

WRITTEN = f"{FOLDER}/replays"  # what was written, as long as it is what was written
OURS = Path(grader.inside.probes.__file__).parent
PLACE = re.compile(r"([A-Za-z_]\w*)\.[A-Za-z_]\w*")
MOST_SHOWN = 2_000


class Source(str):
    """Text that stands in a script as it is, and not in quotes."""

    def __repr__(self) -> str:
        return str(self)


def write_script(root: Path, exercise: Exercise, lecture: Lecture, case: Case, lines: Typed) -> str:
    """Write the script; where it lies in the course folder. Nothing that the student has changed is replaced."""
    for name in _names(exercise):
        place = f"{lecture.id}/{name}"
        there = read_if_there(root / place)
        if there is None or there == read_if_there(root / WRITTEN / place):
            data = script(name, exercise, lecture, case, lines).encode("utf-8", "backslashreplace")
            write_whole(root / WRITTEN / place, data)
            write_whole(root / place, data)
            return place
    raise AssertionError("there is always a next name")


def _names(exercise: Exercise) -> Iterator[str]:
    stem = f"{SCRATCH}{exercise.id.replace('-', '_')}"
    yield f"{stem}.py"
    yield from (f"{stem}_{number}.py" for number in count(2))


def script(name: str, exercise: Exercise, lecture: Lecture, case: Case, lines: Typed) -> str:
    """The text of it."""
    program = _as_typed(case, lines) or _as_measured(lecture, case)
    return "\n".join([*_head(name, exercise, case), "", *program, ""])


def _head(name: str, exercise: Exercise, case: Case) -> list[str]:
    shown = clean(messages.inputs(case), MOST_SHOWN).replace("\\", "/").replace('"""', "'''")
    return [
        f'"""The smallest case in which {exercise.id} failed:',
        "",
        f"    {shown}",
        "",
        f"Run it with `python {name}`, or in your editor's debugger. `grader check {exercise.id} --replay` writes it.",
        "It is not handed in. What you change in it stays.",
        '"""',
    ]


def _as_typed(case: Case, lines: Typed) -> list[str]:
    """The program as one types it, and a look at what differs; empty where that is not all of the case."""
    found = messages.difference(case)
    place = PLACE.fullmatch(found.where) if found else None
    statements = [ast.unparse(node) for node in ast.parse(lines.program).body] if lines.runs else []
    is_named = place and any(line.startswith(f"{place[1]} = ") for line in statements)
    if not found or lines.remark or not is_named:
        return []
    imports = [f"from {module} import *" for module in case.probe.modules]
    return [*imports, "", *statements, "", f'print("{found.where} =", {found.where})']


def _as_measured(lecture: Lecture, case: Case) -> list[str]:
    """What the check does with the modules: the kit's own measurement, which may be stepped into as well."""
    needed = names.needed_by(lecture.id)
    inputs = pformat(_written(dict(case.inputs)), width=100, sort_dicts=False)
    modules = ", ".join(f'"{module}": {module}' for module in case.probe.modules)
    return [
        *_imports(lecture, inputs, bool(needed)),
        "",
        *_borrowing(lecture),
        *(f"import {module}" for module in case.probe.modules),
        "",
        *([f"names.read({str(needed.path)!r})"] if needed else []),
        f'measure = REGISTRY["{case.probe.name}"]',
        f"inputs = {inputs}",
        "",
        "# what the check does with your modules; your own functions are called from here",
        f"print(measure({{{modules}}}, inputs))",
    ]


def _imports(lecture: Lecture, inputs: str, with_names: bool) -> list[str]:
    folder = probe_folder(lecture.id).parent
    elsewhere = folder.resolve() != OURS.resolve()
    return [
        *(["import grader.inside.probes"] if elsewhere else []),
        *(["from grader.inside import names"] if with_names else []),
        *(["from grader.inside.plain import Array"] if "Array(" in inputs else []),
        "from grader.inside.probe import REGISTRY",
        *([f"grader.inside.probes.__path__.insert(0, {str(folder.resolve())!r})"] if elsewhere else []),
        f"import grader.inside.probes.{lecture.id}",
    ]


def _borrowing(lecture: Lecture) -> list[str]:
    """Where modules of an earlier lecture are found, behind those that lie beside the script."""
    if not lecture.borrows:
        return []
    folders = [
        f'sys.path.append(str(Path(__file__).resolve().parents[1] / "{id}"))' for id in set(lecture.borrows.values())
    ]
    return ["import sys", "from pathlib import Path", "", *sorted(folders)]


def _written(value: Any) -> Any:
    """Inputs as they are written in a program."""
    if isinstance(value, dict):
        return {_written(key): _written(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(_written, value))
    if isinstance(value, float) and not math.isfinite(value):
        return Source(f'float("{value}")')
    if isinstance(value, plain.Array):
        return Source(f"Array({value.dtype!r}, {value.shape!r}, {value.data!r})")
    return value
