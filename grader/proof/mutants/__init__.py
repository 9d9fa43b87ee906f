"""Mutation testing of the suites: each small change of the reference is seen by a check, or listed as harmless.

`making` makes the mutants, `trying` tries the checks on them, `equivalents` reads the list of the harmless ones.
"""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from grader.course import Lecture
from grader.judging.suite import PUBLIC
from grader.proof.mutants.equivalents import Key, listed
from grader.proof.mutants.making import Mutant, mutants_of
from grader.proof.mutants.trying import Outcome, outcomes

KINDS = ("public", "hidden", "equivalent", "survived")
SURVIVED = "no check sees this change"


@dataclass(frozen=True)
class Hole:
    """A mutant, or an edit of another solution, of which something is not as it should be; and where it stands."""

    what: str
    exercise: str
    line: str
    becomes: str
    occurrence: int
    place: str = ""


@dataclass
class Survey:
    """A lecture's mutants, those of them that are tried, and what became of each."""

    lecture: Lecture
    mutants: list[Mutant]
    reasons: dict[Key, str]
    chosen: list[Mutant]
    outcomes: list[Outcome] = field(default_factory=list)
    seconds: float = 0.0

    def run(self, jobs: int, arrived: Callable[[Outcome], None]) -> None:
        """Try every chosen mutant, and keep what became of them in course order."""
        started = time.monotonic()
        for outcome in outcomes(self.lecture, self.chosen, jobs):
            self.outcomes.append(outcome)
            arrived(outcome)
        order = {mutant.key: place for place, mutant in enumerate(self.chosen)}
        self.outcomes.sort(key=lambda outcome: order[outcome.mutant.key])
        self.seconds = time.monotonic() - started

    def kind(self, outcome: Outcome) -> str:
        """Which checks it takes to kill it; else whether it is listed as equivalent, or survived."""
        if outcome.killer:
            return "public" if outcome.visibility == PUBLIC else "hidden"
        return "equivalent" if outcome.mutant.key in self.reasons else "survived"

    @property
    def holes(self) -> list[Hole]:
        """Survivors that nobody has explained, and entries of the list of equivalents that are not true."""
        survived = [_hole(SURVIVED, o.mutant) for o in self.outcomes if self.kind(o) == "survived"]
        killed = [
            _hole(f"listed as equivalent, and killed by {o.killer}", o.mutant)
            for o in self.outcomes
            if o.killer and o.mutant.key in self.reasons
        ]
        made = {mutant.key for mutant in self.mutants}
        lost = [
            Hole("listed as equivalent, and there is no such mutant", *key) for key in self.reasons if key not in made
        ]
        return [*survived, *killed, *lost]


def survey(lecture: Lecture, sample: int | None = None) -> Survey:
    """What is to be tried: all mutants of a lecture, or a sample of them that is the same every time."""
    mutants = mutants_of(lecture)
    return Survey(lecture, mutants, listed(lecture), mutants if sample is None else _sample(mutants, sample))


def _sample(mutants: list[Mutant], size: int) -> list[Mutant]:
    """So many, spread over the exercises by a hash: a new exercise does not change which of the others are tried."""
    drawn = sorted((mutant.key for mutant in mutants), key=lambda key: hashlib.sha256(repr(key).encode()).digest())
    return [mutant for mutant in mutants if mutant.key in drawn[:size]]


def survey_text(survey: Survey) -> str:
    """The table of a lecture: killed by public checks, by hidden ones alone, equivalent, survived; then the holes."""
    counts: dict[str, Counter[str]] = {e.id: Counter() for e in survey.lecture.exercises if not e.is_data}
    for outcome in survey.outcomes:
        counts[outcome.mutant.exercise][survey.kind(outcome)] += 1
    of = "" if len(survey.chosen) == len(survey.mutants) else f" of {len(survey.mutants)}"
    lines = [
        f"{survey.lecture.id}: {len(survey.chosen)}{of} mutants in {survey.seconds:.0f} s",
        f"  {'exercise':<22} mutants   killed by public   by hidden alone   equivalent   survived",
        *(_row(id, counts[id]) for id in counts),
        _row("together", sum(counts.values(), Counter())),
    ]
    return "\n".join([*lines, *holes_text(survey.holes)])


def _row(name: str, count: Counter[str]) -> str:
    public, hidden, equivalent, survived = (count[kind] for kind in KINDS)
    return f"  {name:<22} {count.total():>7} {public:>18} {hidden:>17} {equivalent:>12} {survived:>10}"


def _hole(what: str, mutant: Mutant) -> Hole:
    return Hole(what, *mutant.key, f"reference/{mutant.lecture}/{mutant.file}:{mutant.number}")


def holes_text(holes: list[Hole]) -> Iterator[str]:
    """The holes, those of one line together."""
    for (what, exercise, place, line), of_line in groupby(holes, lambda h: (h.what, h.exercise, h.place, h.line)):
        yield f"  HOLE  {exercise}: {what}   {place}".rstrip()
        yield from (f"        - {text}" for text in line.splitlines())
        for hole in of_line:
            again = f"   (occurrence {hole.occurrence})" if hole.occurrence > 1 else ""
            yield from (f"        + {text}{again}" for text in hole.becomes.splitlines())
