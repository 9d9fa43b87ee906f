"""Our solution beside the student's, function by function; only of an exercise that has passed its public checks."""

from collections.abc import Callable
from dataclasses import dataclass

from grader.course import Exercise, load, places, reference_sources
from grader.course.pieces import BODY, HEAD, pieces_of
from grader.course.stubs import BEGIN, END
from grader.desk.progress import CHANGED, UNTRIED, Progress
from grader.errors import UsageError
from grader.judging.findings import PASSED, TODO, Report


@dataclass(frozen=True)
class Compared:
    """One function: its name, what the student wrote, and ours; without the statements, which are the same."""

    function: str
    yours: str
    ours: str


def refuse_before_it_passed(exercise: Exercise, progress: Progress, check: Callable[[], Report]) -> None:
    """Check anew what is not known; raises UsageError unless the exercise has passed."""
    if exercise.is_data:
        raise UsageError(f"{exercise.id} has no solution to read: what is handed in for it is data, {exercise.file}.")
    if progress.status(exercise) in (UNTRIED, CHANGED):
        progress.remember(check())
    status = progress.status(exercise)
    if status != PASSED:
        what = "is not written yet" if status == TODO else "has not passed yet"
        raise UsageError(
            f"{exercise.id} {what}; our solution is shown once it has passed its public checks: "
            f"grader check {exercise.id}"
        )


def compared(exercise: Exercise, progress: Progress) -> list[Compared]:
    """Each function that the exercise is written in, on both sides."""
    ours = reference_sources(load().lecture(exercise.lecture))[exercise.file]
    yours = progress.source(exercise) or ""
    return [
        Compared(name, _code(yours, name) or _elsewhere(exercise, name), _without_markers(_code(ours, name)))
        for name in places.functions_of(exercise)
    ]


def _code(source: str, function: str) -> str:
    """A function's first line and what it does, without its docstring and as far left as it goes; "" if not there."""
    import textwrap

    found = {piece.name: piece.said for piece in pieces_of(source) or []}
    head, body = found.get(f"{function}{HEAD}", ""), found.get(f"{function}{BODY}", "")
    if not body:
        return ""
    return textwrap.dedent("\n".join([*_signature(head), body]))


def _signature(head: str) -> list[str]:
    """The lines of a head above its docstring, and comments above the function are not among them."""
    lines = head.split("\n") if head else []
    first = next((at for at, line in enumerate(lines) if line.lstrip().startswith(("def ", "@", "async "))), 0)
    last = next((at for at, line in enumerate(lines[first:], first) if line.rstrip().endswith(":")), len(lines) - 1)
    return lines[first : last + 1]


def _without_markers(code: str) -> str:
    return "\n".join(line for line in code.split("\n") if not BEGIN.match(line) and not END.match(line))


def _elsewhere(exercise: Exercise, name: str) -> str:
    return f"# {name} is not a function that\n# stands in {exercise.file}"
