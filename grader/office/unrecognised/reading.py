"""One report.json as far as it is needed here: the checks that went wrong, and that no known mistake explains."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.course.safe_text import clean
from grader.judging.findings import ERRORED, FAILED
from grader.report.as_json import SCHEMA

LARGEST = 30_000_000  # bytes of a report


@dataclass(frozen=True)
class Wrong:
    """A check that went wrong, with its first failing case, and the hash of all that its failing cases gave."""

    lecture: str
    seed: int
    exercise: str
    test: str
    sentence: str
    visibility: str
    outputs: str
    inputs: str
    where: str
    yours: str
    expected: str


def wrong_in(file: Path) -> list[Wrong] | None:
    """What this report leaves unexplained; None if it is no report of this version."""
    try:
        if file.stat().st_size > LARGEST:
            return None
        document = json.loads(file.read_bytes())
        if document["schema"] != SCHEMA:
            return None
        return list(_wrong(document))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _wrong(document: dict[str, Any]) -> Iterator[Wrong]:
    lecture, seed = str(document["submission"]["lecture"]), int(document["circumstances"]["seed"])
    for found in document["findings"]:
        if found["status"] in (FAILED, ERRORED) and not found["misconceptions"] and found["outputs"]:
            yield Wrong(
                clean(lecture, 60),
                seed,
                *(clean(str(found[name]), 300) for name in ("exercise", "test", "sentence", "visibility", "outputs")),
                *_case(found),
            )


def _case(found: dict[str, Any]) -> Iterator[str]:
    """Inputs, place, and both sides; where nothing was returned, what happened instead stands for yours."""
    shown = found["difference"]
    if shown:
        yield from (clean(str(shown[name])) for name in ("inputs", "where", "yours", "expected"))
        return
    happened, _, inputs = str(found["message"]).rpartition("\nwith ")
    yield from (clean(inputs), "", clean(happened.partition("\n")[0]), "")
