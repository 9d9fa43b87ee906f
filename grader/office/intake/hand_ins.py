"""One hand-in: whose it is, when it came, and its files, as they lie in the inbox and as who sent them called them.

To be opened it must lie on disk as the student sent it. Where the inbox has it otherwise (a platform's download, in
which files of all students lie side by side, or its zip) it is put into the run's scratch folder for that moment.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from grader.office.intake.boxes import MOST_OF_ONE, Box


@dataclass(frozen=True)
class Person:
    """A name in any script, and what platforms know them by: numbers, a login, an e-mail address."""

    name: str
    ids: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The one that tells two people of one name apart."""
        return next(iter(self.ids.values()), "")


@dataclass(frozen=True)
class HandIn:
    """What one person handed in at one time. `parts`: paths in the box, with the name that each was sent under."""

    person: Person
    written: str  # what the inbox calls it
    box: Box
    parts: tuple[tuple[str, str], ...]
    when: datetime | None = None
    attempt: int | None = None
    late: bool = False  # the platform says so
    remark: str = ""  # how it came to be the one that counts
    doubt: str = ""  # what a person should look at
    folder: str = ""  # where its reports go, in the folder of the marks

    @contextmanager
    def on_disk(self, scratch: Path) -> Iterator[Path]:
        """Where it can be opened, for as long as the block lasts."""
        there = self.box.place(self.parts[0][0]) if self._is_as_sent() else None
        if there is not None:
            yield there
            return
        place = Path(tempfile.mkdtemp(prefix="hand-in-", dir=scratch))
        try:
            yield self._put_into(place)
        finally:
            shutil.rmtree(place, ignore_errors=True)

    def _is_as_sent(self) -> bool:
        return len(self.parts) == 1 and self.parts[0][1] == ""

    def _put_into(self, place: Path) -> Path:
        """The files under the names that they were sent under, in a folder of the student's."""
        if self._is_as_sent():
            (path, _), target = self.parts[0], place / self.parts[0][0].rpartition("/")[2]
            self.box.put(path, target, MOST_OF_ONE)
            return target
        home = place / (self.folder or "hand-in")
        home.mkdir()
        room = MOST_OF_ONE
        for path, name in self.parts:
            room = self.box.put(path, home / name if name else home, room)
        return home
