"""What was found out about a submission, as data; json, terminal, csv and html are pure functions of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.judging.suite import Test
    from grader.submission import Submission

PASSED, FAILED, TODO, ERRORED, BLOCKED, FAULT = "passed", "failed", "todo", "errored", "blocked", "fault"
STATUSES = (PASSED, FAILED, TODO, ERRORED, BLOCKED, FAULT)
# the worst comes first: what an exercise with several findings is called
GRAVITY = (FAULT, FAILED, ERRORED, BLOCKED, TODO, PASSED)


@dataclass(frozen=True)
class Reach:
    """How much of a step of many numbers is wrong; of a list the first wrong one is shown, of an array the worst."""

    step: str
    shape: tuple[int, ...]
    wrong: int
    entries: int
    is_list: bool


@dataclass(frozen=True)
class Shown:
    """The first difference as text: where, both sides, for which inputs, and how far apart if that is a number.

    `pattern` is what turns the expected numbers into yours, where that is one thing for all of them; `way` says which
    steps on the way to them are as expected, and which is the first that is not.
    """

    where: str
    yours: str
    expected: str
    inputs: str
    gap: str = ""
    relative: str = ""
    reach: Reach | None = None
    pattern: str = ""
    way: str = ""


@dataclass(frozen=True)
class Named:
    """A recognised mistake."""

    id: str
    sentence: str
    question: str


@dataclass(frozen=True)
class AsIf:
    """A made mistake that explains everything: where it lies, of which kind (empty if of several), and both said."""

    where: str
    kind: str
    sentence: str


@dataclass(frozen=True)
class Broken:
    """A file that did not get through its import: the line, as file:line, and what happened there."""

    file: str
    place: str
    told: str


@dataclass(frozen=True)
class Finding:
    """One suite test on one submission."""

    exercise: str
    test: str
    sentence: str
    visibility: str
    status: str
    points: int
    max_points: int
    seconds: float
    difference: Shown | None = None
    misconceptions: tuple[Named, ...] = ()
    as_if: AsIf | None = None  # only where no known mistake explains it
    message: str = ""
    blocked_by: str = ""
    place: str = ""
    printed: str = ""
    broken: Broken | None = None
    outputs: str = ""  # a hash of all that its failing cases gave, where no known mistake explains them

    @classmethod
    def of(cls, test: "Test", status: str, seconds: float) -> "Finding":
        """A finding without points yet."""
        return cls(
            test.exercise,
            test.name,
            test.sentence,
            test.visibility,
            status,
            0,
            test.points,
            round(seconds, 4),
        )


@dataclass(frozen=True)
class Report:
    """All findings on one submission, and under which circumstances they were made.

    `cases` holds, for an exercise that fails public checks, the smallest case in which it does, to be measured again.
    """

    submission: "Submission"
    findings: tuple[Finding, ...]
    circumstances: Mapping[str, Any]
    cases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def score(self) -> int:
        return sum(finding.points for finding in self.findings)

    @property
    def max_score(self) -> int:
        return sum(finding.max_points for finding in self.findings)

    @property
    def exit_code(self) -> int:
        """0 all passed, 1 something not passed, 3 a fault of the kit."""
        statuses = {finding.status for finding in self.findings}
        return 3 if FAULT in statuses else 0 if statuses == {PASSED} else 1

    @property
    def dataset(self) -> str:
        """The names or the text that were measured with, in one line; empty where none were."""
        data = self.circumstances["dataset"]
        sizes = [f"{size:,} {unit}" for unit, size in (data or {}).items() if isinstance(size, int)]
        return f"{data['title']}: {' '.join(sizes)}" if data else ""

    @cached_property
    def by_exercise(self) -> Mapping[str, tuple[Finding, ...]]:
        """The findings on each exercise of which there are any."""
        found: dict[str, tuple[Finding, ...]] = {}
        for finding in self.findings:
            found[finding.exercise] = (*found.get(finding.exercise, ()), finding)
        return found

    def of_exercise(self, id: str) -> tuple[Finding, ...]:
        return self.by_exercise.get(id, ())

    def status_of(self, id: str) -> str:
        """The gravest status among an exercise's findings."""
        statuses = {finding.status for finding in self.of_exercise(id)}
        return next(status for status in GRAVITY if status in statuses)

    @property
    def mistakes(self) -> tuple[Named, ...]:
        """The recognised mistakes, each once, in course order."""
        return tuple(dict.fromkeys(named for f in self.findings for named in f.misconceptions))
