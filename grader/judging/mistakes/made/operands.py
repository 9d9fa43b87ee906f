"""Slips in an operand: one value taken for another of the same function."""

import ast
from collections.abc import Iterator

from grader.judging.mistakes.made.solution import Scope

Change = tuple[ast.expr | ast.stmt | ast.keyword, str, str]  # what is replaced, by what, and what is so then


def other_operands(scope: Scope, node: ast.expr) -> Iterator[Change]:
    """Any other value that the function has at hand."""
    if not _is_operand(scope, node):
        return
    own = scope.solution.source(node)
    for text in scope.pool:
        known = scope.bound.get(text.partition(".")[0], 0) <= node.lineno
        if text != own and known:
            yield node, text, _taken_for(scope, node, text)


def other_targets(scope: Scope, node: ast.expr) -> Iterator[Change]:
    """What is set is set in another object, or under another name."""
    if not isinstance(getattr(node, "ctx", None), ast.Store) or not isinstance(node, ast.Attribute | ast.Name):
        return
    own = scope.solution.source(node)
    for text in scope.pool:
        same_sort = ("." in text) == ("." in own)
        if text != own and same_sort and scope.bound.get(text.partition(".")[0], 0) <= node.lineno:
            same = scope.known(node) and text.endswith(f".{scope.known(node)}")
            owner = f"the {scope.known(node)} of another object were set" if same else ""
            yield node, text, owner or "what is computed there were stored in another place"


def _is_operand(scope: Scope, node: ast.expr) -> bool:
    """A variable, or an attribute of one, that is read as a value."""
    parent = scope.parents.get(node)
    if not isinstance(getattr(node, "ctx", None), ast.Load) or (isinstance(parent, ast.Call) and parent.func is node):
        return False
    if isinstance(node, ast.Attribute):
        return isinstance(node.value, ast.Name) and node.value.id in scope.bound
    if not isinstance(node, ast.Name) or node.id not in scope.bound:
        return False
    return not isinstance(parent, ast.Attribute) or scope.is_called(parent)


def _taken_for(scope: Scope, node: ast.expr, text: str) -> str:
    """Which value is taken for which, as far as the student knows their names."""
    new = ast.parse(text, mode="eval").body
    ours, theirs = scope.known(node), scope.known(new)
    if ours and ours == theirs:
        return f"the {ours} of another object were used"
    if theirs:
        return f"{theirs} were used where {ours or 'another value'} belongs"
    return f"another value were used where {ours} belongs" if ours else "one value were taken for another"
