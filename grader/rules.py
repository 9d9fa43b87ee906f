"""Rules about how an exercise may be solved, read from the syntax tree, which executes nothing."""

import ast
import warnings
from collections.abc import Iterator

MAX_SOURCE = 300_000


def forbidden_import(source: str, forbidden: tuple[str, ...]) -> tuple[str, int] | None:
    """The first forbidden package that the source imports, and the line; None if there is none.

    Source that does not parse breaks no rule here: it fails by itself when it is run.
    """
    for name, line in _imports(source):
        if name.partition(".")[0] in forbidden:
            return name, line
    return None


def _imports(source: str) -> Iterator[tuple[str, int]]:
    if len(source) > MAX_SOURCE:
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module, node.lineno
        elif isinstance(node, ast.Call) and _is_import_call(node.func) and node.args:
            if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
                yield node.args[0].value, node.lineno


def _is_import_call(function: ast.expr) -> bool:
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in ("__import__", "import_module")
