"""What an inbox is made of: a folder on disk, or a zip as a platform makes one. Both hold files and folders by name.

A zip's own paths are never used as paths on this disk: a file is written where whoever asks says, below a fresh folder.
"""

import os
import stat
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Protocol

from grader.course.safe_text import clean
from grader.errors import SubmissionError, UsageError
from grader.submission.tree import is_junk, read_plain_file

NO_ENTRIES = ("desktop.ini", "Thumbs.db")  # which systems put beside what was handed in; and what is_junk says
MOST_IN_DOWNLOAD = 200_000
DAMAGE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
MOST_OF_ONE = 100_000_000  # bytes that one hand-in is unpacked to; what is read of it is far less
SMALLEST = 4096  # what a file takes on disk, however small it is


class Box(Protocol):
    """Entries by name; "/" stands between the parts of a path inside."""

    name: str

    def names(self) -> list[str]:
        """The entries at the top, in order; a folder's name ends with a slash."""

    def inside(self, folder: str) -> list[str]:
        """The paths of all files below a folder, as seen from the top."""

    def read(self, path: str, limit: int) -> bytes:
        """A file's bytes, at most one more than the limit."""

    def changed(self, path: str) -> float:
        """When a file was changed last, in seconds, as far as the box knows."""

    def place(self, path: str) -> Path | None:
        """Where on disk this lies as it is; None if it has to be put somewhere first."""

    def put(self, path: str, target: Path, room: int) -> int:
        """Write a file to the target, or a folder's files below it; how much room is left. Raises SubmissionError."""


def _is_no_entry(name: str) -> bool:
    return name != ".." and (is_junk(name) or name in NO_ENTRIES)


class FolderBox:
    """A folder on disk. No link in it is followed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.name = clean(root.name or str(root), 100)

    def names(self) -> list[str]:
        found = [path for path in self.root.iterdir() if not _is_no_entry(path.name)]
        return sorted(f"{path.name}/" if path.is_dir() and not path.is_symlink() else path.name for path in found)

    def inside(self, folder: str) -> list[str]:
        paths = (path for path in (self.root / folder).rglob("*") if path.is_file() and not path.is_symlink())
        return sorted(path.relative_to(self.root).as_posix() for path in paths)

    def read(self, path: str, limit: int) -> bytes:
        return read_plain_file(self.root / path, limit)

    def changed(self, path: str) -> float:
        return (self.root / path).stat().st_mtime

    def place(self, path: str) -> Path | None:
        return self.root / path

    def put(self, path: str, target: Path, room: int) -> int:
        return _put(self, path, target, room)


class ZipBox:
    """A platform's download as it is. A folder that everything is in does not count."""

    def __init__(self, file: Path) -> None:
        self.name = clean(file.name, 100)
        try:
            self.zip = zipfile.ZipFile(file)
            entries = self.zip.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise UsageError(f"{file} is not a readable zip ({clean(str(error), 80)}). Download it again.") from None
        except OSError as error:
            raise UsageError(f"{file} cannot be read ({error.strerror}).") from None
        if len(entries) > MOST_IN_DOWNLOAD:
            raise UsageError(f"{file} holds {len(entries):,} files, and {MOST_IN_DOWNLOAD:,} are the most.")
        files = {_plain(entry): entry for entry in entries if not entry.filename.endswith("/")}
        self.files = {
            path: entry for path, entry in files.items() if path and not any(map(_is_no_entry, path.split("/")))
        }
        self._leave_out_the_wrapper()

    def _leave_out_the_wrapper(self) -> None:
        tops = {path.partition("/")[0] for path in self.files if "/" in path}
        if len(tops) == 1 and all("/" in path for path in self.files):
            self.files = {path.partition("/")[2]: entry for path, entry in self.files.items()}

    def names(self) -> list[str]:
        return sorted({path if "/" not in path else path.partition("/")[0] + "/" for path in self.files})

    def inside(self, folder: str) -> list[str]:
        return sorted(path for path in self.files if path.startswith(folder))

    def read(self, path: str, limit: int) -> bytes:
        entry = self.files[path]
        if stat.S_IFMT(entry.external_attr >> 16) == stat.S_IFLNK:
            raise SubmissionError(f"{clean(path, 80)} is a link, which is not followed; hand in the file itself")
        try:
            with self.zip.open(entry) as opened:
                return opened.read(limit + 1)
        except DAMAGE as error:
            raise SubmissionError(f"{clean(path, 80)} in {self.name} is damaged ({clean(str(error), 60)})") from None

    def changed(self, path: str) -> float:
        try:
            return datetime(*self.files[path].date_time, tzinfo=UTC).timestamp()
        except ValueError:  # a zip may say any date
            return 0.0

    def place(self, path: str) -> Path | None:
        return None

    def put(self, path: str, target: Path, room: int) -> int:
        return _put(self, path, target, room)


def _put(box: Box, path: str, target: Path, room: int) -> int:
    """File by file, each read only as far as there is room for it. Raises SubmissionError."""
    for file in box.inside(path) if path.endswith("/") else [path]:
        data = box.read(file, max(room, 0))
        if len(data) > room:
            raise SubmissionError(f"{clean(path, 80)} is larger than {MOST_OF_ONE:,} bytes; hand in the lecture alone")
        _write(_below(target, file, path), data, box.changed(file))
        room -= max(len(data), SMALLEST)
    return room


def _plain(entry: zipfile.ZipInfo) -> str:
    """The path with slashes, and without parts that mean nothing."""
    return "/".join(part for part in entry.filename.replace("\\", "/").split("/") if part not in ("", "."))


def _below(target: Path, file: str, entry: str) -> Path:
    """Where a file of an entry goes. Raises SubmissionError if its name leads elsewhere."""
    if file == entry:
        return target
    inner = PurePosixPath(file.removeprefix(entry))
    if inner.is_absolute() or ".." in inner.parts or "\0" in file:
        raise SubmissionError(f"{clean(file, 80)} is not a plain file name; hand it in again")
    return target / inner


def _write(file: Path, data: bytes, changed: float) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as opened:
            opened.write(data)
        os.utime(file, (changed, changed))
    except FileExistsError:
        raise SubmissionError(f"{clean(file.name, 80)} was handed in twice under one name") from None
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or "its name is not taken"
        raise SubmissionError(f"{clean(file.name, 80)} cannot be read here ({told})") from None
