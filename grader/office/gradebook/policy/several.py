"""Which of several hand-ins of one person counts: the last, the first, the best. Where nothing tells, all have rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from grader.office.gradebook.rows import Row
from grader.office.intake import HandIn
from grader.office.intake.safe_names import unshared

LAST, BEST, FIRST = "last", "best", "first"
TAKES = (LAST, BEST, FIRST)


def _people(found: Iterable[HandIn]) -> list[list[HandIn]]:
    """The hand-ins of each person, in the order of the class; whoever has a folder of the same name is one."""
    people: dict[str, list[HandIn]] = defaultdict(list)
    for one in found:
        people[one.folder].append(one)
    return list(people.values())


def several(found: Iterable[HandIn]) -> list[list[HandIn]]:
    """The people with more than one hand-in, the first of them first where that is known."""
    return [_in_order(own) or own for own in _people(found) if len(own) > 1]


def one_each(found: Iterable[HandIn], take: str) -> list[HandIn]:
    """One hand-in of each person by its time; all of them, told apart, where their order is not known."""
    people = _people(found)
    taken = {own[0].folder.lower() for own in people}
    return [one for own in people for one in (_chosen(own, take, taken) if len(own) > 1 else own)]


def rows_of(found: Iterable[HandIn], take: str) -> int:
    """How many rows these hand-ins get."""
    hand_ins = list(found)
    return len(_people(hand_ins)) if take == BEST else len(one_each(hand_ins, take))


def _chosen(own: list[HandIn], take: str, taken: set[str]) -> list[HandIn]:
    ordered = _in_order(own)
    if ordered is None:
        return list(_told_apart(own, take, taken))
    one = ordered[-1] if take == LAST else ordered[0]
    return [replace(one, remark=_joined(one.remark, f"of {len(own)} hand-ins the {take} counts"))]


def _told_apart(own: list[HandIn], take: str, taken: set[str]) -> Iterator[HandIn]:
    """Each with a folder of its own, and the sentence about what is to be done."""
    said = f"{len(own)} hand-ins, and which is the {take} is not known: keep one, or take the best (--take best)"
    yield replace(own[0], doubt=_joined(own[0].doubt, said))
    for one in own[1:]:
        folder = unshared(one.folder, "", taken)
        taken.add(folder.lower())
        yield replace(one, folder=folder, doubt=_joined(one.doubt, said))


def _in_order(own: list[HandIn]) -> list[HandIn] | None:
    """By time, else by the platform's count of attempts; None if neither tells them apart."""
    times = [one.when for one in own if one.when is not None]
    if len(times) == len(own) == len(set(times)) and len({when.tzinfo is None for when in times}) == 1:
        return sorted(own, key=lambda one: one.when or datetime.min)
    attempts = [one.attempt for one in own if one.attempt is not None]
    if len(attempts) == len(own) == len(set(attempts)):
        return sorted(own, key=lambda one: one.attempt or 0)
    return None


def that_counts(own: list[HandIn], rows: list[Row]) -> HandIn:
    """The hand-in with the best mark; of equal ones the first."""
    best = max(range(len(own)), key=lambda number: (_worth(rows[number]), -number))
    return replace(own[best], remark=_joined(own[best].remark, f"of {len(own)} hand-ins the best counts"))


def _worth(row: Row) -> Decimal:
    return Decimal(-1) if row.mark is None else row.mark


def _joined(*parts: str) -> str:
    return "; ".join(filter(None, parts))
