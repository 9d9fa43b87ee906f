"""Pack a lecture's files into one reproducible zip: same files, same bytes; and say what is in it and what is not."""

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

from grader import __version__
from grader.course import Course, Lecture
from grader.errors import SubmissionError
from grader.submission import MANIFEST, most_bytes

SCHEMA = "zero-to-hero/submission/1"
OURS = ("README.md", "__pycache__")  # beside the files of every lecture, and nobody's work
EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Choice:
    """What goes into the package, what lies beside it and stays out, and what is not there."""

    lecture: Lecture
    included: dict[str, bytes]
    ignored: tuple[str, ...]
    missing: tuple[str, ...]


def choose(root: Path, lecture: Lecture) -> Choice:
    """Look through the lecture's folder. Raises SubmissionError if none of its files is there."""
    folder = root / lecture.id
    included = {name: (folder / name).read_bytes() for name in lecture.files if (folder / name).is_file()}
    if not included:
        raise SubmissionError(
            f"There is nothing to pack: none of {', '.join(lecture.files)} is in {folder}. "
            f"Write the stubs there first: grader stubs --to {root}"
        )
    for name, data in included.items():
        if len(data) > most_bytes(name):
            raise SubmissionError(f"{lecture.id}/{name} has {len(data):,} bytes; the limit is {most_bytes(name):,}.")
    others = sorted(path.name for path in folder.iterdir() if path.name not in (*included, *OURS))
    missing = tuple(name for name in lecture.files if name not in included)
    return Choice(lecture, included, tuple(others), missing)


def build(choice: Choice, course: Course, student: str) -> bytes:
    """The zip as bytes. Nothing in it depends on when, where or by whom it was made but `student`."""
    lecture = choice.lecture.id
    files = {f"{lecture}/{name}": data for name, data in choice.included.items()}
    manifest = {
        "schema": SCHEMA,
        "course": course.version,
        "grader": __version__,
        "lecture": lecture,
        "student": student,
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
