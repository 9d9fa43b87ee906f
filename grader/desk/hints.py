"""Hints: three levels each, from a question to the principle on another example; never the line of code."""

import textwrap

from grader.course import Exercise
from grader.errors import UsageError


def hint(exercise: Exercise, level: int, width: int) -> str:
    """The hint of that level as text for a terminal. Raises UsageError if there is no such level."""
    count = len(exercise.hints)
    if not 1 <= level <= count:
        raise UsageError(f"{exercise.id} has hints of level 1 to {count}, not {level}.")
    paragraphs = exercise.hints[level - 1].split("\n\n")
    body = "\n\n".join(
        textwrap.fill(" ".join(p.split()), width - 2, initial_indent="  ", subsequent_indent="  ") for p in paragraphs
    )
    if level < count:
        more = f"More: grader hint {exercise.id}"
    else:
        more = f"That was the last one. Check again: grader check {exercise.id}"
    return f"Hint {level} of {count} for {exercise.id}: {exercise.title}\n\n{body}\n\n{more}"
