"""An autograder for one lecture, as a platform runs it in a container of its own: the kit, the course and two scripts.

It holds the reference and the hidden checks, and is for instructors alone. The container is the outer wall; inside it
a student's code runs in the sandbox, as everywhere.
"""

import json
import os
import zipfile
from collections.abc import Iterator
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from grader.course import PROJECT, Lecture, load
from grader.errors import Fault

CONFIGURATION = "autograder.json"
KIT, COURSE = "kit", "course"
SCRIPTS = ("setup.sh", "run_autograder")
OURS = ("grader", "data", "pyproject.toml", "README.md", "LICENSE")
LEFT_OUT = ("__pycache__",)
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def gradescope_zip(lecture: Lecture, seed: int, least: str) -> bytes:
    """The zip to upload. The same kit, lecture and seed give the same bytes."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in SCRIPTS:
            _add(archive, name, _script(name), 0o755)
        told = {"lecture": lecture.id, "seed": seed, "course": _course(), "min_isolation": least}
        _add(archive, CONFIGURATION, (json.dumps(told, indent=1) + "\n").encode(), 0o600)
        for name, file in sorted(_files().items()):
            _add(archive, name, file.read_bytes(), 0o644)
    return buffer.getvalue()


def classroom_workflow(lecture: Lecture) -> bytes:
    """The workflow file for GitHub Classroom: the public checks on each push, with a summary."""
    return _script("classroom.yml").replace(b"LECTURE", lecture.id.encode())


def _script(name: str) -> bytes:
    return (files("grader.office.autograder") / "files" / name).read_bytes()


def _add(archive: zipfile.ZipFile, name: str, data: bytes, mode: int) -> None:
    entry = zipfile.ZipInfo(name, LONG_AGO)
    entry.external_attr = (0o100000 | mode) << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, data, compresslevel=1)


def _files() -> dict[str, Path]:
    """The kit, and the course in use, as they lie here; by their path in the zip."""
    found = dict(_below(PROJECT, [PROJECT / name for name in OURS], KIT))
    folders = load().folders
    own = [folders.exercises, folders.reference, folders.probes, folders.lectures]
    base, name = _base()
    found.update(_below(base, own, name))
    if f"{KIT}/grader/__init__.py" not in found:
        raise Fault("an autograder is made from a clone of the repository, and this is none")
    return found


def _base() -> tuple[Path, str]:
    """What all of the course lies in, and what that is called in the zip."""
    folders = load().folders
    own = [folders.exercises.resolve(), folders.reference, folders.probes, folders.lectures]
    if all(folder.is_relative_to(PROJECT) for folder in own):
        return PROJECT, KIT
    return Path(os.path.commonpath(own)), COURSE


def _course() -> str:
    """Where the course.toml lies in the zip."""
    base, name = _base()
    return (Path(name) / load().folders.exercises.resolve().relative_to(base)).as_posix()


def _below(base: Path, places: list[Path], name: str) -> Iterator[tuple[str, Path]]:
    for place in places:
        for file in [place] if place.is_file() else place.resolve().rglob("*"):
            inner = file.resolve().relative_to(base)
            if file.is_file() and not set(LEFT_OUT) & set(inner.parts) and not inner.name.startswith("."):
                yield f"{name}/{inner.as_posix()}", file
