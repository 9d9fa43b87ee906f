"""What students are told: every sentence stands in a golden report, and every known mistake's message was read."""

import ast
import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import golden
import mistake_messages
import pytest

from grader.check import Examiner, examiner
from grader.course import PROJECT, load
from grader.misconceptions import known_mistakes

GRADER = PROJECT / "grader"
# the files whose sentences a student may read
SPEAKING = [
    *sorted((GRADER / "probes").rglob("*.py")),
    *(GRADER / name for name in (
        "check.py", "way.py", "subjects.py", "weights.py", "plain.py",
        "compare/difference.py", "compare/patterns.py", "compare/shown.py", "report/messages.py",
    )),
]  # fmt: skip
ANY = "\0"  # stands for what is filled in
LECTURES = pytest.mark.parametrize("lecture", load().lectures, ids=lambda lecture: lecture.id)


def sentences(file: Path) -> Iterator[str]:
    """The sentences in a file, with ANY for what is filled in: texts of two words or more that are no docstrings."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    silent = {id(part) for node in ast.walk(tree) for part in _not_told(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in silent:
            text = _text(node)
            if len(re.findall(r"[A-Za-z]{2,}", text)) > 1 and " " in text.strip():
                yield text.lower()


def _not_told(node: ast.AST) -> Iterator[ast.AST]:
    """Docstrings; the parts of a text that stands as a whole; how inputs are shown; what is said of a tolerance."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield from (part for part in node.values if isinstance(part, ast.Constant))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Tolerance", "AtMost"):
        yield from ast.walk(node)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "compile":
        yield from ast.walk(node)


def _text(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(part.value if isinstance(part, ast.Constant) else ANY for part in node.values)


def was_told(sentence: str) -> bool:
    """Whether it stands in a golden text, with something filled in."""
    parts = sentence.split(ANY)
    return any(_in_order(parts, text) for text in told())


def _in_order(parts: list[str], text: str) -> bool:
    at = 0
    for part in parts:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


@cache
def told() -> frozenset[str]:
    """All texts of all golden reports, and what is printed of every known mistake."""
    reports = [text for s in golden.situations() for text in _texts(s.expected)]
    messages = [text for file in mistake_messages.FOLDER.glob("*.json") for text in _printed(file)]
    return frozenset(text.lower() for text in [*reports, *messages])


def _texts(value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


def _printed(file: Path) -> Iterator[str]:
    """Each message as one line, as if the terminal were wide enough."""
    for ways in json.loads(file.read_text(encoding="utf-8")).values():
        yield from (" ".join(line.strip() for line in lines) for lines in ways)
