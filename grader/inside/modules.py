"""A submission's files as importable modules, straight from memory and fresh for every measurement.

With a lecture's folder or without it, or with a dot within the folder, a name is one and the same module, so that every
usual way to import works. Loaded beside student code: the standard library alone.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import linecache
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import takewhile
from types import CodeType, ModuleType


def _settle() -> None:
    """Torch's global switches as a new process has them: what one measurement leaves turned is not met by the next."""
    torch = sys.modules.get("torch")
    if torch is not None and hasattr(torch, "set_grad_enabled"):
        torch.set_grad_enabled(True)
        torch.set_default_dtype(torch.float32)


class Modules(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """`files` maps names such as engine.py to source text; `lecture` is the folder they belong to.

    `home` is the folder around that, as far as a module is told where it is.
    """

    def __init__(self, lecture: str, files: Mapping[str, str], home: str = "") -> None:
        self.lecture = lecture
        self.home = home
        self.codes: dict[str, CodeType] = {}
        self._take({name.removesuffix(".py"): text for name, text in files.items() if name.endswith(".py")})

    def _take(self, sources: dict[str, str]) -> None:
        self.sources = sources
        self.claimed = [self.lecture, *sources, *(f"{self.lecture}.{name}" for name in sources)]

    def edited(self, files: Mapping[str, str]) -> "Modules":
        """The same modules with some of the files otherwise; what stays is compiled once for all."""
        if not files:
            return self
        other = Modules(self.lecture, files, self.home)
        other.codes = {name: code for name, code in self.codes.items() if name not in other.sources}
        other._take({**self.sources, **other.sources})
        return other

    @contextmanager
    def fresh(self, names: Iterable[str]) -> Iterator[dict[str, ModuleType]]:
        """The named modules, newly executed. Whatever they raise comes out."""
        before = {name: sys.modules[name] for name in self.claimed if name in sys.modules}
        sys.meta_path.insert(0, self)
        try:
            yield self._executed(names)
        finally:
            sys.meta_path.remove(self)
            self._forget()
            sys.modules.update(before)

    def _executed(self, names: Iterable[str]) -> dict[str, ModuleType]:
        self._forget()
        self.last_before = next(reversed(sys.modules))
        sys.modules[self.lecture] = importlib.util.module_from_spec(self._spec(self.lecture))
        return {name: importlib.import_module(f"{self.lecture}.{name}") for name in names}

    def loaded_since(self) -> list[str]:
        """The names of all that has been loaded since the modules began to be executed, which always comes last."""
        return list(takewhile(lambda name: name != self.last_before, reversed(sys.modules)))

    def _forget(self) -> None:
        """What has run is nowhere any more, and torch's switches are as in a new process."""
        for name in self.claimed:
            sys.modules.pop(name, None)
        _settle()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        return self._spec(fullname) if fullname in self.claimed else None

    def _spec(self, fullname: str) -> importlib.machinery.ModuleSpec:
        return importlib.machinery.ModuleSpec(fullname, self, is_package=fullname == self.lecture)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        if spec.name in self.sources:  # a plain name is another name for the module in the folder
            return importlib.import_module(f"{self.lecture}.{spec.name}")
        return None

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__.rpartition(".")[2]
        if module.__spec__ is None or module.__spec__.name != f"{self.lecture}.{name}":
            return
        if name in self.sources:
            module.__file__ = os.path.join(self.home, self.lecture, f"{name}.py")
            exec(self._code(name), module.__dict__)

    def _code(self, name: str) -> CodeType:
        if name not in self.codes:
            file = f"{self.lecture}/{name}.py"
            source = self.sources[name]
            if "\0" in source:
                raise _not_text(source, file)
            linecache.cache[file] = (len(source), None, source.splitlines(True), file)
            self.codes[name] = _compiled(source, file)
        return self.codes[name]


@lru_cache(maxsize=64)
def _compiled(source: str, file: str) -> CodeType:
    """What stands alike in many copies of a module's folder is compiled once for all of them."""
    return compile(source, file, "exec", dont_inherit=True)


def anew(modules: Iterable[ModuleType]) -> list[ModuleType]:
    """The same modules executed once more, in the middle of a measurement: nothing is left of what ran in them."""
    finder = next(one for one in sys.meta_path if isinstance(one, Modules))
    return list(finder._executed(module.__name__.rpartition(".")[2] for module in modules).values())


def loaded_beside(modules: Iterable[ModuleType]) -> list[ModuleType]:
    """These modules and whatever else of their folders is loaded, each once."""
    wanted = {module.__name__ for module in modules}
    folders = {name.rpartition(".")[0] for name in wanted}
    finder = next((one for one in sys.meta_path if isinstance(one, Modules)), None)
    names = finder.loaded_since() if finder else []
    if not wanted.issubset(names):  # they were not executed by it
        names = list(sys.modules)
    beside = (sys.modules.get(name) for name in names if name.rpartition(".")[0] in folders)
    return list({id(module): module for module in beside if module is not None}.values())


def _not_text(source: str, file: str) -> SyntaxError:
    """What is wrong with a file that holds a byte 0: two bytes for each letter, mostly."""
    line = source[: source.index("\0")].count("\n") + 1
    is_wide = source.count("\0") > len(source) // 4
    kind = "this file is written in UTF-16; save it as UTF-8" if is_wide else "a NUL byte stands in this line"
    return SyntaxError(kind, (file, line, 0, ""))
