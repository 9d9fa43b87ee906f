"""Under which terms a submission is marked: all that decides its marks beside its own files.

Two processes that agree on the terms give the same marks. A record is kept under its terms, and a process whose own
terms are others does not mark.
"""

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from grader.course import EXERCISES, MARKER, PROJECT, Lecture, load, names
from grader.errors import UsageError
from grader.judging.examiner import circumstances

# folders and files that decide nothing of what a record holds: they show, prove or measure, or say whose a record is
SHOWS = (
    "__pycache__", "bench", "cli", "desk", "proof", "pictures", "pictures.py",
    "autograder", "changes.py", "class_page.py", "class_view.py", "export", "intake", "policy", "similar",
    "unrecognised",
)  # fmt: skip


class OtherTerms(UsageError):
    """This process would mark by another course, or with other versions, than it was asked to."""


def terms_of(lecture: Lecture, seed: int, level: str) -> str:
    """The terms of this process, as JSON text: the course by its content, versions, seed, isolation, list of names."""
    conditions = circumstances(seed, names.needed_by(lecture.id), level)
    return json.dumps({"lecture": lecture.id, "course": course_hash(), **conditions}, sort_keys=True)


def check_terms(wanted: str, who: str = "this process") -> tuple[Lecture, int, str]:
    """Lecture, seed and level of the terms that are asked for. Raises OtherTerms if this process has others."""
    asked = json.loads(wanted)
    lecture = load().lecture(asked["lecture"])
    own = terms_of(lecture, asked["seed"], asked["isolation"])
    if own != wanted:
        raise OtherTerms(refusal(who, asked, json.loads(own)))
    return lecture, asked["seed"], asked["isolation"]


def refusal(who: str, asked: dict[str, Any], own: dict[str, Any]) -> str:
    """The sentence about a process that would give other marks."""
    differing = [name for name in asked if own.get(name) != asked[name]]
    shown = "; ".join(f"{name} {_short(own.get(name))} there, {_short(asked[name])} here" for name in differing)
    return f"{who} would mark otherwise: {shown}. Install the same versions and the same kit there, and start it again."


def _short(value: Any) -> str:
    text = str(value["title"] if isinstance(value, dict) else value)
    return text if len(text) < 60 else f"{text[:12]}..."


@cache
def course_hash() -> str:
    """One hash over all that judges: exercises, reference, suites, misconceptions, and the code that runs them."""
    digest = hashlib.sha256()
    for name, file in sorted(_judging_files()):
        data = file.read_bytes()
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def _judging_files() -> Iterator[tuple[str, Path]]:
    """What decides a mark, each file by a name that is the same on every machine: the kit, and the course in use."""
    folders = load().folders
    for place in (PROJECT / "grader", folders.reference, folders.probes, folders.lectures):
        for file in place.rglob("*"):
            parts = file.relative_to(place).parts
            if file.is_file() and not set(SHOWS).intersection(parts):
                yield "/".join((place.name, *parts)), file
    for name in (MARKER, *(f"{lecture.id}/{EXERCISES}" for lecture in load().lectures)):
        yield name, folders.exercises / name


def key_of(terms: str, sha256: str) -> str:
    """What the record of a submission is kept under."""
    return hashlib.sha256(f"{terms}\0{sha256}".encode()).hexdigest()
