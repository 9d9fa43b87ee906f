"""Slips of somebody who has divided the work otherwise: our functions call each other, and theirs need not.

What a function leaves to another one may be written out in it once more, with a slip in that copy alone. And a function
with a slip in it may be called by nobody but the checks, as others have a right copy of their own.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import replace

from grader.judging.mistakes.made.slip import Place, Slip
from grader.judging.mistakes.made.solution import Scope, Solution

COPY = "_copied"
Calls = list[tuple[ast.Name, Place]]  # each with the place that a student is told


def copies(solution: Solution, slips: Iterable[Slip]) -> Iterator[Slip]:
    """Each slip in a function that others in its file call: in a copy that one caller runs, or in all but copies."""
    functions = {scope.name: scope for scope in solution.functions() if not scope.owner}
    calls = {name: _calls(scope, functions) for name, scope in functions.items()}
    for slip in slips:
        called = slip.place.function
        callers = [name for name, found in calls.items() if called in found and name != called]
        for name in callers:
            yield _in_copy(solution, slip, functions[called], calls[name][called])
        if callers:
            others = [call for name in callers for call in calls[name][called]]
            yield _in_original(solution, slip, functions[called], others)


def _calls(scope: Scope, functions: Iterable[str]) -> dict[str, Calls]:
    """Where a function names which others of its file, each with the place for a student."""
    found: dict[str, Calls] = {}
    for statement in scope.statements:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and node.id in functions and node.id not in scope.bound:
                found.setdefault(node.id, []).append((node, scope.place(statement)))
    return found


def _in_copy(solution: Solution, slip: Slip, called: Scope, calls: Calls) -> Slip:
    """The slip lies in the caller then, wherever in it."""
    place = replace(calls[0][1], result="")
    text = _changed(solution.text, _spans(solution, calls)) + _renamed(solution, called, slip)
    return Slip(place, 0, len(solution.text), "", text, slip.clause, slip)


def _in_original(solution: Solution, slip: Slip, called: Scope, calls: Calls) -> Slip:
    """All who call the function call a copy of it that is right."""
    changes = [*_spans(solution, calls), (slip.start, slip.end, slip.new)]
    text = _changed(solution.text, changes) + _renamed(solution, called)
    return Slip(slip.place, 0, len(solution.text), "", text, slip.clause, slip)


def _changed(text: str, changes: Iterable[tuple[int, int, str]]) -> str:
    """The text with these changes, from the last letter to the first."""
    for start, end, new in sorted(set(changes), reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _spans(solution: Solution, calls: Calls) -> list[tuple[int, int, str]]:
    return [(*solution.span(node), node.id + COPY) for node, _ in calls]


def _renamed(solution: Solution, called: Scope, slip: Slip | None = None) -> str:
    """A function under the copy's name, to stand at the end of the file."""
    start, end = solution.span(called.node)
    text = solution.text[start:end]
    if slip:
        text = text[: slip.start - start] + slip.new + text[slip.end - start :]
    head = f"def {called.name}"
    return f"\n\n\n{head}{COPY}{text.removeprefix(head)}\n"
