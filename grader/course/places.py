"""Where an exercise is written: the file and line to open, and whether its stub still stands there."""

import ast
import re
from functools import cache, lru_cache

from grader.course import Exercise, Lecture, load, reference_sources
from grader.course.stubs import LEFT_OUT, stubs_of
from grader.course.syntax import tree_to_read


def functions_of(exercise: Exercise) -> list[str]:
    """The functions that an exercise is written in, methods as Class.method."""
    return functions(_lecture(exercise)).get(exercise.id, [])


def function_at(lecture: Lecture, file: str, line: int) -> str:
    """The function of the reference that a line of it stands in, methods as Class.method; empty outside of all."""
    return _function_at(reference_sources(lecture)[file], line)


def _function_at(source: str, line: int) -> str:
    found = spans(source)
    return max(((start, name) for name, (start, end) in found.items() if start <= line <= end), default=(0, ""))[1]


@cache
def functions(lecture: Lecture) -> dict[str, list[str]]:
    """For every exercise the qualified names of the functions whose bodies belong to it, read from the stubs."""
    found: dict[str, list[str]] = {}
    for (_, function), ids in written_in(lecture).items():
        for id in ids:
            found.setdefault(id, []).append(function)
    return found


@cache
def written_in(lecture: Lecture) -> dict[tuple[str, str], list[str]]:
    """The exercises that belong to the body of each function, by its file and its qualified name."""
    found: dict[tuple[str, str], list[str]] = {}
    for file, source in stubs_of(lecture).items():
        for number, line in enumerate(source.splitlines(), 1):
            if match := LEFT_OUT.match(line):
                found.setdefault((file, _function_at(source, number)), []).append(match[1])
    return found


@lru_cache(maxsize=100)
def spans(source: str) -> dict[str, tuple[int, int]]:
    """First and last line of every top-level function and method, by qualified name. Empty if it does not parse."""
    try:
        tree = tree_to_read(source)
    except (RecursionError, MemoryError):
        return {}
    found = {}
    for node in tree.body if tree else []:
        inner = node.body if isinstance(node, ast.ClassDef) else []
        prefix = f"{node.name}." if isinstance(node, ast.ClassDef) else ""
        for function in (node, *inner):
            if isinstance(function, ast.FunctionDef):
                name = f"{prefix if function is not node else ''}{function.name}"
                found[name] = (function.lineno, function.end_lineno or function.lineno)
    return found


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
    regions = len(functions_of(exercise))
    return source.count(f'NotImplementedError("{exercise.id}")') >= regions > 0


def line_of(exercise: Exercise, source: str) -> int:
    """The line to open: the first function of the exercise that is still a stub, else its first function."""
    for number, line in enumerate(source.splitlines(), 1):
        if f'NotImplementedError("{exercise.id}")' in line:
            return number
    found = spans(source) or _definitions(source)
    return next((found[name][0] for name in functions_of(exercise) if name in found), 1)


def _lecture(exercise: Exercise) -> Lecture:
    return load().lecture(exercise.lecture)
