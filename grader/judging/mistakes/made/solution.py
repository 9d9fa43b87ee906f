"""A file of our solution as a tree: which function and exercise a line belongs to, and which names a student knows."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from grader.course.stubs import BEGIN, END, stub_of
from grader.judging.mistakes.made.slip import Place

Function = ast.FunctionDef


@dataclass
class Solution:
    """One file, read."""

    file: str
    text: str
    tree: ast.Module = field(init=False)

    def __post_init__(self) -> None:
        self.tree = ast.parse(self.text)

    @cached_property
    def public(self) -> frozenset[str]:
        """The words that a student reads in the stub."""
        return frozenset(re.findall(r"\w+", stub_of(self.text)))

    @cached_property
    def exercises(self) -> dict[int, str]:
        """The exercise that each line of a solution belongs to."""
        found, inside = {}, ""
        for number, line in enumerate(self.text.splitlines(), 1):
            begin = BEGIN.match(line)
            inside = begin[2] if begin else "" if END.match(line) else inside
            if inside and not begin:
                found[number] = inside
        return found

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for line in self.text.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        return starts

    def span(self, node: ast.expr | ast.stmt | ast.keyword) -> tuple[int, int]:
        """The first letter of a node, and the one behind its last."""
        end = node.end_lineno or 0, node.end_col_offset or 0
        return self._at(node.lineno, node.col_offset), self._at(*end)

    def _at(self, line: int, column: int) -> int:
        start = self._starts[line - 1]
        whole = self.text[start : self._starts[line]]
        return start + len(whole.encode()[:column].decode())

    def source(self, node: ast.expr | ast.stmt | ast.keyword) -> str:
        """A node's own letters."""
        start, end = self.span(node)
        return self.text[start:end]

    def exercises_in(self, line: int) -> set[str]:
        """The exercises that are solved in the function that holds this line."""
        inside = [f.node for f in self.functions() if f.node.lineno <= line <= (f.node.end_lineno or 0)]
        return {id for node in inside for n, id in self.exercises.items() if node.lineno <= n <= (node.end_lineno or 0)}

    def functions(self) -> Iterator["Scope"]:
        """Every function and method in which something is to be solved."""
        for node in self.tree.body:
            if isinstance(node, Function):
                yield Scope(self, node)
            elif isinstance(node, ast.ClassDef):
                methods = [inner for inner in node.body if isinstance(inner, Function)]
                yield from (Scope(self, method, node) for method in methods)

    def functions_of(self, exercise: str) -> list["Scope"]:
        """Those in which this exercise is solved, or a part of it."""
        return [scope for scope in self.functions() if exercise in self.exercises_in(scope.node.lineno)]


@dataclass
class Scope:
    """One function of a solution, with the functions inside it."""

    solution: Solution
    node: Function
    owner: ast.ClassDef | None = None

    @property
    def name(self) -> str:
        return f"{self.owner.name}.{self.node.name}" if self.owner else self.node.name

    @cached_property
    def statements(self) -> list[ast.stmt]:
        """What lies in a solution region, each with what is inside it."""
        exercises = self.solution.exercises
        return [s for s in self._all(ast.stmt) if s.lineno in exercises]

    def _all(self, kind: type[ast.stmt]) -> list[ast.stmt]:
        return [node for node in ast.walk(self.node) if isinstance(node, kind) and node is not self.node]

    def place(self, statement: ast.stmt) -> Place:
        """Where a statement stands, for a student."""
        exercise = self.solution.exercises[statement.lineno]
        return Place(exercise, self.solution.file, self.name, self._result(statement))

    def _result(self, statement: ast.stmt) -> str:
        if isinstance(statement, ast.Return):
            return "in what it returns"
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        targets = [statement.target] if isinstance(statement, ast.AugAssign) else targets
        names = [self.known(target) for target in targets[:1]]
        return f"where {names[0]} is set" if names and names[0] else ""

    def known(self, node: ast.expr) -> str:
        """The name of an attribute or a parameter, if the student reads it in the stub; else empty."""
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            return node.attr if node.attr in self.solution.public and not node.attr.startswith("_") else ""
        return node.id if isinstance(node, ast.Name) and node.id in self.parameters else ""

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """What the function is given, by the names that the stub gives them, in their order."""
        given = self.node.args
        return tuple(one.arg for one in (*given.args, *given.kwonlyargs) if one.arg != "self")

    @cached_property
    def bound(self) -> dict[str, int]:
        """The line in which each variable is first set; parameters in that of the function's head."""
        found = dict.fromkeys([*self.parameters, *(["self"] if self.owner else [])], self.node.lineno)
        for node in ast.walk(self.node):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found[node.id] = min(node.lineno, found.get(node.id, node.lineno))
            if isinstance(node, Function) and node is not self.node:
                found.update({one.arg: node.lineno for one in node.args.args})
        return found

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """What each node is a part of."""
        return {child: node for node in ast.walk(self.node) for child in ast.iter_child_nodes(node)}

    def is_called(self, node: ast.AST) -> bool:
        """Whether it is what a call calls."""
        parent = self.parents.get(node)
        return isinstance(parent, ast.Call) and parent.func is node

    @cached_property
    def pool(self) -> tuple[str, ...]:
        """The variables of the function, and the attributes that it uses, of every object that it uses any of."""
        used = [
            (node.value.id, node.attr)
            for node in ast.walk(self.node)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
            if node.value.id in self.bound and not self.is_called(node) and not node.attr.startswith("_")
        ]
        bases, attributes = dict.fromkeys(base for base, _ in used), dict.fromkeys(attribute for _, attribute in used)
        names = [name for name in self.bound if name != "self"]
        return (*names, *(f"{base}.{attribute}" for base in bases for attribute in attributes))
