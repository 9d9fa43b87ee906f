"""Tables as platforms export them: CSV with commas, semicolons or tabs, in UTF-8 or UTF-16 with its mark.

Whatever is wrong ends in one sentence with the file and the line.
"""

import codecs
import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from grader.course.safe_text import clean
from grader.errors import UsageError

DELIMITERS = ",;\t"
MOST_BYTES = 50_000_000


@dataclass(frozen=True)
class Table:
    """The cells, line by line, the header first, each with its line in the file; and how they were written."""

    file: Path
    lines: tuple[tuple[int, tuple[str, ...]], ...]
    delimiter: str
    newline: str
    encoding: str

    @property
    def header(self) -> tuple[str, ...]:
        return self.lines[0][1]

    @property
    def body(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        return self.lines[1:]


def read_table(file: Path, is_known: Callable[[str], bool]) -> Table:
    """The table in a file. The separator is the one by which the header has most known columns. Raises UsageError."""
    text, encoding = _text(file)
    header = text.partition("\n")[0]
    known = {mark: sum(is_known(cell) for cell in _cells(header, mark)) for mark in DELIMITERS}
    delimiter = max(known, key=lambda mark: known[mark])
    if not known[delimiter]:
        shown = ", ".join(clean(cell.strip(), 30) for cell in _cells(header, ",")[:8]) or "nothing"
        raise UsageError(f"{file}, line 1: none of these columns is known: {shown}. Is it the table that was meant?")
    lines = _lines(file, text, delimiter)
    newline = "\r\n" if "\r\n" in text else "\n"
    return Table(file, tuple(lines), delimiter, newline, encoding)


def write_table(table: Table, rows: list[tuple[str, ...]]) -> bytes:
    """Rows as the table itself was written: the same separator, line ends and encoding."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=table.delimiter, lineterminator=table.newline).writerows(rows)
    return buffer.getvalue().encode(table.encoding)


def _text(file: Path) -> tuple[str, str]:
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{file} cannot be read ({error.strerror}).") from None
    if len(data) > MOST_BYTES:
        raise UsageError(f"{file} is larger than {MOST_BYTES:,} bytes.")
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UsageError(f"{file}, line {line}: this is not {_said(encoding)}. Save it as CSV in UTF-8.") from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise UsageError(f"{file}, line {line}: a NUL, as in UTF-16 or a spreadsheet. Save it as CSV in UTF-8.")
    return text, encoding


def _encoding(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"


def _said(encoding: str) -> str:
    return encoding.removesuffix("-sig").upper()


def _cells(header: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([header.rstrip("\r")], delimiter=delimiter), [])
    except csv.Error:
        return []


def _lines(file: Path, text: str, delimiter: str) -> list[tuple[int, tuple[str, ...]]]:
    """Every line that holds something. Raises UsageError where one has more cells than the header."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[tuple[int, tuple[str, ...]]] = []
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((begins, tuple(cells)))
                _check_width(file, begins, cells, found[0][1])
            begins = reader.line_num + 1
    except csv.Error as error:
        raise UsageError(f"{file}, line {begins}: this is not CSV ({clean(str(error), 80)}).") from None
    return found


def _check_width(file: Path, line: int, cells: list[str], header: tuple[str, ...]) -> None:
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        raise UsageError(
            f"{file}, line {line}: {len(cells)} cells, and the header has {len(header)}. "
            "A cell with a separator in it needs quotes around it."
        )
