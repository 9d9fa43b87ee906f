"""The statements of a notebook's cells, read from their syntax trees: what each gives a name to, changes, and needs.

Nothing is executed. What is nested too deeply to be read counts as a cell that does not parse.
"""

import ast
import re
import symtable
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from grader.course.syntax import tree_of

DEFINES = re.compile(r"^(?:async[ \t]+def|class|def)[ \t]+(\w+)", re.MULTILINE)
AT_ONCE = ("listcomp", "setcomp", "dictcomp", "genexpr")  # run where they stand, though they are scopes of their own
READS = {"open", "input", "read_text", "read_bytes", "urlopen", "urlretrieve", "read_csv"}
Function = ast.FunctionDef | ast.AsyncFunctionDef
Loop = ast.For | ast.While | ast.AsyncFor
Block = ast.If | ast.Try | ast.With


@dataclass(frozen=True)
class Statement:
    """One statement at the top of a cell, the how-manieth it is of all, and where its text stands in the cell.

    `node` is None for a cell that does not parse, which is a statement as a whole.
    """

    index: int
    cell: int
    node: ast.stmt | None
    text: str
    line: int

    @cached_property
    def binds(self) -> tuple[str, ...]:
        """The names that it gives something to."""
        node = self.node
        if node is None:
            return tuple(DEFINES.findall(self.text))
        if isinstance(node, Function | ast.ClassDef):
            return (node.name,)
        if isinstance(node, ast.Import | ast.ImportFrom):
            return tuple(map(bound_by, node.names))
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign) and node.value is not None:
            return tuple(name.id for target in _targets(node) for name in _names(target))
        return tuple(self._names_in_block()) if isinstance(node, Block) else ()

    @cached_property
    def changes(self) -> tuple[str, ...]:
        """The names of what it adds to: Value in `Value.exp = exp`, stoi in a loop that fills it."""
        node = self.node
        if isinstance(node, ast.Assign | ast.AugAssign | Loop) and not _trains(node):
            return tuple({root: None for target in _stored(node) if (root := _root(target))})
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            call = node.value
            named = isinstance(call.func, ast.Name) and call.func.id == "setattr" and call.args
            return (call.args[0].id,) if named and isinstance(call.args[0], ast.Name) else ()
        made = node.decorator_list if isinstance(node, Function) else []  # as in @add_to(Value)
        given = [one for call in made if isinstance(call, ast.Call) for one in call.args]
        return tuple(one.id for one in given if isinstance(one, ast.Name))

    @cached_property
    def needs(self) -> tuple[frozenset[str], frozenset[str]]:
        """The names that it looks up when it runs, and those that its functions look up when they are called."""
        try:
            now, later = _needs(self.text) if self.node else (frozenset(), frozenset())
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return frozenset(), frozenset()
        if isinstance(self.node, ast.AugAssign):
            now = now.union(self.binds)
        return (now.difference(self.binds) if isinstance(self.node, Block) else now), later

    def imports_part(self, name: str) -> bool:
        """Whether it is an import such as `import torch.nn`, which fills the name torch beside others."""
        aliases = self.node.names if isinstance(self.node, ast.Import) else []
        return any(not alias.asname and alias.name.startswith(f"{name}.") for alias in aliases)

    @property
    def imports(self) -> bool:
        return isinstance(self.node, ast.Import | ast.ImportFrom)

    @property
    def is_future(self) -> bool:
        return isinstance(self.node, ast.ImportFrom) and self.node.module == "__future__"

    @property
    def is_class(self) -> bool:
        return isinstance(self.node, ast.ClassDef)

    @property
    def is_function(self) -> bool:
        return isinstance(self.node, Function)

    @property
    def reads(self) -> bool:
        """Whether it is no definition, and reads a file or waits for a key: nobody's function does that on import."""
        if self.node is None or self.imports or self.is_class or self.is_function:
            return False
        calls = (node.func for node in ast.walk(self.node) if isinstance(node, ast.Call))
        return any((f.attr if isinstance(f, ast.Attribute) else getattr(f, "id", "")) in READS for f in calls)

    @property
    def defines(self) -> bool:
        """Whether this is how a function or a class gets its name: def, class, a lambda, another name for one."""
        node = self.node
        if isinstance(node, ast.Assign):
            return isinstance(node.value, ast.Lambda | ast.Name | ast.Attribute)
        return isinstance(node, Function | ast.ClassDef)

    @property
    def arguments(self) -> tuple[str, ...]:
        """The names of a function's arguments."""
        given = ast.walk(self.node.args) if isinstance(self.node, Function) else ()
        return tuple(one.arg for one in given if isinstance(one, ast.arg))

    def _names_in_block(self) -> Iterator[str]:
        try:
            for symbol in symtable.symtable(self.text, "cell", "exec").get_symbols():
                if symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace():
                    yield symbol.get_name()
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return


def bound_by(alias: ast.alias) -> str:
    """The name that an import gives."""
    return alias.asname or alias.name.partition(".")[0]


def statements_of(text: str, cell: int, first: int) -> list[Statement]:
    """The statements of a cell in their order; `first` is the number of the first."""
    text = text.removeprefix("\ufeff").replace("\r", "\n")
    try:
        tree = tree_of(text)
    except (RecursionError, MemoryError):
        tree = None
    if tree is None:
        return [Statement(first, cell, None, text.rstrip("\n"), 1)]
    lines = text.encode().split(b"\n")
    return [_statement(node, lines, cell, index) for index, node in enumerate(tree.body, first)]


def _statement(node: ast.stmt, lines: list[bytes], cell: int, index: int) -> Statement:
    made = node.decorator_list if isinstance(node, Function | ast.ClassDef) else []
    line = min([node.lineno, *(one.lineno for one in made)])
    end, until = node.end_lineno or line, node.end_col_offset
    part = lines[line - 1 : end]
    part[-1] = part[-1][:until]
    part[0] = part[0][0 if made else node.col_offset :]
    return Statement(index, cell, node, b"\n".join(part).decode(), line)


def _needs(text: str) -> tuple[frozenset[str], frozenset[str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ahead = [(symtable.symtable(text, "cell", "exec"), True)]
    at_once, later = set[str](), set[str]()
    while ahead:
        table, now = ahead.pop()
        for symbol in table.get_symbols():
            if symbol.is_referenced() and (table.get_type() == "module" or symbol.is_global()):
                (at_once if now else later).add(symbol.get_name())
        for inner in table.get_children():
            runs = now and (inner.get_type() != "function" or inner.get_name() in AT_ONCE)
            ahead.append((inner, runs))
    return frozenset(at_once), frozenset(later)


def _targets(node: ast.stmt) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, ast.AugAssign | ast.AnnAssign) else []


def _names(target: ast.expr) -> Iterator[ast.Name]:
    """The plain names in a target, as in `a, (b, *c) = ...`."""
    if isinstance(target, ast.Tuple | ast.List | ast.Starred):
        for part in [target.value] if isinstance(target, ast.Starred) else target.elts:
            yield from _names(part)
    elif isinstance(target, ast.Name):
        yield target


def _stored(node: ast.stmt) -> Iterator[ast.expr]:
    """Whatever is stored to in a statement that is no plain name: x.y, x[i]."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Attribute | ast.Subscript) and isinstance(inner.ctx, ast.Store):
            yield inner


def _root(target: ast.expr) -> str:
    while isinstance(target, ast.Attribute | ast.Subscript):
        target = target.value
    return target.id if isinstance(target, ast.Name) else ""


def _trains(node: ast.stmt) -> bool:
    """Whether this is a loop that goes backward through a graph: training, which no definition needs."""
    return isinstance(node, Loop) and any(
        isinstance(inner, ast.Attribute) and inner.attr == "backward" for inner in ast.walk(node)
    )
