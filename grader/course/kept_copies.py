"""What the kit keeps in a course folder: the stubs as they were handed out, and copies of what it replaces."""

from itertools import count
from pathlib import Path

from grader.course.whole_files import write_whole
from grader.errors import UsageError

FOLDER = ".grader"
HANDED_OUT, KEPT = f"{FOLDER}/stubs", f"{FOLDER}/kept"


def keep_copy(root: Path, name: str, data: bytes) -> str:
    """Put what a file holds aside before it is changed; returns where, below the course folder. Nothing is lost."""
    for number in count(1):
        place = f"{KEPT}/{name}.{number}"
        if not (root / place).exists():
            write_whole(root / place, data)
            return place
        if (root / place).read_bytes() == data:
            return place
    raise AssertionError("there is always a next number")


def handed_out(root: Path, name: str) -> str | None:
    """The text of a stub as it was handed out last; None where that is not known."""
    try:
        return (root / HANDED_OUT / name).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None


def remember_handed_out(root: Path, name: str, text: str) -> None:
    """Keep the text of a stub that is handed out."""
    if handed_out(root, name) != text:
        write_whole(root / HANDED_OUT / name, text.encode())


def read_if_there(file: Path) -> bytes | None:
    """The file's bytes; None if there is no such file."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"{file} cannot be read ({error.strerror}). Move it away and run this again.") from None
