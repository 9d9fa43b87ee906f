"""Modules of a student's own that a lecture's modules import: taken with them, if they were handed in beside them.

What a module must not import it cannot import through one of these either: such a one is left out, and that is said.
"""

import ast
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from grader.course import Lecture
from grader.course.rules import forbidden_import, imports
from grader.course.safe_text import clean
from grader.course.source_text import text_of
from grader.course.syntax import statements, tree_to_read
from grader.errors import SubmissionError

MOST = 20
# what the measuring itself may import in a worker, beside the standard library
OURS = frozenset({
    "grader", "torch", "functorch", "torchgen", "numpy", "safetensors", "graphviz", "sympy", "mpmath", "networkx",
    "jinja2", "markupsafe", "filelock", "fsspec", "typing_extensions", "setuptools", "pkg_resources", "scipy", "pandas",
    "matplotlib",
})  # fmt: skip


@dataclass
class Companions:
    """One look for them. `there` are the names of files that lie beside the modules; `read` gives the bytes of one."""

    lecture: Lecture
    there: Collection[str]
    read: Callable[[str], bytes]
    files: dict[str, bytes] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    known: dict[str, bytes] = field(default_factory=dict)

    def look(self, modules: Mapping[str, bytes]) -> None:
        """Find what these modules import, and what that imports."""
        refused = set[str]()
        reached: dict[str, str] = {}
        for module in [name for name in modules if name.endswith(".py")]:
            banned = self.lecture.forbidden_imports.get(module, ())
            for name in self._reached(modules[module]):
                reached.setdefault(name, module)
                found = forbidden_import(text_of(self.known[name]), banned)
                if found and name not in refused:
                    refused.add(name)
                    what = clean(found[0], 40) or "what cannot be read"
                    self.remarks.append(f"{name} was not taken: {module} imports it, and it imports {what}")
        for name in sorted(set(reached) - refused):
            self.files[name] = self.known[name]
            self.remarks.append(f"{name} was taken too, because {reached[name]} imports it")

    def _reached(self, source: bytes) -> list[str]:
        """The names of all companions that a source imports, by way of others too."""
        ahead, found = [source], list[str]()
        while ahead:
            for name in self._imported(text_of(ahead.pop())):
                if name not in found:
                    found.append(name)
                    ahead.append(self._bytes(name))
        return found

    def _bytes(self, name: str) -> bytes:
        if name not in self.known:
            if len(self.known) >= MOST:
                raise SubmissionError(f"the modules of {self.lecture.id} import more than {MOST} others of your own")
            self.known[name] = self.read(name)
        return self.known[name]

    @cached_property
    def _others(self) -> set[str]:
        """All that could be such a module: mostly there is none, and then no source need be read."""
        return {name for name in self.there if name.endswith(".py")}.difference(self.lecture.files)

    def _imported(self, source: str) -> list[str]:
        if not self._others:
            return []
        try:
            names = {*(name for name, _ in imports(source)), *_by_folder(source, self.lecture.id)}
        except (RecursionError, MemoryError):
            return []
        plain = {name.removeprefix(f"{self.lecture.id}.").partition(".")[0] for name in names}
        return sorted(self._others.intersection(f"{name}.py" for name in plain - OURS - sys.stdlib_module_names))


def _by_folder(source: str, folder: str) -> Iterator[str]:
    """Names that are imported from the folder of the module itself, as in `from . import plots`."""
    tree = tree_to_read(source)
    for node in statements(tree) if tree else ():
        if isinstance(node, ast.ImportFrom) and (node.level == 1 or (node.level == 0 and node.module == folder)):
            own = node.module if node.level else None
            yield from [own] if own else [alias.name for alias in node.names]
