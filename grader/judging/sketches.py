"""What many subjects gave to one question, in short, kept as one answer: enough to rule nearly all of them out at once.

A sketch of a result holds how many numbers it has, a sum of them in which each place weighs otherwise, the sum of their
sizes, and a hash of its texts. Results that agree have sums no further apart than all numbers may differ by together.
"""

import hashlib
import math
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from grader.inside import plain
from grader.inside.plain import Array, Plain
from grader.inside.probe import Probe, Tolerance
from grader.judging.comparison import numbers
from grader.judging.subjects import Recall
from grader.sandbox.observation import RAISED, RETURNED, Asked, Observation

ENDLESS = "RecursionError"  # its text says in which call Python noticed, which depends on what ran before
STEP = 0.6180339887498949  # the weights of places next to each other are far apart
ROUNDING = 1e-9  # of the sum of all sizes
CLOSER = 1000  # so many times closer than one number may be off, sums are the same
EXCEPTION, NOTHING = -1.0, -2.0  # in the place of how many numbers there are
WIDTH = 16  # of a hash
MOST_PARTS = 30  # of a result that is kept finely
IN_SHORT = "in short"  # the kind of an observation that is kept as its sketch
KEPT = 2_000  # questions that are kept at hand

Verdict = bool | None  # whether two observations are the same measurement, if a sketch can tell
Sums = tuple[float, float, float, float]
Sketch = tuple[bytes, Sums]


@dataclass(frozen=True)
class Sketches:
    """One for each subject: a hash that only the very same result has; count, sum, sizes and texts, a row each."""

    hashes: tuple[bytes, ...]
    rows: Any

    def verdicts(self, other: Sketch, tolerance: Tolerance) -> list[Verdict]:
        """Whether each is the same measurement as another one, where that is certain."""
        import numpy

        hash, row = other
        if row[0] == NOTHING:
            return [False] * len(self.hashes)
        unlike = (self.rows[:, 0] != row[0]) | (self.rows[:, 3] != row[3])
        with numpy.errstate(all="ignore"):
            apart = abs(self.rows[:, 1] - row[1])
            most = tolerance.absolute * row[0] + tolerance.relative * row[2] + ROUNDING * (self.rows[:, 2] + row[2])
        if type(tolerance) is Tolerance:  # of another kind a sum says nothing
            unlike |= apart > most
            unlike |= numpy.isfinite(self.rows[:, 1]) != math.isfinite(row[1])  # nan or infinity on one side alone
        is_known = row[0] == EXCEPTION
        return [
            True if mine == hash else False if is_known or differs else None
            for mine, differs in zip(self.hashes, unlike.tolist(), strict=True)
        ]


def sketched(observations: Iterable[Observation]) -> Observation:
    """The sketches of what was observed, as an answer that can be kept."""
    import numpy

    seen = list(observations)
    drawn = {id(one): sketch(one) for one in {id(one): one for one in seen}.values()}  # most are the very same
    all = [drawn[id(one)] for one in seen]
    rows = numpy.array([row for _, row in all], "<f8").reshape(-1, 4)
    return Observation(RETURNED, [b"".join(hash for hash, _ in all), Array("float64", rows.shape, rows.tobytes())])


def _read(kept: Observation) -> Sketches:
    hashes, rows = kept.value
    return Sketches(tuple(hashes[at : at + WIDTH] for at in range(0, len(hashes), WIDTH)), numbers(rows))


def shortened(one: Observation, finely: bool = False) -> Observation:
    """An observation of which nothing but the sketch is kept, and its form; `finely`: with the sums of each part."""
    hash, row = sketch(one)
    parts: list[Plain] = [list(sums) for sums in _sums_of_parts(one)] if finely else []
    return Observation(IN_SHORT, [hash, list(row), form(one), parts])


def _sums_of_parts(one: Observation) -> list[Sums]:
    """Of a result of a few parts, what each comes to."""
    value = one.value
    parts = [value[key] for key in sorted(value, key=repr)] if isinstance(value, dict) else value
    return list(map(_numbers_in, parts)) if isinstance(parts, list | tuple) and len(parts) <= MOST_PARTS else []


def part_differs(short: Observation, other: Observation, tolerance: Tolerance) -> bool:
    """Whether a part of one that is kept finely is certainly another one: the fewer numbers, the more a sum tells."""
    import numpy

    seen = _sums_of_parts(other)
    parts = zip(short.value[3], seen, strict=True) if len(short.value[3]) == len(seen) else ()
    rows = [(Sketches((b"",), numpy.array([row], "<f8")), (bytes(WIDTH), sums)) for row, sums in parts]
    return any(kept.verdicts(sums, tolerance) == [False] for kept, sums in rows)


def sketches_of(short: Observation) -> Sketches:
    """That sketch again."""
    import numpy

    hash, row, *_ = short.value
    return Sketches((hash,), numpy.array([row], "<f8"))


def is_alike(short: Observation, other: Observation, tolerance: Tolerance) -> bool:
    """Whether one that is kept in short and another one are the same up to rounding, though not the very same.

    They have one form, and both sums are a thousand times closer than a single number may be off: what differs in one
    number is never taken for it, and what differs in more would have to cancel out twice.
    """
    (_, row, kept, _), (_, seen) = short.value, sketch(other)
    most = tolerance.absolute / CLOSER
    is_close = most > 0 and all(abs(one - two) <= most for one, two in zip(row[1:3], seen[1:3], strict=True))
    return type(tolerance) is Tolerance and is_close and kept == form(other)


def form(one: Observation) -> bytes:
    """A hash of what a result is made of besides its numbers: names, lengths, shapes, types and texts."""
    return hashlib.sha256(repr(_form(one.value)).encode("utf-8", "surrogatepass")).digest()[:4]


def _form(value: Plain) -> Plain:
    if isinstance(value, Array):
        return [value.dtype, list(value.shape)]
    if isinstance(value, dict):
        return {key: _form(value[key]) for key in sorted(value, key=repr)}
    if isinstance(value, list | tuple):
        return [_form(item) for item in value]
    return value if isinstance(value, str) else type(value).__name__


def sketch(one: Observation) -> Sketch:
    """One observation in short."""
    if one.kind == RAISED:
        said = (one.type,) if one.type == ENDLESS else (one.type, one.text)
        return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).digest()[:WIDTH], (EXCEPTION, 0.0, 0.0, 0.0)
    if one.kind != RETURNED:
        return bytes(WIDTH), (NOTHING, 0.0, 0.0, 0.0)
    return one.digest[:WIDTH], _numbers_in(one.value)


def _numbers_in(value: Plain) -> Sums:
    import numpy

    parts, texts = [numpy.zeros(0)], list[str]()
    _collect(value, parts, texts)
    flat = numpy.concatenate(parts)
    weights = 0.5 + 0.5 * ((numpy.arange(flat.size) * STEP) % 1.0)
    with numpy.errstate(all="ignore"):
        total, size = float((weights * flat).sum()), float(abs(flat).sum())
    return float(flat.size), total, size, float(zlib.crc32("\0".join(texts).encode("utf-8", "surrogatepass")))


def _collect(value: Plain, parts: list[Any], texts: list[str]) -> None:
    """All numbers and all texts, in an order that is the same for results that agree."""
    import numpy

    if isinstance(value, Array):
        parts.append(numbers(value).reshape(-1).astype("float64"))
    elif isinstance(value, list | tuple) and all(type(item) is float for item in value):
        parts.append(numpy.array(value, "float64"))
    elif isinstance(value, dict | list | tuple):
        for item in (value[key] for key in sorted(value, key=repr)) if isinstance(value, dict) else value:
            _collect(item, parts, texts)
    elif isinstance(value, int | float):
        parts.append(numpy.array([_as_float(value)]))
    elif isinstance(value, str):
        texts.append(value)


def _as_float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf")


class Sketchbook:
    """The sketches of groups of subjects, each group by a name that says what it is made of."""

    def __init__(self, answers: Recall | None = None) -> None:
        self.answers = answers
        self.known: dict[str, Sketches] = {}

    def of(self, group: str, probe: Probe, asked: Asked, observe: Callable[[], Iterable[Observation]]) -> Sketches:
        """What the group gives to a question; it is observed if nobody has seen it yet."""

        def drawn() -> Observation:
            return sketched(observe())

        key = hashlib.sha256(f"{group} {probe.name} ".encode() + asked.sha256).hexdigest()
        if key not in self.known:
            self.known[key] = _read(self.answers.recall(key, drawn) if self.answers else drawn())
            if len(self.known) > KEPT:
                del self.known[next(iter(self.known))]
        return self.known[key]


def name_of(*parts: Plain) -> str:
    """A group's name: a hash of all that it is made of."""
    return hashlib.sha256(plain.encode(list(parts))).hexdigest()
