"""Pack a lecture's files into one reproducible zip: same files, same bytes; and say what is in it and what is not."""

import hashlib
import io
import json
import platform
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader import __version__
from grader.course import EXERCISES, Course, Lecture, load
from grader.course.rules import imports
from grader.errors import SubmissionError
from grader.submission import MANIFEST, SCHEMA, Found, most_bytes, own_files, text_of
from grader.submission.near_names import SCRATCH

PROMISED = {"grader", "torch", "numpy", "graphviz"}  # beside the standard library, wherever submissions are graded
OURS = ("README.md", EXERCISES, "__pycache__")  # beside the files of every lecture, and nobody's work
EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Choice:
    """What goes into the package, what lies beside it and stays out, and what is not there."""

    lecture: Lecture
    included: dict[str, bytes]
    ignored: tuple[str, ...]
    missing: tuple[str, ...]
    notebooks: Mapping[str, str] = field(default_factory=dict)  # of the modules that are cells of one: which one
    remarks: tuple[str, ...] = ()


def choose(root: Path, lecture: Lecture) -> Choice:
    """Look through the lecture's folder. Raises SubmissionError if none of its files is there, or one is too large."""
    folder = root / lecture.id
    found = own_files(root, load(), lecture)
    if found is None:
        raise SubmissionError(
            f"There is nothing to pack: none of {', '.join(lecture.files)} is in {folder}. "
            f"Write the stubs there first: grader stubs --to {root}"
        )
    for name, data in found.files.items():
        if len(data) > most_bytes(name):
            raise SubmissionError(f"{lecture.id}/{name} is larger than {most_bytes(name):,} bytes")
    missing = tuple(name for name in lecture.files if name not in found.files)
    return Choice(lecture, dict(found.files), tuple(_ignored(folder, found)), missing, found.notebooks, found.remarks)


def _ignored(folder: Path, found: Found) -> list[str]:
    """What lies in the lecture's folder and does not go in."""
    used = {*found.files, *OURS, *(path.rpartition("/")[2] for path in found.notebooks.values())}
    there = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return sorted(name for name in there if name not in used and not name.startswith(SCRATCH))


def unpromised(choice: Choice) -> list[tuple[str, str]]:
    """What the files import that may not be there when they are graded: the file, and the package's name."""
    own = {name.removesuffix(".py") for name in choice.included} | {choice.lecture.id}
    sources = {name: text_of(data) for name, data in choice.included.items() if name.endswith(".py")}
    known = own | PROMISED | sys.stdlib_module_names | {""}
    return [(file, name) for file, text in sources.items() for name in sorted(_packages(text) - known)]


def _packages(source: str) -> set[str]:
    """The packages that a source imports; none of one that is nested too deeply to be read."""
    try:
        return {name.partition(".")[0] for name, _ in imports(source)}
    except (RecursionError, MemoryError):
        return set()


def build(choice: Choice, course: Course, student: str) -> bytes:
    """The zip as bytes. Nothing in it depends on when, where or by whom it was made but `student` and the Python."""
    lecture = choice.lecture.id
    files = {f"{lecture}/{name}": data for name, data in choice.included.items()}
    manifest = {
        "schema": SCHEMA,
        "course": course.version,
        "grader": __version__,
        "lecture": lecture,
        "student": student,
        "python": platform.python_version(),
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())},
    }
    files[MANIFEST] = (json.dumps(manifest, indent=1) + "\n").encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:  # stored: deflate differs between builds
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, data)
    return buffer.getvalue()
