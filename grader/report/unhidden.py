"""What a student may read of a check: of a hidden one neither its inputs nor the expected value."""

from collections.abc import Iterable

from grader.judging.findings import ERRORED, FAILED

HIDDEN = "A hidden check: its inputs are not shown."


def for_the_student(visibility: str, status: str, lines: Iterable[str]) -> str:
    """The lines of a message that may be shown."""
    if visibility == "hidden" and status == FAILED:
        return HIDDEN
    leaves_out = "with " if visibility == "hidden" and status == ERRORED else "\0"
    return "\n".join(line for line in lines if not line.startswith(leaves_out))
