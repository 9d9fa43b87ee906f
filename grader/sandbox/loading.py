"""What the warm process loads before the first fork: the probes and what serves them, libraries, and nothing else."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from grader import names
from grader.declared import needs_of
from grader.rules import imports
from grader.sandbox import syscalls, view
from grader.sandbox.confine import Confinement
from grader.sandbox.levels import LANDLOCK, holds

HERE = Path(__file__).parent
BESIDE = ("levels", "kernel", "confine", "frames", "modules", "worker")  # in the order of their needs
SLOW_LIBRARIES = ("numpy", "torch", "matplotlib")  # over a tenth of a second each, and never a student's own
FONTS = "matplotlib.pyplot"  # it lists all fonts when it is first imported, and that takes longer than a check may
WITH_OPTIMIZERS = "torch._dynamo"  # torch imports it when the first optimizer is made, and that takes over a second


def what_to_load(lecture: str, listed: names.NameList | None, confinement: Confinement) -> dict[str, Any]:
    """The modules that run beside student code, in the order of their needs, and where to look for libraries."""
    root = HERE.parent
    preload = needs_of(lecture).preload
    files = {
        "grader.plain": root / "plain.py",
        "grader.probes": root / "probes" / "__init__.py",
        "grader.probes.expressions": root / "probes" / "expressions.py",
        "grader.probes.names": root / "probes" / "names.py",
        **({"grader.probes.tensors": root / "probes" / "tensors.py"} if "torch" in preload else {}),
        **_probe_files(lecture),
        **{f"grader.sandbox.{name}": HERE / f"{name}.py" for name in BESIDE},
    }
    return {
        "modules": [[name, str(file)] for name, file in files.items()],
        "path": view.library_path(),
        "preload": list(preload),
        "calls": [["grader.probes.names", "read", str(names.checked(listed).path)]] if listed else [],
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
    folder, name = HERE.parent / "probes" / lecture, f"grader.probes.{lecture}"
    modules = sorted(path.stem for path in folder.glob("*.py") if path.stem not in ("__init__", "shared"))
    files = {f"{name}.{module}": folder / f"{module}.py" for module in ["shared", *modules]}
    return {**files, name: folder / "__init__.py"}


def slow_libraries(source: str) -> set[str]:
    """Which of the slow libraries a source needs. Source nested too deeply imports for itself, or not at all."""
    if not any(library in source for library in SLOW_LIBRARIES):
        return set()
    with suppress(RecursionError, MemoryError):
        found = {name.partition(".")[0] for name, _ in imports(source)}.intersection(SLOW_LIBRARIES)
        late = {WITH_OPTIMIZERS: "torch" in found and "optim" in source, FONTS: "matplotlib" in found}
        return found | {name for name, is_used in late.items() if is_used}
    return set()
