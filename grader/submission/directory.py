"""A zip's own list of what it holds, believed only where the files themselves say the same."""

import io
import stat
import struct
import unicodedata
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime

from grader.course.safe_text import clean
from grader.errors import SubmissionError
from grader.submission.limits import MAX_ENTRIES, MAX_RATIO

# whatever the zip reader raises for a list that is broken
UNREADABLE = (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error)
END, END64, LOCATOR, LOCAL = b"PK\5\6", b"PK\6\6", b"PK\6\7", b"PK\3\4"
UTF8, DEFERRED, ENCRYPTED = 0x800, 0x8, 0x1 | 0x40 | 0x2000
IN_EXTRA = 0xFFFFFFFF  # a size that is too large for its field, or is written as if it were
MOST_PER_ENTRY = 1000
AGAIN = "pack it again: grader pack"
STARTS = {
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!": "a rar archive",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"%PDF": "a PDF",
    b"<": "a web page",
    b"{": "a text file",
}


@dataclass(frozen=True)
class Member:
    """One file in a zip: its path, where its packed bytes are, what they unpack to, and when it was last changed."""

    path: str
    start: int
    end: int
    packed: bool
    size: int
    crc: int
    changed: float


def members(raw: bytes, name: str) -> list[Member]:
    """The files that a zip holds, in its own order. Raises SubmissionError with one sentence about what is odd."""
    end_of_files = _check_end(raw, name)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = archive.infolist()
    except UNREADABLE as error:
        raise SubmissionError(f"{name} is not a readable zip ({clean(str(error), 80)}); {AGAIN}") from None
    seen: set[str] = set()
    for entry in entries:
        _check_name(entry, seen)
        _check_kind(entry)
    found = [(entry, _member(raw, entry, name)) for entry in entries]
    _check_order([(entry.header_offset, member.end) for entry, member in found], end_of_files, name)
    return [member for entry, member in found if not entry.orig_filename.endswith("/")]


def _check_end(raw: bytes, name: str) -> int:
    """Where the files end and the list begins, if the end of the zip is sound and the list not too long."""
    end = raw.rfind(END)
    if end < 0 or end + 22 > len(raw):
        raise SubmissionError(_no_zip(raw, name))
    disks, count, size, start, comment = struct.unpack("<I2xHIIH", raw[end + 4 : end + 22])
    if end + 22 + comment != len(raw):
        raise SubmissionError(f"{name} has something behind its end, or was cut off; {AGAIN}")
    if end >= 76 and raw[end - 20 : end - 16] == LOCATOR and raw[end - 76 : end - 72] == END64:
        end -= 76
        count, size, start = struct.unpack("<QQQ", raw[end + 32 : end + 56])
    if disks or start + size > end:
        raise SubmissionError(f"{name} is not a readable zip (a part of it is missing); {AGAIN}")
    if start + size < end or not raw.startswith(LOCAL if start else END[:2]):
        raise SubmissionError(f"{name} has something in front of its first file; {AGAIN}")
    if count > MAX_ENTRIES or size > MAX_ENTRIES * MOST_PER_ENTRY:
        raise SubmissionError(
            f"{name} holds {count:,} files, and {MAX_ENTRIES:,} are the most; pack the lecture alone: grader pack"
        )
    return int(start)


def _no_zip(raw: bytes, name: str) -> str:
    if not raw:
        return f"{name} is not a readable zip (it is empty); hand it in again"
    if raw.startswith(LOCAL):
        return f"{name} is not a readable zip (its end is missing, as if it had been cut off); hand it in again"
    kinds = [kind for start, kind in STARTS.items() if raw[:200].lstrip().startswith(start)]
    kind = "a tar archive" if raw[257:262] == b"ustar" else kinds[0] if kinds else "something else"
    return f"{name} is not a readable zip (it is {kind}); make a zip of your files: grader pack"


def _check_name(entry: zipfile.ZipInfo, seen: set[str]) -> None:
    """Refuse what leads elsewhere, and what another file is called in the eyes of some systems."""
    written = entry.orig_filename  # `filename` is cut at a NUL
    shown = clean(written, 80)
    if "\\" in written:
        raise SubmissionError(
            f"{shown} has a backslash in its name, where other programs write a slash for a folder; {AGAIN}"
        )
    if written.startswith("/") or ":" in written or "\0" in written or ".." in written.split("/"):
        raise SubmissionError(f"{shown} is not a plain file name; {AGAIN}")
    key = unicodedata.normalize("NFC", plain_path(written)).casefold()
    if key in seen:
        raise SubmissionError(f"{shown} is in the package twice (capital letters do not count); {AGAIN}")
    if not written.endswith("/"):
        seen.add(key)


def plain_path(written: str) -> str:
    """The path without parts that mean nothing, as in ./engine.py."""
    return "/".join(part for part in written.split("/") if part not in ("", "."))


def _check_kind(entry: zipfile.ZipInfo) -> None:
    """Refuse what is no plain file, cannot be unpacked here, or unpacks to far more than was packed."""
    shown = clean(entry.orig_filename, 80)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG) and not (kind == stat.S_IFDIR and entry.orig_filename.endswith("/")):
        raise SubmissionError(f"{shown} is a link or a special file; hand in the file itself")
    if entry.flag_bits & ENCRYPTED:
        raise SubmissionError(f"{shown} is encrypted; pack it without a password: grader pack")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise SubmissionError(f"{shown} is packed by a method that is not taken; {AGAIN}")
    if entry.file_size > MAX_RATIO * max(entry.compress_size, 100):
        raise SubmissionError(
            f"{shown} unpacks to {entry.file_size:,} bytes, more than {MAX_RATIO} times what was packed, "
            "which is not taken"
        )


def _member(raw: bytes, entry: zipfile.ZipInfo, name: str) -> Member:
    """Where the bytes are. Refused if the file's own header says anything else than the zip's list."""
    at = entry.header_offset
    head = raw[at : at + 30]
    if not head.startswith(LOCAL) or len(head) < 30:
        raise SubmissionError(f"{name} is not a readable zip (a file is not where its list says); {AGAIN}")
    flags, method, *sums, length, extra = struct.unpack("<6xHH4xIIIHH", head)
    written = entry.orig_filename.encode("utf-8" if entry.flag_bits & UTF8 else "cp437")
    listed = (entry.CRC, entry.compress_size, entry.file_size)
    later = {0, IN_EXTRA} if flags & DEFERRED else {IN_EXTRA}
    sums_agree = all(here in {there, *later} for here, there in zip(sums, listed, strict=True))
    if (
        raw[at + 30 : at + 30 + length] != written
        or method != entry.compress_type
        or flags & ENCRYPTED
        or not sums_agree
    ):
        raise SubmissionError(f"{clean(entry.orig_filename, 80)} is described in two ways that differ; {AGAIN}")
    start = at + 30 + length + extra
    packed = entry.compress_type == zipfile.ZIP_DEFLATED
    path, end = plain_path(entry.orig_filename), start + entry.compress_size
    return Member(path, start, end, packed, entry.file_size, entry.CRC, _seconds(entry.date_time))


def _seconds(written: tuple[int, int, int, int, int, int]) -> float:
    """A zip's date and time, of no known zone, as seconds; 0 if there is no such moment."""
    try:
        return datetime(*written, tzinfo=UTC).timestamp()
    except ValueError:
        return 0.0


def _check_order(spans: list[tuple[int, int]], end_of_files: int, name: str) -> None:
    """One file after the other, from the first byte on: what overlaps unpacks to more than there is."""
    reached = 0
    for start, end in sorted(spans):
        if start < reached:
            raise SubmissionError(f"{name} holds files that overlap; {AGAIN}")
        if reached == 0 < start:
            raise SubmissionError(f"{name} has something in front of its first file; {AGAIN}")
        reached = end
    if reached > end_of_files:
        raise SubmissionError(f"{name} is not a readable zip (a file is longer than the zip); {AGAIN}")
