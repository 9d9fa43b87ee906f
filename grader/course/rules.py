"""Rules about how an exercise may be solved, read from the syntax tree, which executes nothing."""

import ast
from collections.abc import Iterator
from functools import lru_cache

from grader.course.syntax import tree_of


def forbidden_import(source: str, forbidden: tuple[str, ...]) -> tuple[str, int] | None:
    """The first forbidden package that the source imports, and the line; None if there is none.

    Source that does not parse breaks no rule here: it fails by itself when it is run. Source that is nested too deeply
    to be read comes out as the package "": a student's process might manage what cannot be read here.
    """
    if not forbidden:
        return None
    try:
        found = imports(source)
    except (RecursionError, MemoryError):
        return "", 1
    return next(((name, line) for name, line in found if name.partition(".")[0] in forbidden), None)


@lru_cache(maxsize=100)
def imports(source: str) -> tuple[tuple[str, int], ...]:
    """Everything that a source imports by a name that can be read, and the line. Nothing for what does not parse.

    Raises RecursionError or MemoryError for what is nested too deeply.
    """
    tree = tree_of(source)
    return tuple(_imports(tree)) if tree else ()


def _imports(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module, node.lineno
        elif isinstance(node, ast.Call) and (name := _imported_by_call(node)):
            yield name, node.lineno


def _imported_by_call(node: ast.Call) -> str:
    """The name in __import__("name") or import_module("name"); empty for any other call."""
    function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    first = node.args[0] if node.args else next((k.value for k in node.keywords if k.arg == "name"), None)
    if function not in ("__import__", "import_module") or not isinstance(first, ast.Constant):
        return ""
    return first.value if isinstance(first.value, str) else ""
