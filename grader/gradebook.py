"""A folder of submissions in; a report per student and one CSV out. No entry, however broken, stops the batch."""

import csv
import io
import multiprocessing
import re
import secrets
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

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
SEED_FILE = "seed.txt"


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
    names: Counter[str] = Counter()
    found = []
    for path in paths:
        name = student_name(path)
        names[name.lower()] += 1
        count = names[name.lower()]
        found.append((name if count == 1 else f"{name}-{count}", path))
    return found


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
        text = file.read_text(encoding="utf-8").strip()
        if not text.isdigit():
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
    with _executor(jobs, lecture, seed) as executor:
        names = {executor.submit(_grade, name, path): name for name, path in found}
        for future in as_completed(names):
            row = _row(names[future], future)
            _write_reports(out, row)
            rows[row.student] = row
            arrived(row)
    ordered = [rows[name] for name, _ in found]
    write_whole(out / "gradebook.csv", to_csv(ordered).encode("utf-8"))
    return ordered


class _Here(Executor):
    """Grades in this process, one after the other."""

    def __init__(self, lecture: Lecture | None, seed: int) -> None:
        _start(lecture, seed)

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        future: Future[Row] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        _stop()


def _executor(jobs: int, lecture: Lecture | None, seed: int) -> Executor:
    if jobs <= 1:
        return _Here(lecture, seed)
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(lecture, seed))


_open = ExitStack()
_settings: tuple[Lecture | None, int] = (None, 0)
_examiners: dict[str, check.Examiner] = {}


def _start(lecture: Lecture | None, seed: int) -> None:
    global _settings
    _settings = (lecture, seed)


def _stop() -> None:
    _examiners.clear()
    _open.close()


def _grade(student: str, path: Path) -> Row:
    """One entry, in a process that keeps a warm examiner per lecture."""
    lecture, seed = _settings
    try:
        submission = open_submission(path, load(), lecture, student)
    except SubmissionError as error:
        return Row(student, REJECTED, str(error))
    if submission.lecture.id not in _examiners:
        _examiners[submission.lecture.id] = _open.enter_context(check.examiner(submission.lecture, seed))
    report = _examiners[submission.lecture.id].examine(submission)
    missing = f"not handed in: {', '.join(submission.missing)}" if submission.missing else ""
    faults = sum(finding.status == FAULT for finding in report.findings)
    if faults:
        return Row(student, BROKEN, f"the grader failed in {faults} checks; grade this one again", report)
    return Row(student, GRADED, missing, report)


def _row(student: str, future: "Future[Row]") -> Row:
    try:
        return future.result()
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
