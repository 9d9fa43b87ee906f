"""The edits of a lecture: which are judged, and of which kind each turned out to be."""

import hashlib
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from grader.course import Lecture, load
from grader.proof.audit.measuring import alternatives
from grader.proof.edits.judging import Outcome, outcomes
from grader.proof.edits.making import Edit, edits_of
from grader.proof.mutants import Hole
from grader.proof.mutants.equivalents import EDITS, Key, listed

MOST = 100  # so many of each lecture are judged if nothing else is asked for
UNNOTICED = "no check sees this edit"
PRINTED = "what is printed, and what is raised for input that no statement allows, is not asked for"


@dataclass
class Survey:
    """A lecture's edits, those of them that are judged, and what was said of each."""

    lecture: Lecture
    edits: list[Edit]
    reasons: dict[Key, str]
    chosen: list[Edit]
    outcomes: list[Outcome] = field(default_factory=list)
    seconds: float = 0.0

    def run(self, jobs: int, arrived: Callable[[Outcome], None]) -> None:
        """Judge every chosen edit, and keep what was said of it in the order in which they were drawn."""
        started = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="grader-edits-") as place:
            for outcome in outcomes(self.lecture, self.chosen, jobs, Path(place) / "answers"):
                self.outcomes.append(outcome)
                arrived(outcome)
        order = {edit.key: place for place, edit in enumerate(self.chosen)}
        self.outcomes.sort(key=lambda outcome: order[outcome.edit.key])
        self.seconds = time.monotonic() - started

    def kind(self, outcome: Outcome) -> str:
        """Of one that is found, how it is located: wrong, told, stopped, or silent; else equivalent or unnoticed."""
        if outcome.seen:
            return "wrong" if outcome.wrong else outcome.located or "silent"
        return "equivalent" if self.reason(outcome.edit) else "unnoticed"

    def reason(self, edit: Edit) -> str:
        """Why nobody need see it, as far as it is known."""
        return PRINTED if edit.is_printed else self.reasons.get(edit.key, "")

    def of(self, *kinds: str) -> list[Outcome]:
        """The outcomes of some kinds."""
        return [outcome for outcome in self.outcomes if self.kind(outcome) in kinds]

    @property
    def found(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.seen]

    @property
    def located(self) -> float:
        """The share of those found of which the student is told where, or shown a line there."""
        return len(self.of("told", "stopped")) / len(self.found) if self.found else 1.0

    @property
    def holes(self) -> list[Hole]:
        """Edits that no check sees and nobody has explained, untrue words about the others, and untrue entries."""
        listed = [o for o in self.found if o.edit.key in self.reasons]
        made = {edit.key for edit in self.edits}
        return [
            *(Hole(UNNOTICED, *one.edit.key, one.edit.at) for one in self.of("unnoticed")),
            *(Hole(f"it is said: {' '.join(one.wrong)}", *one.edit.key, one.edit.at) for one in self.of("wrong")),
            *(Hole(f"listed as equivalent, and found by {one.seen} checks", *one.edit.key) for one in listed),
            *(Hole("listed as equivalent, and there is no such edit", *key) for key in self.reasons if key not in made),
        ]


def survey(lecture: Lecture, sample: int | None = None) -> Survey:
    """What is to be judged: a sample that is the same every time, and of which a larger one holds the smaller."""
    edits = edits_of(lecture, alternatives(lecture, load()))
    drawn = sorted(edits, key=lambda edit: hashlib.sha256(repr(edit.key).encode()).digest())
    return Survey(lecture, edits, listed(lecture, EDITS), drawn[: sample or MOST])
