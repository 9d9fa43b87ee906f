"""The file that a lecture's recording is kept in: parts of plain data, with a hash of them all beside it.

A file that is damaged, that was edited, or that belongs to another course is refused in one sentence.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path

import grader.inside
from grader.course import Lecture, load
from grader.course.probe_needs import probe_folder
from grader.errors import Fault
from grader.inside import plain

INDEX = "index.json"
FORMAT = 2
LARGEST = 1 << 28  # bytes of a part
MOMENT = (2020, 1, 1, 0, 0, 0)
NEXT = "Install the student kit again: pip install --force-reinstall zero_to_hero_student-*.whl"


@cache
def recording(lecture: Lecture) -> "Archive | None":
    """What was recorded for a lecture, in a student kit; None where our solution is here."""
    folder = load().folders.recorded
    return Archive(folder, lecture) if folder else None


class Archive:
    """The recording of one lecture. A part is read when it is asked for."""

    def __init__(self, folder: Path, lecture: Lecture) -> None:
        self.file = folder / f"{lecture.id}.zip"
        self.lecture = lecture
        self.data = self._checked(folder / INDEX)

    def part(self, name: str) -> plain.Plain:
        """One part; None if there is none."""
        if name not in self._parts:
            return None
        return plain.decode(self._parts[name], limit=LARGEST)

    @cached_property
    def _parts(self) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(self.data)) as opened:
            return {name: opened.read(name) for name in opened.namelist()}

    def _checked(self, index: Path) -> bytes:
        """The file's bytes, if it is whole, as it was made, and made for this course. Raises Fault."""
        try:
            told = json.loads(index.read_text(encoding="utf-8"))[self.lecture.id]
            data, found = self.file.read_bytes(), fitting(self.lecture)
            expected = told["sha256"], told["format"], told["course"], told["fits"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Fault(f"What was recorded for {self.lecture.id} cannot be read ({error}). {NEXT}") from None
        if hashlib.sha256(data).hexdigest() != expected[0]:
            raise Fault(f"What was recorded for {self.lecture.id} is damaged, or was edited: {self.file}. {NEXT}")
        if (FORMAT, load().version, found) != expected[1:]:
            raise Fault(
                f"What was recorded for {self.lecture.id} belongs to another version of the course ({expected[2]}), "
                f"or to checks that have been edited since. {NEXT}"
            )
        return data


def write(folder: Path, lecture: Lecture, parts: Mapping[str, plain.Plain]) -> int:
    """Write a lecture's recording, and its line in the index; how many bytes it takes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as opened:
        for name, value in parts.items():
            opened.writestr(zipfile.ZipInfo(name, MOMENT), plain.encode(value), zipfile.ZIP_DEFLATED)
    folder.mkdir(parents=True, exist_ok=True)
    data, index = written.getvalue(), folder / INDEX
    (folder / f"{lecture.id}.zip").write_bytes(data)
    known = json.loads(index.read_text(encoding="utf-8")) if index.exists() else {}
    sha256 = hashlib.sha256(data).hexdigest()
    known[lecture.id] = {
        "sha256": sha256, "format": FORMAT, "course": load().version, "fits": fitting(lecture),
    }  # fmt: skip
    index.write_text(json.dumps(known, indent=1, sort_keys=True), encoding="utf-8")
    return len(data)


def fitting(lecture: Lecture) -> str:
    """A hash of all that decides what is asked: checks, probes, what runs beside them, statements and points."""
    folders, inside = load().folders, Path(grader.inside.__file__).parent
    asks = folders.lectures / lecture.id
    files = [
        *(folders.exercises / lecture.id).glob("*.*"), *probe_folder(lecture.id).glob("*.py"), *inside.glob("*.py"),
        *asks.glob("public*/*.*"), *asks.glob("public.py"), *Path(__file__).parent.parent.glob("properties/*.py"),
    ]  # fmt: skip
    hashed = hashlib.sha256()
    for file in sorted(files, key=lambda file: (file.parent.name, file.name)):
        hashed.update(f"{file.parent.name}/{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return hashed.hexdigest()
