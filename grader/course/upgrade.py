"""A student's course folder brought up to the course as it is now: what is missing is written, and no work is lost.

A file that nobody has changed is exchanged for the newer one. A module that was worked on gets what its stub has
gained, and keeps everything else; as it was, it is put aside.
"""

import codecs
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from grader.course.kept_copies import handed_out, keep_copy, read_if_there, remember_handed_out
from grader.course.merging import Merge, Unreadable, merged
from grader.course.reading import MARKER
from grader.course.whole_files import write_whole

BOM = codecs.BOM_UTF8
Merger = Callable[[str, str | None, str], Merge | Unreadable | None]


@dataclass
class Brought:
    """What was done, by the names of the files."""

    written: list[str] = field(default_factory=list)  # that were not there
    renewed: list[str] = field(default_factory=list)  # that nobody had changed
    merged: dict[str, tuple[Merge, str]] = field(default_factory=dict)  # that were worked on; and where the copy is
    kept: list[str] = field(default_factory=list)  # that were worked on, and lack nothing
    unreadable: list[str] = field(default_factory=list)  # that are not valid Python now
    left: dict[str, list[str]] = field(default_factory=dict)  # what both have changed: the student's stays

    def __iadd__(self, other: "Brought") -> "Brought":
        return Brought(
            self.written + other.written, self.renewed + other.renewed, self.merged | other.merged,
            self.kept + other.kept, self.unreadable + other.unreadable, self.left | other.left,
        )  # fmt: skip

    @property
    def is_nothing(self) -> bool:
        """Whether every file was there already as it should be."""
        return self == Brought()


def bring(folder: Path, files: Mapping[str, str], brings: Mapping[str, Merger] = MappingProxyType({})) -> Brought:
    """Bring a course folder up to these files, path to text; `brings` says how to, for endings beside .py.

    Raises UsageError if something cannot be read or written.
    """
    done = Brought()
    for name, text in files.items():
        there = read_if_there(folder / name)
        if there is None or name == MARKER:  # course.toml is never anybody's work
            _write(folder, name, text, there, done.written)
        elif (base := handed_out(folder, name)) is not None and _text(there) == base:
            _write(folder, name, text, there, done.renewed)
        elif _text(there) != text:
            _keep(folder, name, text, there, done, {".py": merged, **brings}.get(Path(name).suffix))
        if name != MARKER and name not in done.unreadable:
            remember_handed_out(folder, name, text)
    return done


def _write(folder: Path, name: str, text: str, there: bytes | None, told: list[str]) -> None:
    if there is None or _text(there) != text:
        write_whole(folder / name, text.encode())
        told.append(name)


def _keep(folder: Path, name: str, text: str, there: bytes, done: Brought, merger: Merger | None) -> None:
    """Leave what was worked on as it is, or put in what is new."""
    theirs, base = _text(there), handed_out(folder, name)
    is_work = theirs is not None and theirs.strip() != "" and base != text
    merge = merger(theirs or "", base, text) if merger and is_work else None
    if isinstance(merge, Unreadable):
        done.unreadable.append(name)
        return
    if merge and merge.left:
        done.left[name] = merge.left
    if merge and merge.text != theirs:
        place = keep_copy(folder, name, there)
        write_whole(folder / name, as_it_was_written(merge.text, there))
        done.merged[name] = (merge, place)
    else:
        done.kept.append(name)


def _text(data: bytes) -> str | None:
    """The text of a file, with one kind of line end; None if it is not UTF-8, and so left alone."""
    try:
        return data.removeprefix(BOM).decode().replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None


def as_it_was_written(text: str, before: bytes) -> bytes:
    """A text as bytes, with the line ends and the beginning that the file had."""
    ends = text.replace("\n", "\r\n") if b"\r\n" in before else text
    return (BOM if before.startswith(BOM) else b"") + ends.encode()
