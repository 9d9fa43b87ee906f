"""A folder of submissions in; a report per student and one CSV out. No entry, however broken, stops the batch."""

import csv
import io
import itertools
import multiprocessing
import re
import secrets
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Self

from grader import check
from grader.course import Lecture, load
from grader.errors import SubmissionError, UsageError
from grader.plaintext import clean
from grader.report import FAULT, Report
from grader.report.as_html import to_html
from grader.report.as_json import to_json
from grader.stubs import write_whole
from grader.submission import open_submission

GRADED, REJECTED, BROKEN = "graded", "rejected", "fault"
SEED_FILE, GRADEBOOK = "seed.txt", "gradebook.csv"


@dataclass(frozen=True)
class Row:
    """One entry of the inbox: its report, or the reason why there is none."""

    student: str
    status: str
    reason: str = ""
    report: Report | None = None


def entries(inbox: Path) -> list[tuple[str, Path]]:
    """Every entry and the name its results go by, in the order of the names. Raises UsageError."""
    if not inbox.is_dir():
        raise UsageError(f"There is no folder {inbox} to grade. Name the folder that holds the submissions.")
    paths = [path for path in inbox.iterdir() if not path.name.startswith(".")]
    paths.sort(key=lambda path: (student_name(path).lower(), path.name))
    if not paths:
        raise UsageError(f"{inbox} is empty. Put one zip or folder per student into it.")
    taken = {SEED_FILE, GRADEBOOK}
    found = []
    for path in paths:
        stem = student_name(path)
        name = next(n for n in _numbered(stem) if n.lower() not in taken)
        taken.add(name.lower())
        found.append((name, path))
    return found


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    yield from (f"{stem}-{number}" for number in itertools.count(2))


def check_apart(inbox: Path, out: Path) -> None:
    """Results never go where submissions are read from. Raises UsageError."""
    if inbox.resolve() in (out.resolve(), *out.resolve().parents):
        raise UsageError(f"{out} lies in {inbox}, where it would be graded itself. Choose another folder for --out.")


def student_name(path: Path) -> str:
    """A safe folder name from the entry's own name; what a package says of itself is not asked."""
    stem = path.name[: -len(".zip")] if path.name.lower().endswith(".zip") else path.name
    for lecture in load().lectures:
        stem = stem.removeprefix(f"{lecture.id}-") or stem
    return re.sub(r"[^A-Za-z0-9_.-]", "_", stem).strip("._-")[:80] or "unnamed"


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


def grade(
    inbox: Path, out: Path, lecture: Lecture | None, jobs: int, seed: int, arrived: Callable[[Row], None]
) -> list[Row]:
    """Grade every entry, `jobs` at a time; call `arrived` for each as it comes. Rows are in the order of the names."""
    found = entries(inbox)
    rows: dict[str, Row] = {}
    for row in _graded(found, lecture, jobs, seed):
        _write_reports(out, row)
        rows[row.student] = row
        arrived(row)
    ordered = [rows[name] for name, _ in found]
    write_whole(out / GRADEBOOK, to_csv(ordered).encode("utf-8"))
    return ordered


def _graded(found: list[tuple[str, Path]], lecture: Lecture | None, jobs: int, seed: int) -> Iterator[Row]:
    """The rows as they come: from this process, or from `jobs` others that each have a warm process of their own."""
    if jobs <= 1:
        with Desk(lecture, seed) as desk:
            yield from (_row(name, partial(desk.mark, name, path)) for name, path in found)
        return
    lost: list[tuple[str, Path]] = []
    yield from _in_pool(found, lecture, jobs, seed, lost)
    for entry in lost:  # a process was lost, and with it whatever was on its way: each of these once more, alone
        lost_again: list[tuple[str, Path]] = []
        yield from _in_pool([entry], lecture, 1, seed, lost_again)
        yield from (Row(name, BROKEN, "the process that graded this was killed, twice") for name, _ in lost_again)


def _in_pool(
    found: list[tuple[str, Path]], lecture: Lecture | None, jobs: int, seed: int, lost: list[tuple[str, Path]]
) -> Iterator[Row]:
    """Rows from a pool of processes; entries that a dying process took with it are put into `lost`."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, initializer=_open_desk, initargs=(lecture, seed)) as pool:
        futures = {pool.submit(_mark, name, path): (name, path) for name, path in found}
        for future in as_completed(futures):
            if isinstance(future.exception(), BrokenProcessPool):
                lost.append(futures[future])
            else:
                yield _row(futures[future][0], future.result)


class Desk:
    """Where submissions are marked, one after the other, with a warm examiner for each lecture. Use it with `with`."""

    def __init__(self, lecture: Lecture | None, seed: int) -> None:
        self.lecture = lecture
        self.seed = seed
        self.examiners: dict[str, check.Examiner] = {}
        self.stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.stack.close()

    def mark(self, student: str, path: Path) -> Row:
        """The row of one entry."""
        try:
            submission = open_submission(path, load(), self.lecture, student)
        except SubmissionError as error:
            return Row(student, REJECTED, str(error))
        report = self._examiner(submission.lecture).examine(submission)
        faults = sum(finding.status == FAULT for finding in report.findings)
        if faults:
            return Row(student, BROKEN, f"the grader failed in {faults} checks; grade this one again", report)
        missing = f"not handed in: {', '.join(submission.missing)}" if submission.missing else ""
        return Row(student, GRADED, missing, report)

    def _examiner(self, lecture: Lecture) -> check.Examiner:
        if lecture.id not in self.examiners:
            self.examiners[lecture.id] = self.stack.enter_context(check.examiner(lecture, self.seed))
        return self.examiners[lecture.id]


_desk: Desk  # of this process, where it is one of a pool


def _open_desk(lecture: Lecture | None, seed: int) -> None:
    global _desk
    _desk = Desk(lecture, seed)
    Finalize(None, _desk.stack.close, exitpriority=10)


def _mark(student: str, path: Path) -> Row:
    return _desk.mark(student, path)


def _row(student: str, mark: Callable[[], Row]) -> Row:
    try:
        return mark()
    except Exception as error:  # whatever broke was ours, and costs this row alone
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}:{last.lineno}"
        return Row(student, BROKEN, clean(f"the grader failed ({type(error).__name__} at {where}: {error})", 300))


def _write_reports(out: Path, row: Row) -> None:
    folder = out / row.student
    if row.report is not None:
        write_whole(folder / "report.json", to_json(row.report).encode())
        write_whole(folder / "report.html", to_html(row.report).encode())
        return
    for name in ("report.json", "report.html"):  # an earlier run's report would contradict this row
        (folder / name).unlink(missing_ok=True)


def to_csv(rows: list[Row]) -> str:
    """The gradebook: a line per entry, a column per exercise that anybody handed in."""
    ids = list(dict.fromkeys(f.exercise for row in rows if row.report for f in row.report.findings))
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["student", "lecture", "score", "max_score", "status", "reason", *ids, "mistakes", "sha256"])
    for row in rows:
        writer.writerow([_cell(cell) for cell in _cells(row, ids)])
    return buffer.getvalue()


def _cells(row: Row, ids: list[str]) -> Iterator[object]:
    report = row.report
    if report is None:
        yield from (row.student, "", "", "", row.status, row.reason, *("" for _ in ids), "", "")
        return
    yield from (
        row.student,
        report.submission.lecture.id,
        report.score,
        report.max_score,
        row.status,
        row.reason,
    )
    for id in ids:
        yield sum(finding.points for finding in report.of_exercise(id))
    yield " ".join(named.id for named in report.mistakes)
    yield report.submission.sha256


def _cell(cell: object) -> object:
    """Text that a spreadsheet would take for a formula gets a quote in front."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
