"""What the tests of the gradebook share: a class written into a folder, and what came of it."""

import csv
import io
import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from grader.course import load, reference_sources
from grader.office import gradebook
from grader.office.gradebook import Row
from grader.submission import packing

COURSE = load()
LECTURE = COURSE.lectures[0]
SOLUTION = reference_sources(LECTURE)
ONE_FILE = {"derivatives.py": SOLUTION["derivatives.py"]}
SEED = 7


def folder(inbox: Path, name: str, files: dict[str, str]) -> Path:
    """An entry that is a folder."""
    place = inbox / name
    place.mkdir(parents=True)
    for file, text in files.items():
        (place / file).write_text(text, encoding="utf-8")
    return place


def zipped(inbox: Path, name: str, files: dict[str, str], mode: int = 0o100644) -> None:
    """An entry that is a zip of somebody's own making."""
    with zipfile.ZipFile(inbox / name, "w") as archive:
        for file, text in files.items():
            entry = zipfile.ZipInfo(file)
            entry.external_attr = mode << 16
            archive.writestr(entry, text)


def packed(inbox: Path, student: str, files: dict[str, str]) -> None:
    """An entry made by `grader pack`."""
    home = inbox.parent / f"home of {student}"
    folder(home, LECTURE.id, files)
    data = packing.build(packing.choose(home, LECTURE), COURSE, student)
    (inbox / f"{LECTURE.id}-{student}.zip").write_bytes(data)


def graded(inbox: Path, out: Path, jobs: int = 1, **more: Any) -> dict[str, Row]:
    """The rows of a class by their folders, in the order of the names. `more` says how, by the names of `How`."""
    seed, arrived = more.pop("seed", SEED), more.pop("arrived", lambda row: None)
    rows = gradebook.grade(inbox, out, None, jobs, seed, arrived, gradebook.How(**more))
    return {row.place: row for row in rows}


def report_of(out: Path, student: str) -> dict[str, Any]:
    """A student's report.json."""
    return json.loads((out / student / "report.json").read_text(encoding="utf-8"))


def without_seconds(report: dict[str, Any]) -> dict[str, Any]:
    """A report, but for what differs from run to run."""
    return {**report, "findings": [{**finding, "seconds": 0} for finding in report["findings"]]}


def eventually(condition: Callable[[], Any], seconds: float = 60) -> bool:
    """Whether it comes true. A generous bound, never a measurement."""
    end = time.monotonic() + seconds
    while not (true := condition()) and time.monotonic() < end:
        time.sleep(0.02)
    return bool(true)


def table(out: Path) -> list[dict[str, str]]:
    """The lines of the gradebook."""
    return list(csv.DictReader(io.StringIO((out / "gradebook.csv").read_text(encoding="utf-8"))))
