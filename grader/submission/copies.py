"""Which of several copies of a lecture counts: one that is begun, before stubs as they were handed out.

Copies are compared by content. Two that are begun and differ are named, and not chosen between, unless the newest is
asked for.
"""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from grader.course.safe_text import clean
from grader.errors import SubmissionError

MOST_COPIES = 20


class Copy(Protocol):
    """A lecture's files in one place."""

    @property
    def place(self) -> str: ...

    @property
    def files(self) -> object: ...

    @property
    def is_begun(self) -> bool: ...


C = TypeVar("C", bound=Copy)


def chosen(
    copies: Sequence[C],
    name: str,
    lecture: str,
    said: Callable[[C, str], C],
    changed: Callable[[C], float] | None = None,
) -> C:
    """The copy that counts; `said` gives it a remark. `copies` begin with the least deep. Raises SubmissionError.

    Of two that are begun and differ none counts, or the newest, if it is told when one was `changed`.
    """
    begun = [copy for copy in copies if copy.is_begun]
    others = [other for other in begun[1:] if other.files != begun[0].files]
    if others and changed:
        begun = sorted(begun, key=changed, reverse=True)
        if changed(begun[0]) > changed(begun[1]):
            return said(begun[0], f"taken from {_named(begun[0])}, the newest copy; {_named(begun[1])} is older")
    if others:
        raise SubmissionError(
            f"{name} holds {lecture} in two places, {_named(begun[0])} and {_named(others[0])}, and they differ; "
            f"keep one of them{'' if changed else ', or grade with --copies newest'}"
        )
    if begun and begun[0] is not copies[0]:
        return said(begun[0], f"taken from {_named(begun[0])}; {_named(copies[0])} holds untouched stubs alone")
    return (begun or copies)[0]


def _named(copy: Copy) -> str:
    return clean(copy.place, 60) or "the top"
