"""A student's files as bytes, from a folder or a packed zip. Opening a submission never executes anything."""

import hashlib
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.course import Course, Lecture
from grader.errors import SubmissionError
from grader.plaintext import clean

# whatever the zip reader raises for bytes that are no zip, or a broken, truncated or encrypted one
UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)
MANIFEST = "manifest.json"
PLAIN_NAME = re.compile(r"[^/\\:\0][^\\:\0]*")
MAX_FILE = 1_000_000
MAX_DATA = 4_200_000  # of trained weights: 500,000 numbers in float64, and their names
MAX_PACKAGE = 10_000_000
MAX_TOTAL = 5_000_000
MAX_ENTRIES = 50
MAX_RATIO = 100


@dataclass(frozen=True)
class Submission:
    """Whose, for which lecture, and the bytes of the lecture's files that were handed in."""

    student: str
    lecture: Lecture
    files: dict[str, bytes]

    @property
    def sha256(self) -> str:
        """One hash over names and contents, independent of how they were packed."""
        digest = hashlib.sha256()
        for name, data in sorted(self.files.items()):
            digest.update(f"{name}\0{len(data)}\0".encode() + data)
        return digest.hexdigest()

    @property
    def missing(self) -> tuple[str, ...]:
        """The lecture's files that were not handed in."""
        return tuple(name for name in self.lecture.files if name not in self.files)

    def sources(self) -> dict[str, str]:
        """The modules as text. Bytes that are not UTF-8 become a visible mark, which will not parse."""
        return {name: text_of(data) for name, data in self.files.items() if name.endswith(".py")}


def text_of(data: bytes) -> str:
    """Bytes as the text that is run and compared: UTF-8, and one kind of line end."""
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def open_submission(path: Path, course: Course, lecture: Lecture | None = None, student: str = "") -> Submission:
    """The submission at `path`, a folder or a zip. `lecture` is what it must be for, if that is known.

    Raises SubmissionError: not a submission, wrong lecture, broken or hostile package.
    """
    student = student or clean(path.stem if path.suffix == ".zip" else path.name, 100)
    if path.is_symlink():
        raise SubmissionError(f"{clean(path.name)} is a link, which is not followed; hand in a folder or a packed zip")
    if path.is_dir():
        return _from_folder(path, course, lecture, student)
    if not path.is_file():
        raise SubmissionError(f"{clean(str(path))} is neither a folder nor a file")
    if path.stat().st_size > MAX_PACKAGE:
        raise SubmissionError(f"{clean(path.name)} is larger than {MAX_PACKAGE:,} bytes")
    return _from_zip(path, course, lecture, student)


def _from_folder(path: Path, course: Course, lecture: Lecture | None, student: str) -> Submission:
    """The folder itself, or the lecture's folder inside it."""
    candidates = [lecture] if lecture else list(course.lectures)
    for candidate in candidates:
        for folder in (path / candidate.id, path):
            files = _read_files(folder, candidate)
            if files:
                return Submission(student, candidate, files)
    wanted = ", ".join(candidates[0].files) if candidates else ""
    raise SubmissionError(f"{clean(path.name)} holds none of the files of {candidates[0].id} ({wanted})")


def _read_files(folder: Path, lecture: Lecture) -> dict[str, bytes]:
    found = {}
    for name in lecture.files:
        file = folder / name
        if file.is_symlink() or folder.is_symlink():
            raise SubmissionError(f"{name} is a link, which is not followed; hand in the file itself")
        try:
            if file.is_file():
                found[name] = _read_file(file)
        except OSError as error:
            raise SubmissionError(f"{name} cannot be read ({error.strerror})") from None
    return found


def _read_file(file: Path) -> bytes:
    """All of a module; of data as much as shows that it is too much, which then costs its own exercise alone."""
    if not file.name.endswith(".py"):
        with file.open("rb") as opened:
            return opened.read(MAX_DATA + 1)
    if file.stat().st_size > MAX_FILE:
        raise SubmissionError(f"{file.name} is larger than {MAX_FILE:,} bytes")
    return file.read_bytes()


def most_bytes(name: str) -> int:
    """How large a file of this name may be."""
    return MAX_FILE if name.endswith((".py", MANIFEST)) else MAX_DATA


def _from_zip(path: Path, course: Course, lecture: Lecture | None, student: str) -> Submission:
    try:
        with zipfile.ZipFile(path) as archive:
            contents = _read_zip(archive)
    except SubmissionError:
        raise
    except UNREADABLE as error:
        raise SubmissionError(
            f"{clean(path.name)} is not a readable zip ({clean(str(error), 80)}); pack it again: grader pack"
        ) from None
    return _from_contents(contents, course, lecture, student, path.name)


def _read_zip(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Every regular file, in memory, with the limits checked before and while inflating."""
    entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    if len(entries) > MAX_ENTRIES:
        raise SubmissionError(f"the zip has {len(entries)} files, more than {MAX_ENTRIES}")
    contents: dict[str, bytes] = {}
    for entry in entries:
        _check_entry(entry, contents)
        with archive.open(entry) as stream:
            contents[entry.filename] = stream.read(most_bytes(entry.filename) + 1)
        if len(contents[entry.filename]) > most_bytes(entry.filename) or sum(map(len, contents.values())) > MAX_TOTAL:
            raise SubmissionError(f"{clean(entry.filename, 80)} makes the package larger than is allowed")
    return contents


def _check_entry(entry: zipfile.ZipInfo, earlier: Iterable[str]) -> None:
    name = entry.filename
    mode = entry.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise SubmissionError(f"{clean(name, 80)} is a link or a special file")
    if name != entry.orig_filename or not PLAIN_NAME.fullmatch(name) or ".." in name.split("/"):
        raise SubmissionError(f"{clean(entry.orig_filename, 80)} is not a plain file name")
    if name.lower() in {other.lower() for other in earlier}:
        raise SubmissionError(f"{clean(name, 80)} is in the package twice")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise SubmissionError(f"{clean(name, 80)} is packed by a method that is not taken; pack it again: grader pack")
    if entry.flag_bits & 1:
        raise SubmissionError(f"{clean(name, 80)} is encrypted")
    if entry.file_size > most_bytes(name) or entry.file_size > MAX_RATIO * max(entry.compress_size, 100):
        raise SubmissionError(f"{clean(name, 80)} unpacks to {entry.file_size:,} bytes, more than is allowed")


def _from_contents(
    contents: dict[str, bytes], course: Course, lecture: Lecture | None, student: str, package: str
) -> Submission:
    declared = _manifest(contents.get(MANIFEST))
    found = lecture or _lecture_of(contents, declared, course)
    if lecture and declared.get("lecture", lecture.id) != lecture.id:
        raise SubmissionError(
            f"{clean(package)} is for {clean(str(declared['lecture']), 60)}, and {lecture.id} is being graded"
        )
    if found is None:
        raise SubmissionError(f"{clean(package)} holds none of the files of any lecture of this course")
    files = {}
    for name in found.files:
        places = [place for place in (f"{found.id}/{name}", name) if place in contents]
        if places:
            files[name] = contents[places[0]]
    if not files:
        raise SubmissionError(f"{clean(package)} holds none of the files of {found.id} ({', '.join(found.files)})")
    _check_hashes(files, declared, found)
    return Submission(student, found, files)


def _lecture_of(contents: dict[str, bytes], declared: dict[str, Any], course: Course) -> Lecture | None:
    for lecture in course.lectures:
        if declared.get("lecture") == lecture.id:
            return lecture
    for lecture in course.lectures:
        if any(f"{lecture.id}/{name}" in contents or name in contents for name in lecture.files):
            return lecture
    return None


def _manifest(data: bytes | None) -> dict[str, Any]:
    """What the package says of itself; only text to be checked, never a path and never a mark."""
    if data is None:
        return {}
    try:
        declared = json.loads(data)
    except (ValueError, RecursionError):
        raise SubmissionError(f"{MANIFEST} is not JSON; pack it again: grader pack") from None
    if not isinstance(declared, dict):
        raise SubmissionError(f"{MANIFEST} is not an object; pack it again: grader pack")
    return declared


def _check_hashes(files: dict[str, bytes], declared: dict[str, Any], lecture: Lecture) -> None:
    hashes = declared.get("files", {})
    if not isinstance(hashes, dict):
        raise SubmissionError(f"{MANIFEST} lists no files; pack it again: grader pack")
    for name, data in files.items():
        said = hashes.get(f"{lecture.id}/{name}")
        if said is not None and said != hashlib.sha256(data).hexdigest():
            raise SubmissionError(f"{name} is not the file that was packed (its hash differs from {MANIFEST})")
