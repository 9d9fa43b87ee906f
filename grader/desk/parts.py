"""A module of a student cut into parts, read from the syntax tree: what runs when it is imported, and each function.

Nothing is executed. A name that is read in a part may mean whatever is so called anywhere in the lecture's files; and
where a name can be made up while the program runs, everything is meant. So too much is found rather than too little.
"""

import ast
import importlib
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import lru_cache

from grader.course.syntax import tree_of
from grader.desk.well_formed import is_well_formed

Function = ast.FunctionDef | ast.AsyncFunctionDef

EVERYTHING = "..."  # among the words of a part: whatever there is may be meant

MAKES_NAMES = frozenset([
    "__builtins__", "__code__", "__dict__", "__doc__", "__file__", "__getattr__", "__getattribute__", "__globals__",
    "__import__", "__subclasses__", "attrgetter", "builtins", "compile", "delattr", "dir", "eval", "exec", "gc",
    "getattr", "globals", "hasattr", "import_module", "inspect", "linecache", "locals", "methodcaller", "open",
    "operator", "setattr", "sys", "vars",
])  # fmt: skip
# what these packages do to an object of the student's own is done by its special methods alone, or by operators
HARMLESS = frozenset(["math", "random", "itertools", "collections", "typing", "torch", "graphviz", "matplotlib"])
ALWAYS_THERE = HARMLESS - {"graphviz", "matplotlib"} | {"torch.nn", "torch.nn.functional"}
OPERATORS = {
    ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "truediv", ast.FloorDiv: "floordiv", ast.Mod: "mod",
    ast.Pow: "pow", ast.MatMult: "matmul", ast.LShift: "lshift", ast.RShift: "rshift", ast.BitAnd: "and",
    ast.BitOr: "or", ast.BitXor: "xor", ast.USub: "neg", ast.UAdd: "pos", ast.Invert: "invert",
}  # fmt: skip
METHODS = {name: frozenset(f"__{way}{name}__" for way in ("", "r", "i")) for name in OPERATORS.values()}
ARITHMETIC = frozenset().union(*METHODS.values())
TEXT = frozenset(["__repr__", "__str__", "__format__"])
# special methods that something must ask for by an operator or a function; any other may be called at any time
ASKED_FOR = ARITHMETIC | TEXT
ASKS = {
    "sum": METHODS["add"],
    **dict.fromkeys(["prod", "sumprod", "accumulate", "reduce", "pow", "divmod", "partial"], ARITHMETIC),
    **dict.fromkeys(["str", "repr", "print", "format", "ascii", "pformat", "Digraph", "Graph"], TEXT),
}  # fmt: skip
CALM = frozenset(["property", "staticmethod", "classmethod", "torch.no_grad()", "torch.inference_mode()"])
WITH_A_NAME = ("getattr", "hasattr", "setattr")  # which make up no name where it is written out


@dataclass(frozen=True)
class Part:
    """One function of a module, or (without a name) something that runs when it is imported; `words` are read in it.

    `imported` are names of the lecture's own modules that it imports: whether they are there makes a difference.
    """

    file: str
    owner: str
    name: str
    text: str
    words: frozenset[str]
    imported: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()  # the attributes that it sets
    is_ruled: bool = False  # a method of a class that others than the student may call as they like

    @property
    def place(self) -> tuple[str, str, str]:
        return self.file, self.owner, self.name

    def is_reached(self, words: frozenset[str]) -> bool:
        """Whether something that reads these words may run it."""
        if self.file not in words or (self.owner and self.owner not in words):
            return False
        if not self.name:
            return True
        return self.name in words or (bool(self.owner) and (self.is_ruled or _is_special(self.name)))


def _is_special(name: str) -> bool:
    return name.startswith("__") and name.endswith("__") and name not in ASKED_FOR


@lru_cache(maxsize=100)
def parts_of(file: str, source: str, own: frozenset[str], forbidden: tuple[str, ...]) -> tuple[Part, ...]:
    """The parts in the order of the file; one that may be anything if it does not parse.

    `own` are the names by which modules of the lecture are imported; an import that is forbidden is never harmless.
    """
    try:
        tree = tree_of(source)
        if tree:
            return tuple(_Reader(file, own, frozenset(ALWAYS_THERE - set(forbidden))).parts(tree.body))
    except (RecursionError, MemoryError):
        pass
    return (Part(file, "", "", source, frozenset([EVERYTHING])),)


@dataclass
class _Reader:
    file: str
    own: frozenset[str]
    harmless: frozenset[str]
    plain_classes: set[str] = field(default_factory=lambda: {"object"})

    def parts(self, body: Iterable[ast.stmt]) -> Iterator[Part]:
        for node in body:
            if isinstance(node, Function):
                yield from self._function(node)
            elif isinstance(node, ast.ClassDef):
                yield from self._class(node)
            elif names := self._bound(node):
                yield from (self._part([node], name=name) for name in names)
            elif isinstance(node, ast.ImportFrom) and self._is_own(node):
                yield self._part([node])
                yield from (self._part([ast.Name(a.name)], name=a.asname) for a in node.names if a.asname)
            elif not _is_docstring(node) and not _is_for_running(node):
                yield self._part([node])

    def _function(self, node: Function, owner: str = "", ruled: bool = False) -> Iterator[Part]:
        yield self._part([node], owner, node.name, ruled)
        at_import = _at_import(node)
        if at_import:  # and a decorator may call what it decorates
            calls = any(ast.unparse(decorator) not in CALM for decorator in node.decorator_list)
            yield self._part(at_import, more={owner, node.name} if calls else set())

    def _class(self, node: ast.ClassDef) -> Iterator[Part]:
        bases = [base.id if isinstance(base, ast.Name) else "" for base in node.bases]
        ruled = bool(node.keywords or node.decorator_list) or not self.plain_classes.issuperset(bases)
        if not ruled:
            self.plain_classes.add(node.name)
        functions = [n for n in node.body if isinstance(n, Function)]
        others = [n for n in node.body if n not in functions and not _is_docstring(n)]
        bare = copy(node)
        bare.body = others
        yield self._part([bare], more={node.name} if ruled else set())
        for function in functions:
            yield from self._function(function, node.name, ruled)

    def _bound(self, node: ast.stmt) -> list[str]:
        """The names that a statement gives to something harmless, if that is all it does."""
        if isinstance(node, ast.Assign) and _is_literal(node.value):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            return names if len(names) == len(node.targets) and not any(n.startswith("__") for n in names) else []
        if isinstance(node, ast.Import) and all(self._is_there(alias.name) for alias in node.names):
            return [alias.asname or alias.name.partition(".")[0] for alias in node.names]
        if isinstance(node, ast.ImportFrom) and all(self._is_there(node.module or "", a.name) for a in node.names):
            return [] if node.level else [alias.asname or alias.name for alias in node.names]
        return []

    def _is_there(self, module: str, name: str = "") -> bool:
        """Whether this can be imported for certain, and does nothing else; torch is not imported to find out."""
        top = module.partition(".")[0]
        if module not in self.harmless or top not in self.harmless or top in self.own:
            return False
        return not name or (top != "torch" and hasattr(importlib.import_module(module), name))

    def _is_own(self, node: ast.ImportFrom) -> bool:
        """Whether names are imported from modules of the lecture, or such modules themselves."""
        return bool(node.level) or (node.module or "").partition(".")[0] in self.own

    def _part(
        self, nodes: Sequence[ast.AST], owner: str = "", name: str = "", ruled: bool = False, more: Iterable[str] = ()
    ) -> Part:
        every = [inner for node in nodes for inner in ast.walk(node)]
        settled = {id(node.func) for node in every if isinstance(node, ast.Call) and _has_its_name(node)}
        words = {word for node in every if id(node) not in settled for word in self._words(node)}
        imported = {a.name for n in every if isinstance(n, ast.ImportFrom) and self._is_own(n) for a in n.names}
        text = "\n".join(ast.dump(node) for node in nodes)
        kept = frozenset(n.attr for n in every if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store))
        return Part(self.file, owner, name, text, frozenset({*words, *more} - {""}), frozenset(imported), kept, ruled)

    def _words(self, node: ast.AST) -> Iterator[str]:
        """The names that a node reads, and the special methods that it asks for."""
        for word in _plain_words(node):
            yield word
            yield from ASKS.get(word, ())
            if word in MAKES_NAMES or (word == "__name__" and isinstance(node, ast.Name)):
                yield EVERYTHING
        if isinstance(node, ast.BinOp | ast.AugAssign | ast.UnaryOp) and type(node.op) in OPERATORS:
            yield from METHODS[OPERATORS[type(node.op)]]
            yield from TEXT if isinstance(node.op, ast.Mod) else ()
        if isinstance(node, ast.FormattedValue | ast.Raise | ast.Assert):
            yield from TEXT
        if isinstance(node, ast.Import):
            yield from (word for alias in node.names for word in self._module(alias.name))
        if isinstance(node, ast.ImportFrom):
            yield from self._imported_from(node)

    def _imported_from(self, node: ast.ImportFrom) -> Iterator[str]:
        """The modules. The names are read where they are used, and here only if that is under another name."""
        yield from self._module(node.module or "", is_own=self._is_own(node))
        for alias in node.names:
            yield from self._module(alias.name, is_own=True) if self._is_own(node) else ()
            yield alias.name if alias.asname and not self._is_own(node) else ""

    def _module(self, name: str, is_own: bool = False) -> Iterator[str]:
        """The lecture's files that this may be; of a package about which nothing is known, everything."""
        top = name.partition(".")[0]
        if is_own or top in self.own:
            yield from (f"{part}.py" for part in name.split("."))
        elif top not in HARMLESS:
            yield EVERYTHING


def _has_its_name(node: ast.Call) -> bool:
    """Whether it is getattr(v, "grad"), or the like: as good as v.grad, which is read as well."""
    named = isinstance(node.func, ast.Name) and node.func.id in WITH_A_NAME and len(node.args) > 1
    return named and isinstance(node.args[1], ast.Constant)


def _plain_words(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
        yield node.value


def _at_import(node: Function) -> list[ast.AST]:
    """What of a function matters when its module is imported: all of it, where it may stop the import, and else what
    runs then and is more than a literal.
    """
    if not is_well_formed(node):
        return [node]
    every = node.args
    arguments = [*every.posonlyargs, *every.args, *every.kwonlyargs, *filter(None, [every.vararg, every.kwarg])]
    annotations = [node.returns, *(argument.annotation for argument in arguments)]
    defaults = [value for value in (*every.defaults, *every.kw_defaults) if value and not _is_literal(value)]
    return [*node.decorator_list, *defaults, *(note for note in annotations if note)]


def _is_literal(node: ast.expr) -> bool:
    if isinstance(node, ast.Tuple | ast.List):
        return all(map(_is_literal, node.elts))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return isinstance(node.operand, ast.Constant) and isinstance(node.operand.value, int | float)
    return isinstance(node, ast.Constant)


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_for_running(node: ast.stmt) -> bool:
    """Whether it is `if __name__ == "__main__":`, which an import leaves out."""
    if not isinstance(node, ast.If) or node.orelse or not is_well_formed(node):
        return False
    return ast.unparse(node.test) == "__name__ == '__main__'"
