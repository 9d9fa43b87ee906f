"""Whether what was parsed will be compiled as well, told without compiling: code that does not stops its whole file.

The parser lets pass what the compiler refuses later, such as a `break` outside a loop. Here only what is plainly in
order is taken to be so; the rest, such as a match statement, is in doubt.
"""

import ast
from collections.abc import Iterator

DEEPEST = 40  # levels of the tree; a compiler that is asked for thousands gives up
BLOCKS = 15  # statements within statements, of which Python allows twenty
COMMON = (
    ast.FunctionDef, ast.Return, ast.Delete, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.For, ast.While, ast.If,
    ast.With, ast.Raise, ast.Try, ast.Assert, ast.Import, ast.ImportFrom, ast.Expr, ast.Pass, ast.Break, ast.Continue,
    ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.Lambda, ast.IfExp, ast.Dict, ast.Set, ast.ListComp, ast.SetComp,
    ast.DictComp, ast.GeneratorExp, ast.Yield, ast.Compare, ast.Call, ast.FormattedValue, ast.JoinedStr, ast.Constant,
    ast.Attribute, ast.Subscript, ast.Starred, ast.Name, ast.List, ast.Tuple, ast.Slice,
    ast.expr_context, ast.boolop, ast.operator, ast.unaryop, ast.cmpop, ast.comprehension, ast.ExceptHandler,
    ast.arguments, ast.arg, ast.keyword, ast.alias, ast.withitem,
)  # fmt: skip
LOOPS = (ast.For, ast.While)
BLOCK = (*LOOPS, ast.If, ast.With, ast.Try, ast.ExceptHandler, ast.FunctionDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
SPREAD_IN = (ast.Call, ast.List, ast.Tuple, ast.Set)


def is_well_formed(node: ast.stmt) -> bool:
    """Whether this statement at the top of a file, or function of a class, will be compiled for certain."""
    return all(_is_in_order(inner, above) for inner, above in _with_all_above(node, ()))


def _with_all_above(node: ast.AST, above: tuple[ast.AST, ...]) -> Iterator[tuple[ast.AST, tuple[ast.AST, ...]]]:
    """Each node with those that it stands in, the nearest last; what is too deep is not gone into."""
    yield node, above
    if len(above) <= DEEPEST:
        for inner in ast.iter_child_nodes(node):
            yield from _with_all_above(inner, (*above, node))


def _is_in_order(node: ast.AST, above: tuple[ast.AST, ...]) -> bool:
    if not isinstance(node, COMMON) or len(above) > DEEPEST or sum(isinstance(n, BLOCK) for n in above) > BLOCKS:
        return False
    if isinstance(node, ast.Break | ast.Continue):
        return _is_in_loop(node, above)
    if isinstance(node, ast.Return | ast.Yield):
        return isinstance(_function_around(above), ast.FunctionDef) and not _is_in(COMPREHENSIONS, above)
    if isinstance(node, ast.Starred):
        return isinstance(node.ctx, ast.Load) and isinstance(above[-1], SPREAD_IN)
    return _are_names_in_order(node)


def _are_names_in_order(node: ast.AST) -> bool:
    """Whether no name is given twice, or is one that cannot be given."""
    if "__debug__" in (getattr(node, part, "") for part in ("id", "attr", "arg", "name", "asname")):
        return False
    if isinstance(node, ast.Call):
        return _are_different([keyword.arg for keyword in node.keywords if keyword.arg])
    if isinstance(node, ast.arguments):
        every = [*node.posonlyargs, *node.args, *node.kwonlyargs, *filter(None, [node.vararg, node.kwarg])]
        return _are_different([argument.arg for argument in every])
    if isinstance(node, ast.Try):
        return all(handler.type for handler in node.handlers[:-1])
    if isinstance(node, ast.ImportFrom):
        return node.module != "__future__" and all(alias.name != "*" for alias in node.names)
    return True


def _are_different(names: list[str]) -> bool:
    return len(names) == len(set(names))


def _is_in(kinds: tuple[type[ast.AST], ...], above: tuple[ast.AST, ...]) -> bool:
    return any(isinstance(node, kinds) for node in above)


def _function_around(above: tuple[ast.AST, ...]) -> ast.AST | None:
    return next((node for node in reversed(above) if isinstance(node, ast.FunctionDef | ast.Lambda)), None)


def _is_in_loop(node: ast.AST, above: tuple[ast.AST, ...]) -> bool:
    """Whether it stands in the body of a loop of its own function; after the loop's else it would be for another."""
    for outer in reversed(above):
        if isinstance(outer, ast.FunctionDef):
            return False
        if isinstance(outer, LOOPS) and node not in outer.orelse:
            return True
        node = outer
    return False
