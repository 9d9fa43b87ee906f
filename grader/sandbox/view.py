"""What a worker may read: the interpreter, its libraries, the probes; nothing else of this project or this machine."""

import os
import sys
import sysconfig
from pathlib import Path

from grader.course import PROJECT, load

PARTS = ("grader", "reference", "exercises", "data", "tests", ".git")  # of this project
SYSTEM = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache")
DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")
# without these torch would choose other instructions than on our side, at its first operation, and other last digits
PROCESSOR = ("/proc/cpuinfo", "/sys/devices/system/cpu")


def interpreter() -> str:
    """The program itself, and not the link to it in a virtual environment."""
    return os.path.realpath(sys.executable)


def library_path() -> list[str]:
    """The standard library and the folder of installed packages; no folder of this project, nothing from .pth files."""
    standard = [p for p in sys.path if p and Path(p).resolve().is_relative_to(Path(sys.base_prefix).resolve())]
    installed = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    found = [*(p for p in standard if "site-packages" not in p), *installed]
    return list(dict.fromkeys(os.path.realpath(path) for path in found))


def readable() -> list[str]:
    """Folders and files, none inside another, none that holds a part of this project."""
    wanted = [*SYSTEM, *PROCESSOR, os.path.join(sys.base_prefix, "lib"), interpreter(), *library_path()]
    found: list[str] = []
    for path in sorted({os.path.realpath(path) for path in wanted if os.path.exists(path)}):
        if not any(Path(path).is_relative_to(other) for other in found):
            found += _without_hidden(Path(path))
    return found


def _without_hidden(path: Path) -> list[str]:
    """The path itself, or, if a hidden folder lies within, all that is beside that."""
    out_of_sight = hidden()
    if any(path.is_relative_to(folder) for folder in out_of_sight):
        return []
    if not any(folder.is_relative_to(path) for folder in out_of_sight):
        return [str(path)]
    children = (child for child in sorted(path.iterdir()) if child.exists())
    return [inner for child in children for inner in _without_hidden(child)]


def hidden() -> tuple[Path, ...]:
    """What no worker may look into: this project, and the course in use, wherever that lies."""
    of_the_course = (folder for folder in vars(load().folders).values() if folder)
    return (*(PROJECT / name for name in PARTS), *of_the_course)
