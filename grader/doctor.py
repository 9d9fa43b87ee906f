"""What this machine and this installation offer, and where each setting comes from."""

import platform
import shutil
import sys
import time
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from grader import __version__, isolation, names
from grader.course import PROJECT, Course, find_root, reference_sources
from grader.errors import KitError
from grader.probes import lecture1_micrograd
from grader.sandbox import Limits, Sandbox
from grader.sandbox.levels import LEVELS
from grader.subjects import RETURNED, Sandboxed

PACKAGES = ("click", "graphviz", "jinja2", "nbformat", "numpy", "platformdirs", "pooch", "pytest", "rich", "torch")


def examine(course: Course, start: Path, origin: str) -> Iterator[tuple[str, str, bool]]:
    """(what, how it is, whether that is well), one fact after the other."""
    yield "grader", f"{__version__}, course {course.version}, from {PROJECT}", True
    yield (
        "python",
        f"{platform.python_version()} on {platform.system()} {platform.machine()}",
        sys.version_info >= (3, 11),
    )
    for package in PACKAGES:
        version = _version(package)
        yield package, version or "not installed (pip install -e .)", version is not None
    dot = shutil.which("dot")
    yield "dot", dot or "not installed: grader draw writes DOT source instead of SVG (package graphviz)", True
    drawn = _version("matplotlib") or "not installed: grader draw LECTURE needs it (pip install -e '.[pictures]')"
    yield "matplotlib", drawn, True
    yield "course folder", *_root(start, origin)
    yield "names", *_names()
    yield "reference", "here: hidden checks can be run", True
    limits = Limits()
    memory = f"{limits.memory_bytes >> 20} MB"
    yield "limits", f"{limits.submission_seconds:g} s and {memory} a submission, 2 to 5 s a check (built in)", True
    yield (
        "seed",
        "1 for check (built in); grade draws one for each class and keeps it in the output folder",
        True,
    )
    yield from _isolation()
    yield "self-test", *_self_test(course)


def _isolation() -> Iterator[tuple[str, str, bool]]:
    """The level that classes are graded at, its layers, and what is missing for more. Each was tried just now."""
    level = isolation.best()
    yield "isolation", f"level {level!r} for grade, found by trying; 'process' for check", True
    for layer, in_force in isolation.facts(level):
        yield "", f"{'yes' if in_force else 'no '}  {layer}", True
    for other in LEVELS:
        if isolation.missing(other):
            yield "", f"level {other!r} cannot be had here: {isolation.missing(other)}", True


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _root(start: Path, origin: str) -> tuple[str, bool]:
    try:
        return f"{find_root(start)} (found from {origin})", True
    except KitError as error:
        return str(error), False


def _names() -> tuple[str, bool]:
    try:
        listed = names.in_use()
    except KitError as error:
        return str(error), False
    return f"{listed.title}: {listed.count:,}, in {listed.path}", True


def _self_test(course: Course) -> tuple[str, bool]:
    """One real measurement in a real worker."""
    lecture = course.lectures[0]
    started = time.perf_counter()
    try:
        with Sandbox(lecture.id) as box:
            subject = Sandboxed(box, reference_sources(lecture))
            inputs = {"program": "c = a * b", "at": {"a": 2.0, "b": -3.0}}
            found = subject.observe(lecture1_micrograd.values, inputs)
            subject.end()
    except KitError as error:
        return str(error), False
    seconds = time.perf_counter() - started
    right = found.kind == RETURNED and found.value == {"c.data": -6.0}
    return (
        f"a worker computed 2 * -3 in {seconds:.2f} s, start included"
        if right
        else f"a worker {found.kind}: {found.text}"
    ), right
