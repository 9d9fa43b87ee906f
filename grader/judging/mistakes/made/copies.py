"""Slips of somebody who has divided the work otherwise: our functions call each other, and theirs need not.

What a function leaves to another one may be written out in it once more, with a slip in that copy alone. And a function
with a slip in it may be called by nobody but the checks, as others have a right copy of their own.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from grader.judging.mistakes.made.slip import Place, Slip
from grader.judging.mistakes.made.solution import Scope, Solution

COPY = "_copied"
Calls = list[tuple[ast.Name, Place]]  # each with the place that a student is told
Functions = dict[str, tuple[Solution, Scope]]  # by the name under which a file can call them


def copies(solution: Solution, others: Mapping[str, Solution], slips: Iterable[Slip]) -> Iterator[Slip]:
    """The slips of functions that a file calls: in a copy that one caller runs, or, of its own, in all but copies."""
    own = {scope.name: (solution, scope) for scope in solution.functions() if not scope.owner}
    callable = {**_imported(solution, others), **own}
    calls = {scope.name: _calls(scope, callable) for scope in solution.functions()}
    by_function: dict[tuple[str, str], list[Slip]] = {}
    for slip in slips:
        by_function.setdefault((slip.place.file, slip.place.function), []).append(slip)
    for called, (home, scope) in callable.items():
        callers = [found[called] for name, found in calls.items() if called in found and name != called]
        for slip in by_function.get((home.file, scope.name), ()):
            yield from (_in_copy(solution, slip, home, scope, call) for call in callers)
            if callers and home is solution:
                yield _in_original(solution, slip, scope, [one for call in callers for one in call])


def _imported(solution: Solution, others: Mapping[str, Solution]) -> Functions:
    """The functions that the file takes from others of the lecture, by the names that they have in both."""
    found: Functions = {}
    for node in solution.tree.body:
        home = others.get(f"{node.module}.py") if isinstance(node, ast.ImportFrom) else None
        if isinstance(node, ast.ImportFrom) and home:
            names = {alias.name for alias in node.names if alias.asname is None}
            found |= {scope.name: (home, scope) for scope in home.functions() if scope.name in names}
    return found


def _calls(scope: Scope, functions: Iterable[str]) -> dict[str, Calls]:
    """Where a function names which others, each with the place for a student."""
    found: dict[str, Calls] = {}
    for statement in scope.statements:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and node.id in functions and node.id not in scope.bound:
                found.setdefault(node.id, []).append((node, scope.place(statement)))
    return found


def _in_copy(solution: Solution, slip: Slip, home: Solution, called: Scope, calls: Calls) -> Slip:
    """The slip lies in the caller then, wherever in it."""
    place = replace(calls[0][1], result="")
    text = _changed(solution.text, _spans(solution, calls)) + _surroundings(solution, home)
    return Slip(place, 0, len(solution.text), "", text + _renamed(home, called, slip), slip.clause, slip)


def _surroundings(solution: Solution, home: Solution) -> str:
    """What a function from another file finds around it there."""
    module = home.file.removesuffix(".py")
    around = f"globals().update({{name: thing for name, thing in vars({module}).items() if name not in globals()}})"
    return "" if home is solution else f"\n\nimport {module}\n\n{around}\n"


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


def _renamed(home: Solution, called: Scope, slip: Slip | None = None) -> str:
    """A function under the copy's name, to stand at the end of a file."""
    start, end = home.span(called.node)
    text = home.text[start:end]
    if slip:
        text = text[: slip.start - start] + slip.new + text[slip.end - start :]
    head = f"def {called.name}"
    return f"\n\n\n{head}{COPY}{text.removeprefix(head)}\n"
