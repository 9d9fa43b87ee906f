"""A Gradescope export: a folder for each submission, and a submission_metadata.yml that says whose each is.

The file is read as data, by PyYAML's safe loader, with the line of whatever does not fit.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from importlib.util import find_spec
from typing import Any

from grader.course.safe_text import clean
from grader.errors import UsageError
from grader.office.intake.boxes import Box
from grader.office.intake.hand_ins import HandIn, Person

METADATA = "submission_metadata.yml"
MOST_BYTES = 200_000_000  # what autograders printed is in it too


def hand_ins(box: Box) -> list[HandIn]:
    """A hand-in for every person of every submission; a group's work is each one's. Raises UsageError."""
    there = set(box.names())
    found = []
    for folder, about in _metadata(box).items():
        if f"{folder}/" in there:
            parts = ((f"{folder}/", ""),)
            one = partial(HandIn, written=str(folder), box=box, parts=parts, when=_when(about))
            found += [one(person) for person in _people(str(folder), about)]
    return found


def _metadata(box: Box) -> dict[Any, Any]:
    if not find_spec("yaml"):
        raise UsageError(f"{METADATA} is read with the package PyYAML. Install it: pip install -e '.[gradescope]'")
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        told = yaml.load(box.read(METADATA, MOST_BYTES), Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = clean(str(getattr(error, "problem", None) or getattr(error, "reason", None) or "no text"), 80)
        raise UsageError(f"{METADATA}{line}: this is not YAML ({problem}). Export the submissions again.") from None
    except (RecursionError, ValueError) as error:
        raise UsageError(f"{METADATA} is not what Gradescope writes ({clean(str(error), 80)}).") from None
    if not isinstance(told, dict):
        raise UsageError(f"{METADATA}, line 1: no list of submissions. Export the submissions again.")
    return told


def _people(folder: str, about: Any) -> Iterator[Person]:
    submitters = about.get(":submitters") if isinstance(about, dict) else None
    if not isinstance(submitters, list) or not submitters:
        raise UsageError(f"{METADATA}: {clean(folder, 60)} names no :submitters:. Export the submissions again.")
    for submitter in submitters:
        told = submitter if isinstance(submitter, dict) else {}
        held = {kind: told.get(f":{kind}") for kind in ("name", "email", "sid")}
        ids = {kind: clean(str(held[kind]), 100) for kind in ("email", "sid") if held[kind]}
        if not (held["name"] or ids):
            raise UsageError(f"{METADATA}: a submitter of {clean(folder, 60)} has no name and no number.")
        yield Person(clean(str(held["name"] or next(iter(ids.values()))), 200), ids)


def _when(about: Any) -> datetime | None:
    when = about.get(":created_at") if isinstance(about, dict) else None
    return when if isinstance(when, datetime) else None
