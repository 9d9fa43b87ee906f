"""A notebook read as data: its code cells, and to which module each says that it belongs. Nothing in it is executed.

A cell belongs to engine.py if its first line is `# engine.py` or `%%writefile engine.py`. Cells of one module are
joined in their order, and each begins with a comment that tells which one it is. As in Jupyter, a second `%%writefile`
replaces what stood before it, and `%%writefile -a` adds to it.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from grader.course.safe_text import clean
from grader.errors import SubmissionError
from grader.submission.limits import MAX_FILE
from grader.submission.magics import as_python
from grader.submission.strict_json import strict_json

FORMAT = 4
AGAIN = "open it in Jupyter and save it again"
MOST_CELLS = 2_000
MOST_VALUES = 2_000_000  # numbers and texts in it; a picture is one
MOST_CONTAINERS = 200_000  # lists and objects in it: these need the memory
WRITEFILE = re.compile(
    r"%%(?:writefile|file)(?P<add>[ \t]+(?:-a|--append))?[ \t]+[\"']?(?P<path>[^\"'\s]+)[\"']?[ \t]*"
)
COMMENT = re.compile(r"#+[ \t]*(?:%%[ \t]*)?(?P<path>[\w./-]+\.py)[ \t]*:?[ \t]*")


@dataclass(frozen=True)
class Cell:
    """A code cell: the how-manieth it is, the path that its first line names, whether that replaces, and its text."""

    number: int
    path: str
    replaces: bool
    text: str


def code_cells(data: bytes, name: str) -> list[Cell]:
    """The code cells of a notebook, without outputs. Raises SubmissionError with one sentence about what is wrong."""
    if not data.strip():
        return []  # an editor's new notebook that was never saved
    sources = [cell["source"] for cell in _checked(_slim(data, name), name)["cells"] if cell["cell_type"] == "code"]
    if sum(map(len, sources)) > MAX_FILE:
        raise SubmissionError(f"{name} holds more than {MAX_FILE:,} characters of code")
    return [_cell(number, source.replace("\r\n", "\n")) for number, source in enumerate(sources, 1)]


def _cell(number: int, source: str) -> Cell:
    """The cell with its mark, if it has one, exchanged for a comment that tells where it is."""
    lines = source.split("\n")
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    written, marked = WRITEFILE.fullmatch(lines[first]), COMMENT.fullmatch(lines[first])
    mark = written or marked
    body = lines[first + 1 :] if mark else lines
    text = "\n".join([f"# code cell {number}", as_python("\n".join(body)), ""])
    return Cell(number, mark["path"] if mark else "", bool(written and not written["add"]), text)


def _slim(data: bytes, name: str) -> dict[str, Any]:
    """The notebook without outputs, attachments and metadata, which are large, often odd, and not needed."""
    if data.count(b",") > MOST_VALUES or data.count(b"{") + data.count(b"[") > MOST_CONTAINERS:
        raise SubmissionError(f"{name} holds far more than code and pictures; clear all outputs and save it again")
    try:
        notebook = strict_json(data, with_nan=True)
    except ValueError as error:
        raise SubmissionError(f"{name} is not a notebook ({error}); {AGAIN}") from None
    version = notebook.get("nbformat") if isinstance(notebook, dict) else FORMAT
    if type(version) is not int or version != FORMAT:
        told = clean(str(version), 20) if type(version) is int else "unknown"
        raise SubmissionError(f"{name} is of notebook format {told}, and {FORMAT} is read; {AGAIN}")
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise SubmissionError(f"{name} is not a notebook (it has no list of cells); {AGAIN}")
    if len(notebook["cells"]) > MOST_CELLS:
        raise SubmissionError(f"{name} has {len(notebook['cells']):,} cells, and {MOST_CELLS:,} are the most")
    cells = list(_slim_cells(notebook["cells"], name))
    return {"nbformat": FORMAT, "nbformat_minor": 4, "metadata": {}, "cells": cells}


def _slim_cells(cells: list[Any], name: str) -> Iterator[dict[str, Any]]:
    for number, cell in enumerate(cells, 1):
        kind, source = (cell.get("cell_type"), cell.get("source")) if isinstance(cell, dict) else (None, None)
        lines: list[Any] = source if isinstance(source, list) else [source]
        if not isinstance(kind, str) or not all(isinstance(line, str) for line in lines):
            raise SubmissionError(f"{name} is not a notebook (cell {number} has no kind or no text); {AGAIN}")
        kept: dict[str, Any] = {"metadata": {}, "cell_type": kind, "source": "".join(lines)}
        yield kept | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def _checked(slim: dict[str, Any], name: str) -> Any:
    """The notebook as nbformat reads it, if it is one by the rules of the format."""
    import nbformat  # slow to import

    try:
        notebook = nbformat.reader.reads(json.dumps(slim))  # type: ignore[no-untyped-call]
        nbformat.validate(notebook)
    except (nbformat.ValidationError, ValueError) as error:
        reason = clean(str(error).partition("\n")[0], 100)
        raise SubmissionError(f"{name} is not a notebook ({reason}); {AGAIN}") from None
    return notebook
