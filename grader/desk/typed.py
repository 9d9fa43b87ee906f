"""A case as it is typed into a Python prompt: `a = Value(2.0); b = a.exp()`, and what is remarked about it beside.

Probes show their inputs to a reader, who knows that exp(a) is meant to be a method. A prompt does not.
"""

import ast
import builtins
from collections.abc import Iterable
from dataclasses import dataclass

from grader.course import Lecture
from grader.course.stubs import stubs_of
from grader.course.syntax import tree_of
from grader.judging import messages
from grader.judging.case import Case

REMARK = "    ("  # how probes begin what is no part of the program, in parentheses
MOST_LETTERS = 5_000  # of a program that somebody may want to type in


@dataclass(frozen=True)
class Typed:
    """The program, or what is told in its place; a remark on it; and whether it runs as it stands."""

    program: str
    remark: str
    runs: bool


def typed(case: Case, lecture: Lecture) -> Typed:
    """The case for a prompt in which everything was imported from the modules that its probe measures."""
    text = messages.inputs(case)
    program, _, remark = text.partition(REMARK)
    tree = _tree(program)
    if tree is None:
        return Typed(text, "", runs=False)
    known = _Known.of(lecture, case.probe.modules)
    lines = [_line(statement, program, known) for statement in tree.body]
    if not known.has_all(_tree("\n".join(lines))):
        return Typed(text, "", runs=False)
    return Typed("; ".join(lines), remark.removesuffix(")"), runs=True)


def _tree(program: str) -> ast.Module | None:
    try:
        return tree_of(program) if len(program) <= MOST_LETTERS else None
    except (RecursionError, MemoryError):
        return None


@dataclass(frozen=True)
class _Known:
    """The names that such a prompt has, and those that are methods of a class there."""

    names: frozenset[str]
    methods: frozenset[str]

    @classmethod
    def of(cls, lecture: Lecture, modules: Iterable[str]) -> "_Known":
        sources = stubs_of(lecture)
        trees = filter(None, (tree_of(sources[f"{module}.py"]) for module in modules))
        body = [node for tree in trees for node in tree.body]
        inner = [part for node in body if isinstance(node, ast.ClassDef) for part in node.body]
        methods = {part.name for part in inner if isinstance(part, ast.FunctionDef)}
        return cls(frozenset(name for node in body for name in _given(node)), frozenset(methods))

    def has_all(self, tree: ast.Module | None) -> bool:
        """Whether nothing is read that is not there, and nothing was left out with three dots."""
        if tree is None:
            return False
        nodes = list(ast.walk(tree))
        names = [node for node in nodes if isinstance(node, ast.Name)]
        given = {node.id for node in names if isinstance(node.ctx, ast.Store)}
        read = {node.id for node in names} | {node.arg for node in nodes if isinstance(node, ast.arg)}
        dots = any(isinstance(node, ast.Constant) and node.value is ... for node in nodes)
        return not dots and all(name in given | self.names or hasattr(builtins, name) for name in read)


def _given(node: ast.stmt) -> list[str]:
    """The names that a statement at the top of a module gives to something."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [(alias.asname or alias.name).partition(".")[0] for alias in node.names]
    return [inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)]


def _line(statement: ast.stmt, program: str, known: _Known) -> str:
    """The statement as it stands, or with methods in the place of functions that are not there."""
    method = _Methods(known)
    turned = method.visit(ast.parse(ast.unparse(statement)))
    return ast.unparse(turned) if method.turned else ast.get_source_segment(program, statement) or ""


class _Methods(ast.NodeTransformer):
    """exp(a) becomes a.exp(), if exp is no function there, and a method."""

    def __init__(self, known: _Known) -> None:
        self.known = known
        self.turned = False

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in self.known.names or name not in self.known.methods or len(node.args) != 1 or node.keywords:
            return node
        self.turned = True
        return ast.Call(ast.Attribute(node.args[0], name, ast.Load()), [], [])
