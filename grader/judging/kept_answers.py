"""What the mistakes of a lecture gave, kept in the user's cache, so that the next check need not try them again.

A file holds what one version of everything gives that takes part: our solution stands in each question, and the file's
name is made of the versions and of what measures. It only ever helps to explain; if it cannot be used, nothing is lost.
"""

import hashlib
import platform
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import grader.inside
from grader import __version__, version_of
from grader.course import Lecture, load, names
from grader.course.probe_needs import probe_folder
from grader.judging.shared_answers import Answers

LARGEST = 1 << 28  # bytes; a file that has grown larger is begun anew
PACKAGES = ("torch", "numpy")


@contextmanager
def kept_answers(lecture: Lecture) -> Iterator[Answers | None]:
    """The answers that this user's checks have found so far; None where they cannot be kept."""
    answers = None
    if load().is_student_kit:  # all answers are recorded there
        yield None
        return
    with suppress(OSError, sqlite3.Error):
        answers = Answers(_file(lecture))
    try:
        yield answers
    finally:
        if answers is not None:
            answers.close()


def _file(lecture: Lecture) -> Path:
    """The file for all that is in use now. What older versions have left is removed."""
    folder = names.cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"answers-{lecture.id}-{_key(lecture)}.sqlite"
    for other in folder.glob(f"answers-{lecture.id}-*"):
        is_old = not other.name.startswith(file.name)
        if is_old or (file.exists() and file.stat().st_size > LARGEST):
            other.unlink(missing_ok=True)
    return file


def _key(lecture: Lecture) -> str:
    """A hash of whatever an answer depends on, but for the question."""
    listed = names.needed_by(lecture.id)
    versions = [__version__, platform.python_version(), platform.platform(), *map(version_of, PACKAGES)]
    hashed = hashlib.sha256(repr((versions, listed and listed.sha256)).encode())
    for file in _measuring(lecture):
        hashed.update(hashlib.sha256(file.read_bytes()).digest())
    return hashed.hexdigest()[:16]


def _measuring(lecture: Lecture) -> list[Path]:
    """What runs beside the code that is measured."""
    inside = Path(grader.inside.__file__).parent
    return [*sorted(inside.glob("*.py")), *sorted(probe_folder(lecture.id).rglob("*.py"))]
