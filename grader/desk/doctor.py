"""What this machine and this installation offer, and where each setting comes from."""

import os
import platform
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from grader import __version__, version_of
from grader.course import PROJECT, Course, find_root, names, texts
from grader.desk import standby
from grader.errors import KitError
from grader.inside.levels import LEVELS
from grader.inside.probes import self_test
from grader.sandbox import Limits, Sandbox, isolation
from grader.sandbox.isolation import FILE, SELF_TEST
from grader.sandbox.observation import RETURNED
from grader.sandbox.sandboxed import Sandboxed

SHELLS = {
    "bash": ("~/.bashrc", 'eval "$(_GRADER_COMPLETE=bash_source grader)"'),
    "zsh": ("~/.zshrc, after compinit", 'eval "$(_GRADER_COMPLETE=zsh_source grader)"'),
    "fish": ("~/.config/fish/completions/grader.fish", "_GRADER_COMPLETE=fish_source grader | source"),
}
SPARED = ("pooch", "torch")  # what a student may do without: the first fetches names, the first lecture needs no torch
PACKAGES = ("click", "graphviz", "jinja2", "nbformat", "numpy", "platformdirs", "pooch", "pytest", "rich", "torch")


def examine(course: Course, start: Path, origin: str) -> Iterator[tuple[str, str, bool]]:
    """(what, how it is, whether that is well), one fact after the other."""
    yield "grader", f"{__version__}, course {course.version}, from {PROJECT}", True
    yield (
        "python",
        f"{platform.python_version()} on {platform.system()} {platform.machine()}",
        sys.version_info >= (3, 11),
    )
    yield from _installed(course)
    yield "course folder", *_root(start, origin)
    yield from _completion()
    yield "names", *_in_use(names)
    yield "text", *_in_use(texts)
    there = "not here, as this is a student kit; hidden checks are run at grading"
    yield "reference", there if course.is_student_kit else "here: hidden checks can be run", True
    limits = Limits()
    memory = f"{limits.memory_bytes >> 20} MB"
    yield "limits", f"{limits.submission_seconds:g} s and {memory} a submission, 2 to 5 s a check (built in)", True
    yield (
        "seed",
        "1 for check (built in); grade draws one for each class and keeps it in the output folder",
        True,
    )
    yield "standing by", _standing_by(), True
    yield from _isolation()
    yield "self-test", *_self_test()


def _installed(course: Course) -> Iterator[tuple[str, str, bool]]:
    """The packages, and what is drawn with; without the latter two all but drawing works."""
    for package in PACKAGES:
        version = version_of(package)
        is_fine = version is not None or (course.is_student_kit and package in SPARED)
        yield package, version or f"not installed: pip install {package}", is_fine
    dot = shutil.which("dot")
    yield "dot", dot or "not installed: grader draw writes DOT source instead of SVG (package graphviz)", True
    drawn = version_of("matplotlib") or "not installed: grader draw LECTURE needs it (pip install matplotlib)"
    yield "matplotlib", drawn, True


def _standing_by() -> str:
    """Whether a process waits to carry out the next check."""
    off = f"{standby.OFF}=0 in the environment keeps it away"
    if not standby.is_wanted():
        return f"nobody: not on this system, not in CI, and not where the environment says {standby.OFF}=0"
    path = standby.socket_path()
    if path and path.is_socket():
        return f"a process that carries out the next check at once, until ten minutes after the last; {off}"
    return f"nobody yet: a check starts a process that carries out the next one at once; {off}"


def _completion() -> Iterator[tuple[str, str, bool]]:
    """How the Tab key learns commands, exercises and lectures: in the shell in use, or in each if that is another."""
    own = Path(os.environ.get("SHELL", "")).name
    for shell in [own] if own in SHELLS else list(SHELLS):
        file, line = SHELLS[shell]
        yield "completion", f"for {shell}, turned on by this line in {file}:", True
        yield "", line, True


def _isolation() -> Iterator[tuple[str, str, bool]]:
    """The level that classes are graded at, its layers, and what is missing for more. Each was tried just now."""
    level = isolation.best()
    yield "isolation", f"level {level!r} for grade, found by trying; 'process' for check", True
    for layer, in_force in isolation.facts(level):
        yield "", f"{'yes' if in_force else 'no '}  {layer}", True
    for other in LEVELS:
        if isolation.missing(other):
            yield "", f"level {other!r} cannot be had here: {isolation.missing(other)}", True


def _root(start: Path, origin: str) -> tuple[str, bool]:
    try:
        return f"{find_root(start)} (found from {origin})", True
    except KitError as error:
        return str(error), False


def _in_use(kind: ModuleType) -> tuple[str, bool]:
    """The list of names, or the text."""
    try:
        listed = kind.in_use()
    except KitError as error:
        return str(error), False
    return f"{listed.title}: {listed.count:,}, in {listed.path}", True


def _self_test() -> tuple[str, bool]:
    """One real measurement in a real worker."""
    started = time.perf_counter()
    try:
        file = {FILE: "def answer():\n    return 2 * -3\n"}
        with Sandbox(SELF_TEST) as box, Sandboxed(box, file) as subject:
            found = subject.observe(self_test.answer, {})
    except KitError as error:
        return str(error), False
    seconds = time.perf_counter() - started
    if found.kind == RETURNED and found.value == -6:
        return f"a worker computed 2 * -3 in {seconds:.2f} s, start included", True
    return f"a worker {found.kind}: {found.text}", False
