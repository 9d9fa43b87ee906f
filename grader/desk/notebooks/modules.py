"""A lecture's modules as long as they are cells: `from engine import Value` gives what the notebook has now."""

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any


class CellModule(ModuleType):
    """A module whose names are those of the notebook, looked up each time."""

    def __init__(self, name: str, names: Mapping[str, Any]) -> None:
        super().__init__(name, f"{name}.py, as the cells of this notebook define it")
        self.__dict__["_names"] = names

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["_names"][name]
        except KeyError:
            raise AttributeError(
                f"no cell of {self.__name__}.py that was run defines {name}; run that cell first"
            ) from None

    def __repr__(self) -> str:
        return f"<module {self.__name__!r}, the cells of this notebook>"

    def __dir__(self) -> list[str]:
        return [name for name in self.__dict__["_names"] if not name.startswith("_")]


class CellModules:
    """Finds a module before any file does, if a cell that was run is marked for it."""

    def __init__(self, names: Mapping[str, Any], marked: Callable[[], set[str]]) -> None:
        self.names, self.marked = names, marked

    def install(self) -> None:
        """Ask here first, for as long as this process lives."""
        sys.meta_path[:] = [one for one in sys.meta_path if not isinstance(one, CellModules)]
        sys.meta_path.insert(0, self)

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: object = None) -> ModuleSpec | None:
        """How the module is made; None leaves it to the files."""
        if path is not None or f"{name}.py" not in self.marked():
            return None
        return ModuleSpec(name, self)  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return CellModule(spec.name, self.names)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing to execute: the cells were run."""
