"""Hints: about a mistake that was recognised, then three levels, from a question to the principle on another example.

Never the line of code.
"""

import textwrap
from collections.abc import Iterable

from grader.course import Exercise
from grader.course.safe_text import clean
from grader.desk.progress import Progress
from grader.errors import UsageError

MOST_LETTERS = 1_000  # of a paragraph that is kept in a student's folder, where it may have become anything


def next_hint(exercise: Exercise, progress: Progress, width: int) -> str:
    """The hint to show now: about what the last check recognised, else of the next level, else that there is none."""
    if recognised := progress.recognised(exercise):
        progress.tell(exercise, recognised)
        return _about(exercise, recognised, progress.failing_case(exercise) is not None, width)
    level = progress.next_hint(exercise)
    return hint(exercise, level, width) if level <= len(exercise.hints) else _no_more(exercise)


def hint(exercise: Exercise, level: int, width: int) -> str:
    """The hint of that level as text for a terminal. Raises UsageError if there is no such level."""
    count = len(exercise.hints)
    if not 1 <= level <= count:
        raise UsageError(f"{exercise.id} has hints of level 1 to {count}, not {level}.")
    body = _indented(exercise.hints[level - 1].split("\n\n"), width)
    if level < count:
        more = f"More: grader hint {exercise.id}"
    else:
        more = f"That was the last one. Check again: grader check {exercise.id}"
    return f"Hint {level} of {count} for {exercise.id}: {exercise.title}\n\n{body}\n\n{more}"


def _about(exercise: Exercise, recognised: Iterable[str], has_case: bool, width: int) -> str:
    """What is known of a mistake that is in the code now, and where it can be watched."""
    texts = [clean(text, MOST_LETTERS, keep_newlines=True) for text in recognised]
    body = _indented([paragraph for text in texts for paragraph in text.split("\n\n")], width)
    see = f"See it in the smallest case: grader check {exercise.id} --replay\n" if has_case else ""
    title = f"About what the last check of {exercise.id} recognised:"
    return f"{title}\n\n{body}\n\n{see}More, about the exercise itself: grader hint {exercise.id}"


def _no_more(exercise: Exercise) -> str:
    count = len(exercise.hints)
    return (
        f"There are no more hints for {exercise.id}: all {count} have been shown.\n"
        f"One of them again: grader hint {exercise.id} --level {count}\n"
        f"Check again: grader check {exercise.id}"
    )


def _indented(paragraphs: Iterable[str], width: int) -> str:
    return "\n\n".join(
        textwrap.fill(" ".join(p.split()), width - 2, initial_indent="  ", subsequent_indent="  ") for p in paragraphs
    )
