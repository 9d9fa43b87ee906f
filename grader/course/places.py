"""Where an exercise is written: the file and line to open, and whether its stub still stands there."""

import ast
import re
from functools import cache

from grader.course import Exercise, Lecture, load, reference_sources
from grader.course.stubs import BEGIN
from grader.course.syntax import tree_of


@cache
def functions(lecture: Lecture) -> dict[str, list[str]]:
    """For every exercise the qualified names of the functions whose bodies belong to it, read from the reference."""
    found: dict[str, list[str]] = {}
    for source in reference_sources(lecture).values():
        spans = _spans(source)
        for number, line in enumerate(source.splitlines(), 1):
            if match := BEGIN.match(line):
                inner = max((start, name) for name, (start, end) in spans.items() if start <= number <= end)
                found.setdefault(match[2], []).append(inner[1])
    return found


def _spans(source: str) -> dict[str, tuple[int, int]]:
    """First and last line of every top-level function and method, by qualified name. Empty if it does not parse."""
    try:
        tree = tree_of(source)
    except (RecursionError, MemoryError):
        return {}
    spans = {}
    for node in tree.body if tree else []:
        inner = node.body if isinstance(node, ast.ClassDef) else []
        prefix = f"{node.name}." if isinstance(node, ast.ClassDef) else ""
        for function in (node, *inner):
            if isinstance(function, ast.FunctionDef):
                name = f"{prefix if function is not node else ''}{function.name}"
                spans[name] = (function.lineno, function.end_lineno or function.lineno)
    return spans


def _definitions(source: str) -> dict[str, tuple[int, int]]:
    """The same for source that does not parse, from its `class` and `def` lines alone; no last lines."""
    found: dict[str, tuple[int, int]] = {}
    inside = ""
    for number, line in enumerate(source.splitlines(), 1):
        if match := re.match(r"(\s*)(class|def)\s+(\w+)", line):
            indent, word, name = match.groups()
            inside = name if word == "class" else inside if indent else ""
            found.setdefault(f"{inside}.{name}" if inside and word == "def" else name, (number, number))
    return found


def is_stub(exercise: Exercise, source: str) -> bool:
    """Whether the line that stands in for this exercise's solution is still there."""
    return f'NotImplementedError("{exercise.id}")' in source


def is_untouched(exercise: Exercise, source: str) -> bool:
    """Whether all the lines that stand in for this exercise's solution are still there."""
    regions = len(functions(_lecture(exercise)).get(exercise.id, ()))
    return source.count(f'NotImplementedError("{exercise.id}")') >= regions > 0


def line_of(exercise: Exercise, source: str) -> int:
    """The line to open: the first function of the exercise that is still a stub, else its first function."""
    for number, line in enumerate(source.splitlines(), 1):
        if f'NotImplementedError("{exercise.id}")' in line:
            return number
    spans = _spans(source) or _definitions(source)
    names = functions(_lecture(exercise)).get(exercise.id, [])
    return next((spans[name][0] for name in names if name in spans), 1)


def _lecture(exercise: Exercise) -> Lecture:
    return load().lecture(exercise.lecture)
