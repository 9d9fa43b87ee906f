"""A zip as files in folders: read into memory, unpacked file by file when asked for, never onto the disk."""

import zlib
from pathlib import Path

from grader.course.safe_text import clean
from grader.errors import SubmissionError
from grader.submission.directory import AGAIN, Member, members
from grader.submission.limits import MAX_PACKAGE
from grader.submission.tree import is_junk, read_plain_file


class Package:
    """A zip on disk. What no student wrote is left out; the rest is only unpacked if it is read."""

    def __init__(self, path: Path) -> None:
        self.name = clean(path.name, 100)
        self.raw = read_plain_file(path, MAX_PACKAGE)
        if len(self.raw) > MAX_PACKAGE:
            raise SubmissionError(
                f"{self.name} is larger than {MAX_PACKAGE:,} bytes; pack the lecture alone: grader pack"
            )
        found = members(self.raw, self.name)
        self.members = {member.path: member for member in found if not any(map(is_junk, member.path.split("/")))}

    def files(self, folder: str) -> list[str]:
        inside = self._inside(folder)
        return sorted(rest for rest in inside if "/" not in rest)

    def folders(self, folder: str) -> list[str]:
        inside = self._inside(folder)
        return sorted({rest.partition("/")[0] for rest in inside if "/" in rest})

    def read(self, path: str, limit: int) -> bytes:
        data = self._unpacked(self.members[path], limit)
        if data is None:
            raise SubmissionError(f"{clean(path, 80)} in {self.name} is damaged; {AGAIN}")
        return data

    def changed(self, path: str) -> float:
        return self.members[path].changed

    def _inside(self, folder: str) -> list[str]:
        start = f"{folder}/" if folder else ""
        return [path.removeprefix(start) for path in self.members if path.startswith(start)]

    def _unpacked(self, member: Member, limit: int) -> bytes | None:
        """The bytes, or one more than the limit of them; None if they are not what the zip's list promises."""
        data, whole = self.raw[member.start : member.end], True
        if member.packed:
            inflater = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                data = inflater.decompress(data, limit + 1)
            except zlib.error:
                return None
            whole = inflater.eof and not inflater.unused_data and not inflater.unconsumed_tail
        if len(data) > limit:
            return data[: limit + 1]
        return data if whole and len(data) == member.size and zlib.crc32(data) == member.crc else None
