"""Small programs such as "e = a*b; L = (e + c) * f", run step by step on whatever numbers are handed in.

Only names, numbers, + - * / ** and the functions named below exist here; nothing is evaluated as Python.
"""

import ast
import itertools
import operator
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from grader.inside.notation import LAST, WORDS, Unusual, lines_of, usual_steps

BINARY: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
BY_SIGN: dict[str, Callable[..., Any]] = dict(zip(SIGNS.values(), BINARY.values(), strict=True)) | {"neg": operator.neg}
MAX_CHARACTERS = 2000
MANY = 4096  # programs that are remembered: they come again and again, with other numbers


class BadExpression(ValueError):
    """A program outside the small language; the message says what was found."""


class Step(NamedTuple):
    """One operation: `target` is made from `operands` (names or plain numbers) by `run`.

    `named` is false for a result that the program itself gives no name.
    """

    target: str
    sign: str
    operands: tuple[Any, ...]
    run: Callable[..., Any]
    named: bool = True


def parse(program: str, functions: Mapping[str, Callable[[Any], Any]]) -> list[Step]:
    """The program as a list of steps, in the order in which Python would compute them."""
    return list(_parsed(program, tuple(functions.items())))


@lru_cache(MANY)
def _parsed(program: str, functions: tuple[tuple[str, Callable[[Any], Any]], ...]) -> list[Step]:
    if len(program) > MAX_CHARACTERS:
        raise BadExpression(f"more than {MAX_CHARACTERS} characters")
    known = dict(functions)
    try:
        steps = [
            Step(target, sign, operands, BY_SIGN.get(sign) or known[sign], named)
            for target, sign, operands, named in usual_steps(program, known.keys() - BY_SIGN)
        ]
    except Unusual:
        steps = _parsed_by_python(program, known)
    if not steps:
        raise BadExpression(f"{program!r} computes nothing")
    return steps


def _parsed_by_python(program: str, functions: Mapping[str, Callable[[Any], Any]]) -> list[Step]:
    """The same by Python's own parser, which knows every way to write it, and what is wrong."""
    try:
        tree = ast.parse("\n".join(lines_of(program)))
        return _Steps(functions, set(WORDS.findall(program))).of(tree)
    except BadExpression:
        raise
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise BadExpression(f"{program[:60]!r} does not parse") from None


def leaves(steps: list[Step]) -> list[str]:
    """The names that a program uses and does not compute, in the order of their first use."""
    computed = {step.target for step in steps}
    used = [name for step in steps for name in step.operands if isinstance(name, str)]
    return list(dict.fromkeys(name for name in used if name not in computed))


def run(steps: list[Step], names: dict[str, Any]) -> Any:
    """Compute every step into `names`; the last result is returned."""
    result = None
    for step in steps:
        values = [names[x] if isinstance(x, str) else x for x in step.operands]
        result = names[step.target] = step.run(*values)
    return result


class _Steps:
    """Collects the steps of one program; results without a name get one that the program does not use."""

    def __init__(self, functions: Mapping[str, Callable[[Any], Any]], taken: set[str]) -> None:
        self.functions = functions
        self.taken = taken
        self.steps: list[Step] = []

    def of(self, tree: ast.Module) -> list[Step]:
        for number, statement in enumerate(tree.body, 1):
            self._statement(statement, last=number == len(tree.body))
        return self.steps

    def _statement(self, node: ast.stmt, last: bool) -> None:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            self._operate(node.value, node.targets[0].id)
        elif isinstance(node, ast.Expr) and last:
            self._operate(node.value, LAST if LAST not in self.taken else self._fresh())
        else:
            raise BadExpression("a line is NAME = EXPRESSION, and the last one may be an EXPRESSION alone")

    def _operand(self, node: ast.expr) -> Any:
        """The name or the number that stands for an operand, whose own steps come first."""
        if isinstance(node, ast.Name):
            return node.id
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            return node.value
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
            return -self._operand(node.operand)
        return self._operate(node, None)

    def _operate(self, node: ast.expr, target: str | None) -> str:
        sign, run_step, parts = self._operation(node)
        operands = tuple(self._operand(part) for part in parts)
        name = target or self._fresh()
        self.steps.append(Step(name, sign, operands, run_step, named=target is not None))
        return name

    def _fresh(self) -> str:
        name = next(f"t{n}" for n in itertools.count(1) if f"t{n}" not in self.taken)
        self.taken.add(name)
        return name

    def _operation(self, node: ast.expr) -> tuple[str, Callable[..., Any], list[ast.expr]]:
        if isinstance(node, ast.BinOp) and type(node.op) in BINARY:
            return SIGNS[type(node.op)], BINARY[type(node.op)], [node.left, node.right]
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return "neg", operator.neg, [node.operand]
        if isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords:
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            if name in self.functions:
                return name, self.functions[name], list(node.args)
        known = ", ".join(sorted(self.functions))
        raise BadExpression(f"{ast.unparse(node)[:60]!r} is not a name, a number, + - * / ** or one of {known}")
