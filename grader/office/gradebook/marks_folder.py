"""The folder of a class's marks: who may write there now, the class's seed, records, reports, the gradebook.

Each file is written whole or not at all. What decides is the record of a submission: a report that is missing, or is
another one's, is made again from it.

It is files and no database: a record is found by its name, a rename is all that a kill can interrupt, what a person
decides (class.toml) stays a file that a person can read and keep under version control, and comparing two runs or
exporting one needs the whole class in memory, which is a few hundred bytes for each student.
"""

import fcntl
import os
import re
import secrets
import subprocess
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from grader.course.whole_files import write_whole
from grader.errors import UsageError
from grader.judging.findings import Report
from grader.office.gradebook.book import BOOK, Book, from_book, to_book
from grader.office.gradebook.csv_table import to_csv
from grader.office.gradebook.rows import Row
from grader.report.as_html import to_html
from grader.report.as_json import to_json

SEED_FILE, GRADEBOOK = "seed.txt", "gradebook.csv"
LOCK, RECORDS = ".lock", ".records"
SCRATCH = "grader-class-"
REPORTS = ("report.json", "report.html")


def class_seed(out: Path, seed: int | None) -> int:
    """The seed that hidden inputs are drawn from: the one given, or this class's own, drawn once and kept in `out`."""
    file = out / SEED_FILE
    if seed is None and file.is_file():
        text = file.read_bytes().strip()
        if not re.fullmatch(rb"[0-9]{1,10}", text):
            raise UsageError(f"{file} does not hold a number. Give one: grader grade ... --seed N")
        return int(text)
    chosen = secrets.randbelow(2**31) if seed is None else seed
    write_whole(file, f"{chosen}\n".encode())
    return chosen


def left_over(out: Path, rows: Iterable[Row]) -> list[str]:
    """Whose reports lie there without an entry in the inbox."""
    known = {row.place for row in rows}
    return [p.name for p in _of_students(out) if p.name not in known and (p / "report.json").is_file()]


def _of_students(out: Path) -> list[Path]:
    return sorted(path for path in out.iterdir() if path.is_dir() and not path.name.startswith("."))


class Marks:
    """The folder, for one run at a time, and a scratch folder for that run. Use it with `with`."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.records = out / RECORDS

    def __enter__(self) -> Self:
        self.lock = _locked(self.out)
        try:
            self._clean_up()
            self.scratch = Path(tempfile.mkdtemp(prefix=SCRATCH))
        except OSError as error:
            os.close(self.lock)
            raise UsageError(f"No scratch folder can be made ({error}). Make room, or set TMPDIR elsewhere.") from None
        _write_lock(self.lock, f"{os.getpid()}\n{self.scratch}\n")
        self.tempdir, tempfile.tempdir = tempfile.tempdir, str(self.scratch)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        tempfile.tempdir = self.tempdir
        _remove(self.scratch)
        _write_lock(self.lock, "")
        os.close(self.lock)

    def _clean_up(self) -> None:
        """Remove what a run that was killed has left: its scratch folder, and files that were being written."""
        left = os.pread(self.lock, 4096, 0).decode("utf-8", "replace").splitlines()[1:2]
        for scratch in map(Path, left):
            if scratch.name.startswith(SCRATCH) and not scratch.is_symlink():
                _remove(scratch)
        for place in (self.out, self.records, *_of_students(self.out)):
            for aside in place.glob(".*.tmp"):
                with suppress(OSError):
                    aside.unlink()

    def record(self, key: str) -> bytes | None:
        """The record that is kept under this key, if there is one."""
        return _read(self.records / f"{key}.json")

    def keep(self, key: str, record: str) -> None:
        """Keep a record: from here on the submission is done."""
        write_whole(self.records / f"{key}.json", record.encode())

    def forget_all_but(self, keys: Iterable[str]) -> None:
        """Remove the records that no entry has any more."""
        wanted = {f"{key}.json" for key in keys}
        for file in self.records.glob("*.json"):
            if file.name not in wanted:
                with suppress(OSError):
                    file.unlink()

    def show(self, folder: str, report: Report | None) -> None:
        """The reports in a student's folder are those of this report; without one there are none."""
        place = self.out / folder
        if report is None:
            for name in REPORTS:  # an earlier run's report would contradict this row
                (place / name).unlink(missing_ok=True)
            return
        text = to_json(report).encode()
        if _read(place / "report.json") == text and (place / "report.html").is_file():
            return
        write_whole(place / "report.html", to_html(report).encode())
        write_whole(place / "report.json", text)  # comes last: where it is right, the page is

    def book(self) -> Book:
        """What the last run wrote down; an empty book if there was none that can be read."""
        return from_book(_read(self.out / BOOK) or b"")

    def write_gradebook(self, book: Book) -> None:
        """Both forms of it. What decides is the one as data, which comes last."""
        write_whole(self.out / GRADEBOOK, to_csv(list(book.rows)).encode("utf-8"))
        write_whole(self.out / BOOK, to_book(book).encode())


def _locked(out: Path) -> int:
    """The lock of this folder. The system takes it back when its holder dies, whatever kills it."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        lock = os.open(out / LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise UsageError(f"{out} cannot be written ({error.strerror}). Choose another folder for --out.") from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        holder = os.pread(lock, 4096, 0).decode("utf-8", "replace").partition("\n")[0]
        os.close(lock)
        if not isinstance(error, BlockingIOError):
            raise UsageError(f"{out} cannot be locked ({error.strerror}). Choose a folder on a local disk.") from None
        raise UsageError(
            f"Another run is writing to {out} right now (process {holder or 'unknown'}). "
            "Wait until it is done, or choose another folder for --out."
        ) from None
    return lock


def _write_lock(lock: int, text: str) -> None:
    with suppress(OSError):  # on a full disk the next run has less to clean up by
        os.ftruncate(lock, 0)
        os.pwrite(lock, text.encode(), 0)


def _remove(folder: Path) -> None:
    """With whatever a student's code has left in it, however deep."""
    subprocess.run(["rm", "-rf", "--", str(folder)], check=False, stderr=subprocess.DEVNULL)


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None
