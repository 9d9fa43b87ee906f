"""Files in folders, from wherever they come: what is there, and the bytes of one of them."""

import errno
import os
import stat
from itertools import islice
from pathlib import Path
from typing import Protocol

from grader.course.safe_text import clean
from grader.errors import SubmissionError

JUNK = ("__MACOSX", "__pycache__", "node_modules", "venv")  # and whatever begins with a dot
MOST_IN_FOLDER = 10_000


class Tree(Protocol):
    """A place with files in folders; "" is its top, names are joined by "/". What no student wrote is left out."""

    @property
    def name(self) -> str:
        """What it is called in messages."""

    def files(self, folder: str) -> list[str]:
        """The names of the files in a folder, in order; none if there is no such folder."""

    def folders(self, folder: str) -> list[str]:
        """The names of the folders in a folder, in order."""

    def read(self, path: str, limit: int) -> bytes:
        """A file's bytes; of a larger one, one byte more than the limit. Raises SubmissionError."""

    def changed(self, path: str) -> float:
        """When a file was last changed, in seconds of its own clock; 0 if that is not known."""


def is_junk(name: str) -> bool:
    """Whether a file or folder of this name comes from a program, such as Finder, Python or an editor."""
    return name.startswith(".") or name in JUNK


def join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


class Folder:
    """A folder on disk. No link in it is followed, and nothing but plain files is opened."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = clean(path.name, 100)

    def files(self, folder: str) -> list[str]:
        return [entry.name for entry in self._entries(folder) if not entry.is_dir(follow_symlinks=False)]

    def folders(self, folder: str) -> list[str]:
        return [entry.name for entry in self._entries(folder) if entry.is_dir(follow_symlinks=False)]

    def read(self, path: str, limit: int) -> bytes:
        return read_plain_file(self.path / path, limit)

    def changed(self, path: str) -> float:
        return _changed(self.path / path)

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        place = self.path / folder
        name = clean(place.name, 80)
        try:
            if place.is_symlink():
                raise SubmissionError(f"{name} is a link, which is not followed; hand in the folder itself")
            with os.scandir(place) as entries:
                found = list(islice(entries, MOST_IN_FOLDER + 1))
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise SubmissionError(f"{name} cannot be read ({error.strerror})") from None
        if len(found) > MOST_IN_FOLDER:
            raise SubmissionError(
                f"{name} holds more than {MOST_IN_FOLDER:,} files; hand in the lecture's folder alone"
            )
        return sorted((entry for entry in found if not is_junk(entry.name)), key=lambda entry: entry.name)


class Single:
    """One file on disk that stands for a whole submission."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = clean(path.name, 100)

    def files(self, folder: str) -> list[str]:
        return [] if folder else [self.path.name]

    def folders(self, folder: str) -> list[str]:
        return []

    def read(self, path: str, limit: int) -> bytes:
        return read_plain_file(self.path, limit)

    def changed(self, path: str) -> float:
        return _changed(self.path)


def _changed(file: Path) -> float:
    try:
        return file.lstat().st_mtime
    except OSError:
        return 0.0


def read_plain_file(file: Path, limit: int) -> bytes:
    """A plain file's bytes, at most one more than the limit; no link, and no pipe to wait at."""
    name = clean(file.name, 80)
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as opened:
            told = os.fstat(descriptor)
            if not stat.S_ISREG(told.st_mode):
                raise SubmissionError(f"{name} is no plain file; hand in the file itself")
            return opened.read(min(told.st_size, limit) + 1)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise SubmissionError(f"{name} is a link, which is not followed; hand in the file itself") from None
        raise SubmissionError(f"{name} cannot be read ({error.strerror})") from None
