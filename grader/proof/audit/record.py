"""What an audit found out about a lecture, as data; text and JSON are pure functions of it."""

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.proof.edits.survey import Survey as EditSurvey
    from grader.proof.mutants import Survey


@dataclass(frozen=True)
class Stubs:
    """What the untouched stubs get."""

    score: int
    todo: int
    blocked: int


@dataclass(frozen=True)
class Alternative:
    """A correct solution in another hand, and what it gets."""

    name: str
    score: int


@dataclass(frozen=True)
class Way:
    """One way to make a mistake: what it costs, and which mistakes the public checks and all checks name."""

    lost: int
    public: tuple[str, ...]
    everything: tuple[str, ...]


@dataclass(frozen=True)
class Mistake:
    """A known mistake, made in each of its ways."""

    id: str
    ways: tuple[Way, ...]

    @property
    def is_named(self) -> bool:
        """Whether in each of its ways it is called by its name, and by no other."""
        return all(way.public == way.everything == (self.id,) for way in self.ways)

    def called(self, by: Callable[[Way], tuple[str, ...]]) -> Counter[str]:
        """How often it is called what."""
        return Counter(id for way in self.ways for id in by(way) or ("nothing",))


@dataclass(frozen=True)
class Planted:
    """A known mistake in a solution in another hand: whether it cost points there, and what it was called."""

    mistake: str
    hand: str
    is_found: bool
    called: tuple[str, ...]

    @property
    def is_named(self) -> bool:
        return self.called == (self.mistake,)

    @property
    def is_misnamed(self) -> bool:
        """Whether it was called by any other name."""
        return bool(set(self.called) - {self.mistake})


@dataclass(frozen=True)
class Room:
    """A tolerance: how far correct solutions lie from ours, and the nearest mistake; both as multiples of it."""

    probe: str
    widest: float
    nearest: float | None


@dataclass
class Proof:
    """All that was proved of one lecture, and the holes that were found."""

    lecture: str
    isolation: str
    exercises: int
    checks: int
    points: int
    stubs: Stubs | None = None
    reference: int = 0
    alternatives: list[Alternative] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)
    tolerances: list[Room] = field(default_factory=list)
    survey: "Survey | None" = None
    edits: "EditSurvey | None" = None
    seconds: float = 0.0
    found: list[str] = field(default_factory=list)

    def require(self, holds: bool, hole: str) -> None:
        """Note a hole where something does not hold."""
        if not holds:
            self.found.append(hole)

    @property
    def holes(self) -> list[str]:
        """One sentence for each hole, those in the mutants and in the edits of other hands last."""
        changed = [*(self.survey.holes if self.survey else []), *(self.edits.holes if self.edits else [])]
        return [*self.found, *(f"{one.exercise}: {one.what}: {one.line} -> {one.becomes}" for one in changed)]

    @property
    def named(self) -> int:
        return sum(mistake.is_named for mistake in self.mistakes)

    @property
    def confused(self) -> int:
        return len(self.mistakes) - self.named

    @property
    def in_other_hands(self) -> dict[str, int]:
        """How many mistakes were planted there, found, named, and called by another name."""
        kinds = ("found", "named", "misnamed")
        counts = {kind: sum(getattr(one, f"is_{kind}") for one in self.planted) for kind in kinds}
        return {"planted": len(self.planted), **counts}

    @property
    def killed(self) -> int | None:
        """How many mutants a check has seen; None if none were tried."""
        return sum(bool(outcome.killer) for outcome in self.survey.outcomes) if self.survey else None

    @property
    def below(self) -> float:
        """How many times the distance of correct solutions goes into the tolerance, where it does so least often."""
        return min((1 / room.widest for room in self.tolerances if room.widest), default=math.inf)

    @property
    def above(self) -> float:
        """How many times the tolerance goes into the distance of the nearest mistake, where it does so least often."""
        return min((room.nearest for room in self.tolerances if room.nearest is not None), default=math.inf)
