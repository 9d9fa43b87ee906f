"""All slips of a lecture, exercise by exercise: each operator on each part of our solution."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache

from grader.course import Lecture, reference_sources
from grader.judging.mistakes.made import arithmetic, calls, operands, several
from grader.judging.mistakes.made.copies import copies
from grader.judging.mistakes.made.slip import Slip
from grader.judging.mistakes.made.solution import Scope, Solution
from grader.judging.mistakes.made.steps import steps

ON_EXPRESSIONS = (
    operands.other_operands, operands.other_targets, arithmetic.terms, arithmetic.operators, arithmetic.scales,
    arithmetic.too_much, arithmetic.comparisons, arithmetic.fixed_numbers,
    calls.calls, calls.others, calls.dimensions, calls.slices, calls.branches, several.items, several.rounds,
)  # fmt: skip


@cache
def solutions(lecture: Lecture) -> dict[str, Solution]:
    """The files of our solution, read."""
    return {file: Solution(file, text) for file, text in reference_sources(lecture).items()}


@cache
def slips_of(lecture: Lecture) -> dict[str, tuple[Slip, ...]]:
    """By the exercise in whose solution they lie. Two ways to the same text are one: the first."""
    made: dict[str, dict[tuple[str, str], Slip]] = {}
    for file, solution in solutions(lecture).items():
        for scope in solution.functions():
            single = list(_in(scope))
            for slip in (*(slip for slip, _ in single), *several.everywhere(single, solution.text)):
                made.setdefault(slip.place.exercise, {}).setdefault((file, slip.applied(solution.text)), slip)
    return {exercise: tuple(slips.values()) for exercise, slips in made.items()}


@cache
def copies_of(lecture: Lecture) -> Mapping[str, tuple[Slip, ...]]:
    """By the exercise in which they lie then, the slips in copies of functions that call each other."""
    made: dict[str, list[Slip]] = {}
    slips = [slip for of in slips_of(lecture).values() for slip in of]
    for solution in solutions(lecture).values():
        for slip in copies(solution, solutions(lecture), slips):
            made.setdefault(slip.place.exercise, []).append(slip)
    return {exercise: tuple(slips) for exercise, slips in made.items()}


def _in(scope: Scope) -> Iterator[tuple[Slip, str]]:
    """The slips in one function, each with the kind of what it is a part of."""
    for statement in scope.statements:
        for node, new, clause in steps(scope, statement):
            yield _slip(scope, statement, node, new, clause), ""
        for part in _own_expressions(statement):
            for operator in ON_EXPRESSIONS:
                for node, new, clause in operator(scope, part):
                    yield _slip(scope, statement, node, new, clause), type(scope.parents.get(node)).__name__


def _own_expressions(statement: ast.stmt) -> Iterator[ast.expr]:
    """The expressions in a statement and in no statement inside it. What is inside an f-string has no true place."""
    ahead: list[ast.AST] = [statement]
    while ahead:
        for part in ast.iter_child_nodes(ahead.pop(0)):
            if not isinstance(part, ast.stmt | ast.JoinedStr):
                ahead.append(part)
                if isinstance(part, ast.expr):
                    yield part


def _slip(scope: Scope, statement: ast.stmt, node: ast.expr | ast.stmt | ast.keyword, new: str, clause: str) -> Slip:
    start, end = scope.solution.span(node)
    return Slip(scope.place(statement), start, end, scope.solution.source(node), new, clause)
