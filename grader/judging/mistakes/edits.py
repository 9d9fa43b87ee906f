"""Two known mistakes in one copy of the reference, if they do not touch the same letters; and where a mistake lies."""

from functools import cache

from grader.course import Lecture, reference_sources
from grader.course.stubs import BEGIN, END
from grader.judging.mistakes.known import Edit

Change = tuple[str, int, int, str]  # file, first letter, the one behind the last, and what comes in their place


def together(one: tuple[Edit, ...], other: tuple[Edit, ...], lecture: Lecture) -> dict[str, str] | None:
    """The files that both edits touch, as they read with both in them; None if they get in each other's way."""
    return _merged(changes_of(one, lecture), changes_of(other, lecture), lecture)


def beside(edits: tuple[Edit, ...], change: Change, lecture: Lecture) -> dict[str, str] | None:
    """All files with these edits in them and one change more; None if they get in each other's way."""
    return _merged(changes_of(edits, lecture), (change,), lecture)


def _merged(
    ours: tuple[Change, ...] | None, theirs: tuple[Change, ...] | None, lecture: Lecture
) -> dict[str, str] | None:
    if ours is None or theirs is None or not _apart(ours, theirs):
        return None
    texts = dict(reference_sources(lecture))
    for file, start, end, new in sorted({*ours, *theirs}, reverse=True):  # from the last letter to the first
        texts[file] = texts[file][:start] + new + texts[file][end:]
    return texts


def fit(one: tuple[Edit, ...], other: tuple[Edit, ...], lecture: Lecture) -> bool:
    """Whether the two can stand in one copy: no letter is touched by both."""
    ours, theirs = changes_of(one, lecture), changes_of(other, lecture)
    return ours is not None and theirs is not None and _apart(ours, theirs)


def _apart(ours: tuple[Change, ...], theirs: tuple[Change, ...]) -> bool:
    return not any(a[0] == b[0] and max(a[1], b[1]) <= min(a[2], b[2]) for a in ours for b in theirs)


@cache
def exercises_of(edits: tuple[Edit, ...], lecture: Lecture) -> frozenset[str]:
    """The exercises in whose solutions these edits lie; a function's head and statement belong to its solution."""
    return frozenset(
        _exercise_at(reference_sources(lecture)[file], at) for file, at, *_ in changes_of(edits, lecture) or ()
    )


@cache
def changes_of(edits: tuple[Edit, ...], lecture: Lecture) -> tuple[Change, ...] | None:
    """What the edits change, letter by letter; None if one of them works on what another has made."""
    sources = reference_sources(lecture)
    found: list[Change] = []
    for edit in edits:
        text, at = sources[edit.file], -1
        if text.count(edit.old) != edit.times:
            return None
        for _ in range(edit.times):
            at = text.index(edit.old, at + 1)
            found.append(_smallest(edit.file, at, edit.old, edit.new))
    return tuple(found)


def _smallest(file: str, at: int, old: str, new: str) -> Change:
    """The same change without the letters that old and new begin or end with alike."""
    shorter = min(len(old), len(new))
    start = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    end = next((i for i in range(shorter - start) if old[-1 - i] != new[-1 - i]), shorter - start)
    return file, at + start, at + len(old) - end, new[start : len(new) - end]


def _exercise_at(text: str, at: int) -> str:
    """The exercise whose solution holds this letter, or is the next one below it; empty behind the last."""
    id, below = "", 0
    for line in text.splitlines(keepends=True):
        below += len(line)
        id = begin[2] if (begin := BEGIN.match(line.rstrip("\n"))) else id
        if END.match(line.rstrip("\n")) and below > at:
            return id
    return ""
