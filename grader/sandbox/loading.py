"""What the warm process loads before the first fork: the probes and what serves them, libraries, and nothing else."""

from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import grader.inside
from grader.course import names
from grader.course.probe_needs import needs_of, probe_folder
from grader.course.rules import imports
from grader.errors import UsageError
from grader.inside.confine import Confinement
from grader.inside.levels import LANDLOCK, holds
from grader.sandbox import syscalls, view

INSIDE = Path(grader.inside.__file__).parent
FIRST = ("plain", "probe", "notation", "expressions", "names")  # in the order of their needs, as those that come last
TENSORS = ("late", "arrays", "tensors", "on_the_way", "chance", "draws", "attributes")
LAST = ("levels", "kernel", "confine", "frames", "modules", "around", "worker")
SLOW_LIBRARIES = ("numpy", "torch", "matplotlib")  # over a tenth of a second each, and never a student's own
FONTS = "matplotlib.pyplot"  # it lists all fonts when it is first imported, and that takes longer than a check may
WITH_OPTIMIZERS = "torch._dynamo"  # torch imports it when the first optimizer is made, and that takes over a second


def what_to_load(lecture: str, listed: names.NameList | None, confinement: Confinement) -> dict[str, Any]:
    """The modules that run beside student code, in the order of their needs, and where to look for libraries."""
    preload = needs_of(lecture).preload
    if missing := [name for name in preload if "." not in name and find_spec(name) is None]:
        raise UsageError(f"{lecture} works with {missing[0]}, which is not installed: pip install {missing[0]}")
    needed = [*FIRST, *(TENSORS if "torch" in preload else [])]
    files = {
        **{f"grader.inside.{name}": INSIDE / f"{name}.py" for name in needed},
        **_probe_files(lecture),
        **{f"grader.inside.{name}": INSIDE / f"{name}.py" for name in LAST},
    }
    return {
        "modules": [[name, str(file)] for name, file in files.items()],
        "path": view.library_path(),
        "preload": list(preload),
        "calls": [["grader.inside.names", "read", str(names.checked(listed).path)]] if listed else [],
        "confinement": confinement.to_data(),
    }


def files_of(to_load: dict[str, Any]) -> list[str]:
    """The files that the warm process opens by name, as bubblewrap has to bring them into view."""
    return [*(file for _, file in to_load["modules"]), *(argument for _, _, argument in to_load["calls"])]


def confinement_at(level: str) -> Confinement:
    """What a worker is confined with, as far as it is the same for all. Raises NoIsolation."""
    if not holds(level, LANDLOCK):
        return Confinement(level)
    return Confinement(level, (*view.readable(), *view.DEVICES), *syscalls.filter_program())


def _probe_files(lecture: str) -> dict[str, Path]:
    """A lecture's probe modules by name: what they share first, then the others, then the folder itself."""
    folder, name = probe_folder(lecture), f"grader.inside.probes.{lecture}"
    modules = sorted((path.stem for path in folder.glob("*.py") if path.stem != "__init__"), key=_shared_first)
    files = {f"{name}.{module}": folder / f"{module}.py" for module in modules}
    return {**files, name: folder / "__init__.py"}


def _shared_first(module: str) -> tuple[bool, str]:
    return module != "shared", module


def slow_libraries(source: str) -> set[str]:
    """Which of the slow libraries a source needs. Source nested too deeply imports for itself, or not at all."""
    if not any(library in source for library in SLOW_LIBRARIES):
        return set()
    with suppress(RecursionError, MemoryError):
        found = {name.partition(".")[0] for name, _ in imports(source)}.intersection(SLOW_LIBRARIES)
        late = {WITH_OPTIMIZERS: "torch" in found and "optim" in source, FONTS: "matplotlib" in found}
        return found | {name for name, is_used in late.items() if is_used}
    return set()
