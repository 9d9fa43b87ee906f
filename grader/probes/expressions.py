"""Small programs such as "e = a*b; L = (e + c) * f", run step by step on whatever numbers are handed in.

Only names, numbers, + - * / ** and the functions named below exist here; nothing is evaluated as Python.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

BINARY: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
MAX_CHARACTERS = 2000


class BadExpression(ValueError):
    """A program outside the small language; the message says what was found."""


@dataclass(frozen=True)
class Step:
    """One operation: `target` is made from `operands` (names or plain numbers) by `run`."""

    target: str
    sign: str
    operands: tuple[Any, ...]
    run: Callable[..., Any]


def parse(program: str, functions: Mapping[str, Callable[[Any], Any]]) -> list[Step]:
    """The program as a list of steps, in the order in which Python would compute them."""
    if len(program) > MAX_CHARACTERS:
        raise BadExpression(f"more than {MAX_CHARACTERS} characters")
    try:
        statements = ast.parse(program.replace(";", "\n").replace("\n ", "\n").strip()).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise BadExpression(f"{program!r} does not parse") from None
    steps: list[Step] = []
    for number, statement in enumerate(statements, 1):
        _statement(statement, steps, functions, last=number == len(statements))
    if not steps:
        raise BadExpression(f"{program!r} computes nothing")
    return steps


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


def _statement(node: ast.stmt, steps: list[Step], functions: Mapping[str, Callable[[Any], Any]], last: bool) -> None:
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        _expression(node.value, steps, functions, node.targets[0].id)
    elif isinstance(node, ast.Expr) and last:
        _expression(node.value, steps, functions, "out")
    else:
        raise BadExpression("a line is NAME = EXPRESSION, and the last one may be an EXPRESSION alone")


def _expression(
    node: ast.expr, steps: list[Step], functions: Mapping[str, Callable[[Any], Any]], target: str | None
) -> Any:
    """Add the steps that compute `node`; the name or number that stands for its result is returned."""
    if isinstance(node, ast.Name) and target is None:
        return node.id
    if isinstance(node, ast.Constant) and type(node.value) in (int, float) and target is None:
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant) and target is None:
        return -_expression(node.operand, steps, functions, None)
    sign, run_step, parts = _operation(node, functions)
    operands = tuple(_expression(part, steps, functions, None) for part in parts)
    name = target or f"t{len(steps) + 1}"
    steps.append(Step(name, sign, operands, run_step))
    return name


def _operation(
    node: ast.expr, functions: Mapping[str, Callable[[Any], Any]]
) -> tuple[str, Callable[..., Any], list[ast.expr]]:
    if isinstance(node, ast.BinOp) and type(node.op) in BINARY:
        return SIGNS[type(node.op)], BINARY[type(node.op)], [node.left, node.right]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return "neg", operator.neg, [node.operand]
    if isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in functions:
            return name, functions[name], list(node.args)
    raise BadExpression(
        f"{ast.unparse(node)[:60]!r} is not a name, a number, + - * / ** or one of {', '.join(sorted(functions))}"
    )
