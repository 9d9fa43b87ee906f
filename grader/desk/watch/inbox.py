"""What happens to a watch, in the order in which it happens."""

from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue

SAVED, KEY, RESIZED, QUIT = "saved", "key", "resized", "quit"


@dataclass(frozen=True)
class Event:
    """A file was saved, a key was pressed, the window has another size, or it is over."""

    kind: str
    key: str = ""


class Inbox:
    """Any thread, and any signal handler, puts events in; the watch alone takes them out."""

    def __init__(self) -> None:
        self.arriving: SimpleQueue[Event] = SimpleQueue()
        self.arrived: deque[Event] = deque()

    def put(self, kind: str, key: str = "") -> None:
        self.arriving.put(Event(kind, key))

    def next(self, patience: float | None = None) -> Event:
        """The next event; waits for one. After so many seconds without any it is as if a file were saved."""
        if self.arrived:
            return self.arrived.popleft()
        try:
            return self.arriving.get(timeout=patience)
        except Empty:
            return Event(SAVED)

    def interrupts(self) -> bool:
        """Whether something has happened that makes what is being looked at a thing of the past."""
        with suppress(Empty):
            while True:
                self.arrived.append(self.arriving.get_nowait())
        return any(event.kind in (SAVED, QUIT) for event in self.arrived)
