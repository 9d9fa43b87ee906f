"""A warm process that was started before anybody needed it, for the next sandbox that wants just such a one."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.sandbox.warm_process import WarmProcess


@dataclass(frozen=True)
class Spare:
    """A warm process with the folder that it was started in, and what it was told to load."""

    warm: WarmProcess
    folder: Path
    level: str
    to_load: dict[str, Any]


class Shelf:
    """Where one is kept. `tell` hears that it is taken, that it is given back, or for which lecture there was none."""

    def __init__(self) -> None:
        self.spare: Spare | None = None
        self.missed = ""  # the last lecture for which a warm process had to be started
        self.tell: Callable[[str], object] = str

    def take(self, lecture: str, level: str, to_load: dict[str, Any]) -> Spare | None:
        """The one that is kept, if it is such a one: it belongs to who takes it, until it is given back."""
        found, self.spare = self.spare, None
        if found and (found.level, found.to_load) == (level, to_load):
            self.tell("taken")
            return found
        self.missed = lecture
        self.tell(lecture)
        return None

    def give_back(self) -> None:
        """It is as it was, and the next command can have it."""
        self.tell("given back")


SHELF = Shelf()
