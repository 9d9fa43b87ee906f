"""Slips in arithmetic: terms, signs, operators, comparisons, fixed numbers."""

import ast
from collections.abc import Iterator

from grader.judging.mistakes.made.operands import Change
from grader.judging.mistakes.made.solution import Scope

SIGN, PARTS = "a term had the other sign", {ast.Add: "term", ast.Sub: "term"}
SYMBOLS: dict[type[ast.operator], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Pow: "**", ast.MatMult: "@",
    ast.Mod: "%",
}  # fmt: skip
DONE: dict[type[ast.operator], str] = {
    ast.Add: "added", ast.Sub: "subtracted", ast.Mult: "multiplied", ast.Div: "divided",
    ast.FloorDiv: "divided and rounded down", ast.Pow: "raised to a power", ast.MatMult: "multiplied as matrices",
    ast.Mod: "divided for the remainder",
}  # fmt: skip
OTHERS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Mult,), ast.Sub: (ast.Mult, ast.Div), ast.Mult: (ast.Add, ast.Div, ast.Sub),
    ast.Div: (ast.Mult, ast.FloorDiv, ast.Sub), ast.FloorDiv: (ast.Div, ast.Mod), ast.Pow: (ast.Mult, ast.Div),
    ast.MatMult: (ast.Mult,), ast.Mod: (ast.FloorDiv,),
}  # fmt: skip
COMPARED: dict[type[ast.cmpop], str] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=", ast.In: "in",
    ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
}  # fmt: skip
EQUAL, ROUND = "a comparison treated equal values the other way", "a comparison were turned round"
COMPARISONS: dict[type[ast.cmpop], dict[type[ast.cmpop], str]] = {
    ast.Lt: {ast.LtE: EQUAL, ast.Gt: ROUND, ast.GtE: ROUND}, ast.LtE: {ast.Lt: EQUAL, ast.GtE: ROUND, ast.Gt: ROUND},
    ast.Gt: {ast.GtE: EQUAL, ast.Lt: ROUND, ast.LtE: ROUND}, ast.GtE: {ast.Gt: EQUAL, ast.LtE: ROUND, ast.Lt: ROUND},
    ast.Eq: {ast.NotEq: ROUND}, ast.NotEq: {ast.Eq: ROUND}, ast.In: {ast.NotIn: ROUND}, ast.NotIn: {ast.In: ROUND},
    ast.Is: {ast.IsNot: ROUND}, ast.IsNot: {ast.Is: ROUND},
}  # fmt: skip


def terms(scope: Scope, node: ast.expr) -> Iterator[Change]:
    """A term or a factor left out, or there twice; both sides exchanged; the sign of a term."""
    if not isinstance(node, ast.BinOp):
        return
    kind = type(node.op)
    left, right = _inner(scope, node.left), _inner(scope, node.right)
    part = PARTS.get(kind, "factor")
    yield node, left, "a division were left out" if kind is ast.Div else f"a {part} were left out"
    yield node, right, f"a {part} were left out"
    if kind in (ast.Add, ast.Mult):
        for one in (left, right):
            twice = "counted twice" if kind is ast.Add else "multiplied in twice"
            yield node, f"({left} {SYMBOLS[kind]} {right} {SYMBOLS[kind]} {one})", f"a {part} were {twice}"
    if kind in (ast.Sub, ast.Div, ast.Pow, ast.MatMult, ast.Mod):
        yield node, f"({right} {SYMBOLS[kind]} {left})", "two values that are combined stood the other way round"


def operators(scope: Scope, node: ast.expr) -> Iterator[Change]:
    """Another operator in its place."""
    if not isinstance(node, ast.BinOp):
        return
    kind, left, right = type(node.op), _inner(scope, node.left), _inner(scope, node.right)
    if kind in (ast.Add, ast.Sub):
        yield node, f"({left} {'-' if kind is ast.Add else '+'} {right})", SIGN
    if kind is ast.Add:
        yield node, f"({right} - {left})", SIGN
    for other in OTHERS.get(kind, ()):
        if kind is ast.Mult and other in (ast.Div, ast.Sub):  # which of two factors comes first decides nothing
            yield node, f"({right} {SYMBOLS[other]} {left})", f"two values were {DONE[other]} instead of {DONE[kind]}"
        yield node, f"({left} {SYMBOLS[other]} {right})", f"two values were {DONE[other]} instead of {DONE[kind]}"


def scales(scope: Scope, node: ast.expr) -> Iterator[Change]:
    """A whole value with the other sign, twice or half as large."""
    parent = scope.parents.get(node)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and not isinstance(node.operand, ast.Constant):
        yield node, _inner(scope, node.operand), "a value had the other sign"
    elif isinstance(parent, ast.Assign | ast.AugAssign | ast.Return | ast.Call) and _is_value_of(node, parent):
        text = scope.solution.source(node)
        yield node, f"-({text})", "a value had the other sign"
        if not isinstance(parent, ast.Call):
            yield node, f"2 * ({text})", "a value were twice as large"
            yield node, f"0.5 * ({text})", "a value were half as large"
            yield node, f"({text}) + 1", "a value were larger by one"
            yield node, f"({text}) - 1", "a value were smaller by one"


def too_much(scope: Scope, node: ast.expr) -> Iterator[Change]:
    """One factor, or one term, more than there should be."""
    parent, text = scope.parents.get(node), scope.solution.source(node)
    if isinstance(parent, ast.AugAssign | ast.Return) and _is_value_of(node, parent):
        for other in scope.pool:
            if scope.bound.get(other.partition(".")[0], 0) <= node.lineno:
                yield node, f"({text}) * {other}", "a factor stood there that does not belong there"
                yield node, f"({text}) + {other}", "a term stood there that does not belong there"


def _is_value_of(node: ast.expr, parent: ast.AST) -> bool:
    """Whether it is what is set, returned, or given to a function; what is plainly no number is left out."""
    if isinstance(
        node, ast.List | ast.Tuple | ast.Dict | ast.Set | ast.JoinedStr | ast.Lambda | ast.Constant | ast.Starred
    ):
        return False
    return node in parent.args if isinstance(parent, ast.Call) else getattr(parent, "value", None) is node


def comparisons(scope: Scope, node: ast.expr) -> Iterator[Change]:
    """A comparison that looks the other way, or is strict where it was not."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        left, right = scope.solution.source(node.left), scope.solution.source(node.comparators[0])
        for other, clause in COMPARISONS[type(node.ops[0])].items():
            yield node, f"({left} {COMPARED[other]} {right})", clause


def fixed_numbers(scope: Scope, node: ast.expr) -> Iterator[Change]:
    """Another number, or the other of True and False."""
    if not isinstance(node, ast.Constant) or isinstance(scope.parents.get(node), ast.FormattedValue | ast.JoinedStr):
        return
    value = node.value
    if isinstance(value, bool):
        yield node, str(not value), "a switch stood the other way"
    elif isinstance(value, int | float):
        yield from ((node, f"({new!r})", clause) for new, clause in _numbers(value))


def _numbers(value: float) -> Iterator[tuple[float, str]]:
    seen = {value}
    for new, clause in (
        (-value, "a fixed number had the other sign"),
        (2 * value, "a fixed number were twice as large"),
        (value / 2, "a fixed number were half as large"),
        (value + 1, "a fixed number were larger by one"),
        (value - 1, "a fixed number were smaller by one"),
        (0, "a fixed number were another one"),
        (1, "a fixed number were another one"),
        (0.1 * value, "a fixed number were another one"),
        (10 * value, "a fixed number were another one"),
    ):
        whole = int(new) if isinstance(value, int) and new == int(new) else new
        if whole not in seen:
            seen.add(whole)
            yield whole, clause


def _inner(scope: Scope, node: ast.expr) -> str:
    """An operand as it may stand beside any operator."""
    text = scope.solution.source(node)
    return text if isinstance(node, ast.Name | ast.Attribute | ast.Constant | ast.Call | ast.Subscript) else f"({text})"
