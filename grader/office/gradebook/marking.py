"""Where submissions are marked, one after the other: the side of the work that any process can do, near or far.

What comes in is text and bytes, what goes out is text. A process has one desk. It stays warm until it is closed.
"""

import gc
import tempfile
import threading
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from grader.course import Lecture
from grader.course.safe_text import clean
from grader.errors import Fault
from grader.judging.examiner import Examiner, examiner
from grader.judging.shared_answers import Answers
from grader.office.gradebook.records import to_record
from grader.office.gradebook.terms import OtherTerms, check_terms
from grader.submission import Submission

SELDOM = 10_000  # objects more than before, and it is looked for what nobody can reach; what waits longer has gone cold


class Broken(Fault):
    """The grader failed on a submission; the message says how and where, also to another process."""


@contextmanager
def garbage_seldom_looked_for() -> Iterator[None]:
    """What is there by now stays; to look through it again and again takes a twentieth of the time."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(SELDOM)
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


class Desk:
    """An examiner for each terms that were asked for, with a warm process of its own."""

    def __init__(self) -> None:
        self.busy = threading.Lock()
        self.stack = ExitStack()
        self.examiners: dict[str, Examiner] = {}
        self.marks_for: tuple[int, str] | None = None

    def mark(self, terms: str, files: dict[str, bytes], who: str = "this process") -> str:
        """The record of one submission. Raises OtherTerms if this process would mark by others."""
        lecture, seed, level = check_terms(terms, who)
        with self.busy:
            if self.marks_for != (seed, level):  # another class
                self.close()
                self.marks_for = seed, level
            return to_record(self._examiner(terms, lecture, seed, level).examine(Submission("", lecture, files)), terms)

    def _examiner(self, terms: str, lecture: Lecture, seed: int, level: str) -> Examiner:
        if terms not in self.examiners:
            if not self.examiners:
                self.answers = Answers(Path(tempfile.gettempdir()) / "answers")
                self.stack.callback(self.answers.close)
                self.stack.enter_context(garbage_seldom_looked_for())
            one = examiner(lecture, seed, level=level, answers=self.answers)
            self.examiners[terms] = self.stack.enter_context(one)
        return self.examiners[terms]

    def rest(self) -> None:
        """Close, unless a submission is being marked right now."""
        if self.busy.acquire(blocking=False):
            try:
                self.close()
            finally:
                self.busy.release()

    def close(self) -> None:
        """End the warm processes, whatever they are doing."""
        self.examiners.clear()
        self.marks_for = None
        self.stack.close()


DESK = Desk()  # of this process


def mark(terms: str, files: dict[str, bytes], who: str = "this process") -> str:
    """The record of one submission. Raises OtherTerms, or Broken where the grader fails."""
    try:
        return DESK.mark(terms, files, who)
    except OtherTerms:
        raise
    except Exception as error:
        raise Broken(failure(error)) from None


def failure(error: Exception) -> str:
    """What broke and where, for the instructor."""
    if isinstance(error, Broken):
        return str(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    return clean(f"the grader failed ({type(error).__name__} at {where}: {error})", 300)
