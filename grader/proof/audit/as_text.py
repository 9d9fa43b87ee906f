"""An audit as text: what was proved of each lecture, and at the end a line for each of them."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from grader.proof.audit.record import Mistake, Proof

LEGEND = (
    "mistakes: known ones; named: each of its ways is called by its name, by the public checks and by all of them.",
    "located: of small edits in other hands those of which it is said, or shown by a line, in which function they lie.",
    "margin: how many times the rounding of correct solutions goes into a tolerance, and the tolerance into the",
    "distance of the nearest mistake, where it does so least often. Each is to be 10 at least.",
)


def lecture_text(proof: Proof) -> str:
    """What was proved of a lecture, step by step, and its holes."""
    holes = (f"  HOLE  {one}" for one in proof.found)
    return "\n".join([*_counts(proof), *_matrix(proof), *_planted(proof), *_margins(proof), *holes])


def _counts(proof: Proof) -> Iterator[str]:
    yield f"{proof.lecture}: {proof.exercises} exercises, {proof.checks} checks, {len(proof.mistakes)} misconceptions"
    yield f"  points      {proof.points} in exercises.toml and in the suites"
    if proof.stubs:
        yield (
            f"  stubs       {proof.stubs.score} of {proof.points}: "
            f"{proof.stubs.todo} todo, {proof.stubs.blocked} blocked"
        )
    yield f"  reference   {proof.reference} of {proof.points}"
    yield from (f"  alternative {one.score} of {proof.points}  {one.name}" for one in proof.alternatives)


def _matrix(proof: Proof) -> Iterator[str]:
    yield "  misconception               ways  lost    named in public checks      named in all checks"
    for one in proof.mistakes:
        public, everything = one.called(lambda way: way.public), one.called(lambda way: way.everything)
        yield f"  {one.id:<27} {len(one.ways):>4}  {_lost(one):>6}  {_row(public):<27} {_row(everything)}"


def _planted(proof: Proof) -> Iterator[str]:
    """How the mistakes do in other hands, and which of them keep their names to themselves there."""
    yield f"  in other hands: {', '.join(f'{count} {what}' for what, count in proof.in_other_hands.items())}"
    unnamed = Counter(one.mistake for one in proof.planted if not one.is_named)
    if unnamed:
        yield f"  not always named there: {', '.join(f'{id} x{count}' for id, count in unnamed.items())}"


def _lost(mistake: Mistake) -> str:
    lost = [way.lost for way in mistake.ways]
    return str(min(lost)) if min(lost) == max(lost) else f"{min(lost)}-{max(lost)}"


def _row(called: Counter[str]) -> str:
    return ", ".join(f"{id} x{count}" for id, count in called.items())


def _margins(proof: Proof) -> Iterator[str]:
    yield "  tolerance                        widest correct   nearest mistake   (both as multiples of it)"
    for room in proof.tolerances:
        near = "none" if room.nearest is None else format(room.nearest, ".1e")
        yield f"  {room.probe:<32} {room.widest:>14.1e} {near:>17}"


def table(proofs: Sequence[Proof]) -> str:
    """A line for each lecture, what its columns mean, and whether there are holes."""
    holes = sum(len(proof.holes) for proof in proofs)
    verdict = f"{holes} {'hole' if holes == 1 else 'holes'}." if holes else "Sound: no holes found."
    return "\n".join([_line(HEAD), *(_line(_cells(proof)) for proof in proofs), *LEGEND, "", verdict])


HEAD = (
    "lecture", "exercises", "checks", "mistakes", "named", "confused",
    "mutants", "killed", "located", "margin below", "above", "seconds",
)  # fmt: skip
WIDTHS = (-18, 10, 7, 9, 6, 9, 8, 7, 8, 13, 7, 8)


def _cells(proof: Proof) -> tuple[str, ...]:
    mutants = "-" if proof.survey is None else str(len(proof.survey.outcomes))
    killed = "-" if proof.killed is None else str(proof.killed)
    located = "-" if proof.edits is None else f"{proof.edits.located:.0%}"
    numbers = (proof.exercises, proof.checks, len(proof.mistakes), proof.named, proof.confused)
    return (
        proof.lecture, *map(str, numbers), mutants, killed, located,
        _times(proof.below), _times(proof.above), f"{proof.seconds:.0f}",
    )  # fmt: skip


def _line(cells: Sequence[str]) -> str:
    return "".join(cell.ljust(-n) if n < 0 else cell.rjust(n) for cell, n in zip(cells, WIDTHS, strict=True))


def _times(margin: float) -> str:
    if math.isinf(margin):
        return "none"
    return f"{margin:,.0f}" if margin < 1e6 else f"{margin:.0e}"
