"""Slips in calls, slices and conditions."""

import ast
from collections.abc import Iterator

from grader.judging.mistakes.made.operands import Change
from grader.judging.mistakes.made.solution import Scope

KINDS = (
    ("sum", "mean"), ("std", "var"), ("max", "min"), ("argmax", "argmin"), ("exp", "log"), ("sin", "cos"),
    ("tanh", "sigmoid", "relu", "sin"), ("zeros", "ones"), ("rand", "randn", "zeros"), ("sqrt", "square"),
    ("log", "log2", "log10", "log1p"), ("exp", "expm1"), ("floor", "ceil", "round"),
)  # fmt: skip


def calls(scope: Scope, node: ast.expr) -> Iterator[Change]:
    """A call or one of its arguments left out; two arguments exchanged."""
    if not isinstance(node, ast.Call):
        return
    source = scope.solution.source
    if isinstance(node.func, ast.Attribute):
        yield node, f"({source(node.func.value)})", _left_out(scope, node.func.attr)
    if len(node.args) == 1 and not isinstance(node.args[0], ast.GeneratorExp | ast.Starred):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else source(node.func)
        yield node, f"({source(node.args[0])})", _left_out(scope, name)
    for before, after in zip(node.args, node.args[1:], strict=False):
        exchanged = [after if one is before else before if one is after else one for one in node.args]
        yield node, _called(scope, node, exchanged, node.keywords), "two arguments of a call were exchanged"
    if len(node.args) > 1 or (node.args and node.keywords):
        yield node, _called(scope, node, node.args[:-1], node.keywords), "an argument of a call were left out"
    if isinstance(node.func, ast.Attribute) and (node.args or node.keywords):
        yield node, _called(scope, node, [], []), "all arguments of a call were left out"
    for keyword in node.keywords:
        rest = [one for one in node.keywords if one is not keyword]
        known = f"the argument {keyword.arg}" if keyword.arg in scope.solution.public else "a named argument"
        yield node, _called(scope, node, node.args, rest), f"{known} of a call were left out"


def _left_out(scope: Scope, name: str) -> str:
    return f"the call of {name} were left out" if name in scope.solution.public else "a call were left out"


def _called(scope: Scope, node: ast.Call, args: list[ast.expr], keywords: list[ast.keyword]) -> str:
    source = scope.solution.source
    return f"{source(node.func)}({', '.join([*map(source, args), *map(source, keywords)])})"


def others(scope: Scope, node: ast.expr) -> Iterator[Change]:
    """Another function of the same kind."""
    if not isinstance(node, ast.Call):
        return
    func = node.func
    name = func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""
    owner = f"({scope.solution.source(func.value)})." if isinstance(func, ast.Attribute) else ""
    for kind in KINDS:
        for other in kind if name in kind else ():
            if other != name:
                yield func, owner + other, "another function were called in its place"


def dimensions(scope: Scope, node: ast.expr) -> Iterator[Change]:
    """Another dimension of a tensor."""
    parent = scope.parents.get(node)
    named = isinstance(parent, ast.keyword) and parent.arg in ("dim", "axis")
    if named and isinstance(node, ast.Constant) and isinstance(node.value, int):
        for other in {0, 1, -1, 2} - {node.value}:
            yield node, str(other), "another dimension were worked along"


def slices(scope: Scope, node: ast.expr) -> Iterator[Change]:
    """A slice that begins or ends elsewhere; an index or a range that is off by one."""
    parent, source = scope.parents.get(node), scope.solution.source
    if isinstance(node, ast.Slice):
        yield from _ends(scope, node)
    elif isinstance(parent, ast.Slice) and not isinstance(node, ast.Constant):
        what = "began" if node is parent.lower else "ended"
        yield node, f"{source(node)} + 1", f"a slice {what} one place later"
        yield node, f"{source(node)} - 1", f"a slice {what} one place earlier"
    elif isinstance(parent, ast.Subscript) and node is parent.slice and not isinstance(node, ast.Constant | ast.Tuple):
        yield node, f"{source(node)} + 1", "an index were off by one"
        yield node, f"{source(node)} - 1", "an index were off by one"
    elif isinstance(parent, ast.Call) and node in parent.args and source(parent.func) == "range":
        yield node, f"{source(node)} + 1", "a range were off by one"
        yield node, f"{source(node)} - 1", "a range were off by one"


def _ends(scope: Scope, node: ast.Slice) -> Iterator[Change]:
    lower, upper, step = (scope.solution.source(one) if one else "" for one in (node.lower, node.upper, node.step))
    step = f":{step}" if step else ""
    parent = scope.parents.get(node)
    if isinstance(parent, ast.Tuple) and not lower and not upper:
        return  # all of a dimension
    if lower:
        yield node, f":{upper}{step}", "a slice began at the start"
    else:
        yield node, f"1:{upper}{step}", "a slice began one place later"
    if upper:
        yield node, f"{lower}:{step}", "a slice went on to the end"
    else:
        yield node, f"{lower}:-1{step}", "a slice ended one place earlier"


def branches(scope: Scope, node: ast.expr) -> Iterator[Change]:
    """A condition that holds where it should not; two values exchanged."""
    source, parent = scope.solution.source, scope.parents.get(node)
    if isinstance(node, ast.IfExp):
        one, other = source(node.body), source(node.orelse)
        yield node, f"({other} if {source(node.test)} else {one})", "the two branches of a condition were exchanged"
        yield node, f"({one})", "a condition made no difference"
        yield node, f"({other})", "a condition made no difference"
    elif isinstance(parent, ast.If | ast.While) and node is parent.test:
        yield node, f"not ({source(node)})", "a condition were turned round"
    elif isinstance(parent, ast.comprehension) and node in parent.ifs:
        yield node, "True", "a condition made no difference"
    elif isinstance(node, ast.BoolOp):
        word = "or" if isinstance(node.op, ast.And) else "and"
        yield node, "(" + f" {word} ".join(map(source, node.values)) + ")", "two conditions were joined the other way"
        yield from ((node, f"({source(one)})", "a condition were left out") for one in node.values)
