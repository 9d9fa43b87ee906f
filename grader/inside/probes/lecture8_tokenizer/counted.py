"""How much work a student's code does: the lines of their modules that are run are counted, and the seconds are not."""

import sys
from collections.abc import Callable
from types import FrameType, ModuleType
from typing import Any


class TooMuch(BaseException):
    """More lines were run than will be counted; no student's `except Exception` holds it back."""


def lines_run(module: ModuleType, limit: int, work: Callable[[], Any]) -> tuple[int, Any]:
    """How many lines of this folder's modules are run, and what comes back; None if it was stopped above the limit."""
    counter, before = _Counter(module.__name__.rpartition(".")[0], limit), sys.gettrace()
    sys.settrace(counter.called)
    try:
        found = work()
        return counter.lines, found
    except TooMuch:
        return counter.lines, None
    finally:
        sys.settrace(before)


class _Counter:
    """Told by Python of every call, and of every line of the calls that it wants to hear of."""

    def __init__(self, folder: str, limit: int) -> None:
        self.folder, self.limit, self.lines = folder, limit, 0

    def called(self, frame: FrameType, event: str, arg: Any) -> Any:
        name = str(frame.f_globals.get("__name__", ""))
        return self.stepped if name.rpartition(".")[0] == self.folder else None

    def stepped(self, frame: FrameType, event: str, arg: Any) -> Any:
        if event == "line":
            self.lines += 1
            if self.lines > self.limit:
                raise TooMuch
        return self.stepped
