"""Lectures as notebooks: text from the README and the stubs, a cell for each exercise, and one that checks it.

`write_notebooks` is what `grader stubs --notebook` calls, and whoever else hands notebooks out. They are made of the
stubs alone. The same course gives the same bytes.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from grader.course.cells import ModuleCell, introduction, lecture_cells
from grader.course.merging import Merge, Unreadable
from grader.course.reading import load
from grader.course.records import Exercise, Lecture
from grader.course.stubs import stubs_of
from grader.course.upgrade import Brought, bring

NOTEBOOK = ".ipynb"
SECTION = re.compile(r"^## (?=.)", re.MULTILINE)
LEFT_OUT = ("The exercises", "How to work", "See your own pictures")  # said here in other words, or seen here
LAST = ("Read next",)
HOW = """## How to work here

Run the cells from the top. Each exercise has a cell with its statement: replace the line that raises
`NotImplementedError` and run the cell. The cell below it, `%check`, tells what your code does. `%hint {first}` gives a
hint, and the next one with every call. Whoever comes back on another day runs all cells above first.

A cell that begins with the name of a file, as `# {module}`, belongs to that module and is handed in as it stands.
Cells of your own are free: try things there, plot, train. What a module uses of them is taken too. To hand in, save
the notebook and run `grader pack {number}` in the folder around this one, or hand in the notebook itself.

`%load_ext grader` needs the kit in the Python that runs this notebook. Where that is on another machine, install the
kit there first."""
GOES_ON = """

A class with several exercises goes on from cell to cell: `class {name}({name}):` adds to what it had so far. When you
have changed its first cell, run the others again too."""
HAND_IN = "Hand in the file `{file}` beside this notebook; the README of this lecture says how it is made."


def notebook_of(lecture: Lecture, stubs: Mapping[str, str], readme: str) -> str:
    """The notebook of a lecture as text, by the newest form of the format: every cell has an id that stays."""
    import nbformat  # slow to import
    from nbformat import v4

    made = v4.new_notebook(cells=[_as_node(v4, *cell) for cell in _cells(lecture, stubs, readme)])  # type: ignore[no-untyped-call]
    made.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    nbformat.validate(made)
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def _as_node(v4: Any, id: str, source: str, is_code: bool) -> Any:
    return v4.new_code_cell(source, id=id) if is_code else v4.new_markdown_cell(source, id=id)


def _cells(lecture: Lecture, stubs: Mapping[str, str], readme: str) -> Iterator[tuple[str, str, bool]]:
    """Id, text and whether it is code, of each cell in order."""
    first, last = _sections(readme)
    yield "page-lecture", first, False
    how = HOW.format(first=lecture.exercises[0].id, module=lecture.modules[0], number=lecture.number)
    yield "page-how", how + _of_classes(lecture, stubs), False
    yield "page-kit", "%load_ext grader", True
    for module, cells in lecture_cells(lecture, stubs).items():
        yield f"module-{module[:-3]}", f"## {module}\n\n{_as_markdown(introduction(stubs[module]))}".rstrip(), False
        for number, cell in enumerate(cells, 1):
            yield from _of_module(lecture, cell, f"given-{module[:-3]}-{number}")
    for exercise in lecture.exercises:
        if exercise.is_data:
            yield f"about-{exercise.id}", f"{_heading(exercise)}\n\n{HAND_IN.format(file=exercise.file)}", False
            yield f"check-{exercise.id}", f"%check {exercise.id}", True
    if last:
        yield "page-next", last, False


def _of_classes(lecture: Lecture, stubs: Mapping[str, str]) -> str:
    """What is to be known where a class stands in several cells."""
    codes = "\n".join(cell.code for cells in lecture_cells(lecture, stubs).values() for cell in cells)
    found = re.search(r"^class (\w+)\(\1\):", codes, re.MULTILINE)
    return GOES_ON.format(name=found[1]) if found else ""


def _of_module(lecture: Lecture, cell: ModuleCell, given: str) -> Iterator[tuple[str, str, bool]]:
    """An exercise: a line about it, its cell, its check. What is given has a cell alone."""
    if not cell.exercise:
        yield given, cell.source, True
        return
    exercise = next(one for one in lecture.exercises if one.id == cell.exercise)
    yield f"about-{exercise.id}", _heading(exercise), False
    yield exercise.id, cell.source, True
    yield f"check-{exercise.id}", f"%check {exercise.id}", True


def _heading(exercise: Exercise) -> str:
    points = "1 point" if exercise.points == 1 else f"{exercise.points} points"
    needs = f" Needs {', '.join(f'`{id}`' for id in exercise.needs)}." if exercise.needs else ""
    return f"### {exercise.id}\n\n{exercise.title}, {points}.{needs}"


def _sections(readme: str) -> tuple[str, str]:
    """What of a README comes first in its notebook, and what comes last."""
    top, *sections = SECTION.split(readme)
    kept = [part for part in sections if not part.startswith(LEFT_OUT)]
    first, last = ([s for s in kept if s.startswith(LAST) is at_end] for at_end in (False, True))
    return "## ".join([top, *first]).strip(), "".join(f"## {part}" for part in last).strip()


def _as_markdown(text: str) -> str:
    """A docstring as Markdown: what is indented is a block, and signs that mean something there are themselves."""
    blocks = [(indented, "\n".join(lines)) for indented, lines in groupby(text.split("\n"), _is_indented)]
    return "".join(f"\n\n{block}\n\n" if indented else _as_prose(block) for indented, block in blocks).strip()


def _is_indented(line: str) -> bool:
    return line.startswith("    ")


def _as_prose(text: str) -> str:
    parts = re.split(r"(`[^`]*`)", text)
    signs = re.compile(r"([\\*<]|(?<!\w)_|_(?!\w))")
    return "".join(part if part.startswith("`") else signs.sub(r"\\\1", part) for part in parts)


# ---- files


def write_notebooks(folder: Path, lectures: Iterable[Lecture] = ()) -> Brought:
    """Write the notebook of each lecture, or of all, below `folder`; says what was done.

    One that is there keeps all its cells, and gets those that are new. Raises UsageError if something cannot be read
    or written.
    """
    chosen = tuple(lectures) or load().lectures
    files = {f"{one.id}/{one.id}{NOTEBOOK}": text_of_lecture(one) for one in chosen}
    return bring(folder, files, {NOTEBOOK: with_new_cells})


def text_of_lecture(lecture: Lecture) -> str:
    """The notebook of a lecture of the course in use."""
    readme = load().folders.exercises / lecture.id / "README.md"
    return notebook_of(lecture, stubs_of(lecture), readme.read_text(encoding="utf-8"))


def with_new_cells(theirs: str, base: str | None, new: str) -> Merge | Unreadable:
    """A student's notebook with the cells that are new, each behind the one that it follows in ours."""
    try:
        whole = json.loads(theirs)
        cells, known = whole["cells"], {cell.get("id") for cell in whole["cells"]}
    except (ValueError, TypeError, KeyError, AttributeError):
        return Unreadable()
    seen = known | ({cell["id"] for cell in json.loads(base)["cells"]} if base else set())
    before, added = None, []
    for cell in json.loads(new)["cells"]:
        if cell["id"] not in seen:
            at = next((at for at, one in enumerate(cells, 1) if one.get("id") == before), len(cells))
            cells.insert(at, cell)
            added += [cell["id"]] if cell["cell_type"] == "code" else []
        before = cell["id"] if cell["id"] not in seen or cell["id"] in known else before
    same = not added or None in known  # an older form, without ids: nobody knows which cells are there
    return Merge(theirs if same else json.dumps(whole, indent=1, ensure_ascii=False) + "\n", added)
