"""Rules about how an exercise may be solved, read from the syntax tree, which executes nothing."""

import ast
import symtable
import warnings
from collections.abc import Collection, Iterator
from functools import lru_cache

from grader.course.syntax import statements, tree_to_read

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
BY_CALL = ("__import__", "import_module")


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
    tree = tree_to_read(source)
    return tuple(_imports(tree, source)) if tree else ()


def _imports(tree: ast.Module, source: str) -> Iterator[tuple[str, int]]:
    # a name in other letters than these may be read as one of them
    may_call = not source.isascii() or any(name in source for name in BY_CALL)
    for node in ast.walk(tree) if may_call else statements(tree):
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
    if function not in BY_CALL or not isinstance(first, ast.Constant):
        return ""
    return first.value if isinstance(first.value, str) else ""


# ---- names that an exercise's own code may not use


def forbidden_use(
    source: str,
    functions: Collection[str],
    forbidden: Collection[str],
    own: Collection[str] = (),
    apart: Collection[str] = (),
) -> tuple[str, int] | None:
    """The first forbidden name that these functions use, or what they call in this file, and the line; else None.

    Used is what stands behind a dot, in an import or, in quotes, in a call. A name that is one's `own`, such as a
    method `backward` of a class in these files, may be used. What no such function reaches is free: notes, trials.
    Functions that stand `apart`, such as those of other exercises, answer for themselves.
    """
    if not forbidden:
        return None
    try:
        reached = _reached(source, frozenset(functions), frozenset(apart))
        uses = sorted((line, name) for statement in reached for name, line in _uses(statement, frozenset(own)))
    except (RecursionError, MemoryError):
        return "", 1
    return next(((name, line) for line, name in uses if name in forbidden), None)


def defined(source: str) -> frozenset[str]:
    """The names of all functions and methods that a source defines; none if it does not parse."""
    try:
        return frozenset(node.name for node in ast.walk(_parsed(source)) if isinstance(node, FUNCTIONS))
    except (RecursionError, MemoryError):
        return frozenset()


def _parsed(source: str) -> ast.Module:
    """The syntax tree; an empty one of what does not parse."""
    return tree_to_read(source) or ast.Module([], [])


@lru_cache(maxsize=100)
def _reached(source: str, functions: frozenset[str], apart: frozenset[str]) -> tuple[ast.stmt, ...]:
    """The statements of the file that these functions, or the classes of these methods, stand in and lead to."""
    statements = [(frozenset(_bound(statement)), statement) for statement in _parsed(source).body]
    found: list[ast.stmt] = []
    ahead = {name.partition(".")[0] for name in functions}
    while ahead:
        new = [statement for names, statement in statements if names & ahead and statement not in found]
        found += new
        ahead = {name for statement in new for name in _mentioned(source, statement)} - apart
    return tuple(found)


def _mentioned(source: str, statement: ast.stmt) -> Iterator[str]:
    """The names of this file that a statement uses: of a function or class those that are not its own."""
    scopes = [scope for scope in _scopes(source) if scope.get_lineno() == statement.lineno]
    if isinstance(statement, (*FUNCTIONS, ast.ClassDef)) and scopes:
        yield from (name for scope in scopes for name in _global(scope))
    else:
        yield from (node.id for node in ast.walk(statement) if isinstance(node, ast.Name))


@lru_cache(maxsize=100)
def _scopes(source: str) -> tuple[symtable.SymbolTable, ...]:
    """The scopes right below the file's own; none of what does not compile."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return tuple(symtable.symtable(source, "", "exec").get_children())
    except (SyntaxError, ValueError):
        return ()


def _global(scope: symtable.SymbolTable) -> Iterator[str]:
    """What a scope, and those in it, look for in the file."""
    yield from (symbol.get_name() for symbol in scope.get_symbols() if symbol.is_global())
    for inner in scope.get_children():
        yield from _global(inner)


def _bound(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement gives a meaning. `import a.b` gives one to a, whatever b is, and does not count."""
    if isinstance(statement, (*FUNCTIONS, ast.ClassDef)):
        yield statement.name
    elif isinstance(statement, ast.Import | ast.ImportFrom):
        yield from (alias.asname or alias.name for alias in statement.names)
    else:
        stored = (node for node in ast.walk(statement) if isinstance(node, ast.Name))
        yield from (node.id for node in stored if isinstance(node.ctx, ast.Store))


def _uses(statement: ast.stmt, own: frozenset[str]) -> Iterator[tuple[str, int]]:
    """What stands behind a dot, in an import or, in quotes, in a call."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Attribute) and node.attr not in own:
            yield node.attr, node.end_lineno or node.lineno
        elif isinstance(node, ast.Import | ast.ImportFrom):
            module = getattr(node, "module", None) or ""
            parts = ".".join([module, *(alias.name for alias in node.names)]).split(".")
            yield from ((part, node.lineno) for part in parts)
        elif isinstance(node, ast.Call):
            texts = (part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str))
            yield from ((part, node.lineno) for text in texts for part in text.split("."))
