"""Slips in whole statements: a step left out, kept apart or added up, nothing returned."""

import ast
from collections.abc import Iterator

from grader.judging.mistakes.made.operands import Change
from grader.judging.mistakes.made.solution import Scope


def steps(scope: Scope, node: ast.stmt) -> Iterator[Change]:
    """What a statement can be taken for."""
    if isinstance(node, ast.AugAssign):
        yield from _augmented(scope, node)
    elif isinstance(node, ast.Assign):
        yield from _set(scope, node)
    elif isinstance(node, ast.Return) and node.value:
        yield node, scope.solution.source(node.value), "nothing were returned"
    elif isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant):
        yield node, "pass", "a step were left out"
        yield from _gathered(scope, node.value)
    elif isinstance(node, ast.If) and not node.orelse:
        yield node.test, "True", "a condition made no difference"
        yield node, "pass", "a step that is done under a condition were left out"
    elif isinstance(node, ast.Break | ast.Continue | ast.With | ast.For | ast.Assert):
        yield node, "pass", "a step were left out"


def _augmented(scope: Scope, node: ast.AugAssign) -> Iterator[Change]:
    target, value = scope.solution.source(node.target), scope.solution.source(node.value)
    name = scope.known(node.target)
    yield node, f"{target} = {value}", f"{name or 'a value'} were replaced instead of added to"
    yield node, "pass", f"the step that changes {name} were left out" if name else "a step were left out"
    if isinstance(node.op, ast.Add | ast.Sub):
        yield (
            node,
            f"{target} = -({value})",
            f"{name or 'a value'} were replaced instead of added to, with the other sign",
        )
        sign = "-" if isinstance(node.op, ast.Add) else "+"
        yield node, f"{target} {sign}= {value}", "a step went the other way"


def _set(scope: Scope, node: ast.Assign) -> Iterator[Change]:
    target, value = scope.solution.source(node.targets[0]), scope.solution.source(node.value)
    name = scope.known(node.targets[0])
    yield node, "pass", f"the step that sets {name} were left out" if name else "a step were left out"
    if isinstance(node.targets[0], ast.Attribute | ast.Name | ast.Subscript):
        yield node, f"{target} += {value}", f"{name or 'a value'} were added to instead of replaced"


def _gathered(scope: Scope, call: ast.expr) -> Iterator[Change]:
    """What is collected one by one is the last one alone."""
    func = call.func if isinstance(call, ast.Call) else None
    if isinstance(call, ast.Call) and isinstance(func, ast.Attribute) and func.attr in ("append", "add", "extend"):
        target, item = scope.solution.source(func.value), scope.solution.source(call.args[0])
        new = f"[{item}]" if func.attr == "append" else f"{{{item}}}" if func.attr == "add" else f"list({item})"
        yield call, f"{target} = {new}", "what is collected were replaced each time"
