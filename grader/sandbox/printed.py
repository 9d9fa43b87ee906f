"""What a worker prints: so much of it is kept, and what was printed for one answer is told from that for the next."""

from collections import deque

from grader.inside.frames import MARK

MOST_ENDED = 64  # more marks than there can be answers on their way are a student's own


class Printed:
    """The bytes that have come so far. A worker that answers many questions writes a mark where an answer ends."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.ended: deque[tuple[bytes, int]] = deque()
        self.rest = b""  # perhaps the beginning of a mark
        self._begin()

    def _begin(self) -> None:
        self.kept = bytearray()
        self.more = 0

    def add(self, data: bytes) -> None:
        """Bytes that have come, be it in the middle of a mark."""
        *ended, last = (self.rest + data).split(MARK)
        for part in ended:
            self._keep(part)
            if len(self.ended) < MOST_ENDED:
                self.ended.append((bytes(self.kept), self.more))
                self._begin()
        whole = len(last) - _begun(last)
        self._keep(last[:whole])
        self.rest = last[whole:]

    def take_first(self) -> tuple[str, int]:
        """What belongs to the next answer, and how many bytes more were thrown away; where no mark came, all of it."""
        return _told(*self.ended.popleft()) if self.ended else self.take()

    def take(self) -> tuple[str, int]:
        """All that has come since the last call, and how many bytes more were thrown away."""
        self._keep(self.rest)
        before, more = b"".join(text for text, _ in self.ended), sum(more for _, more in self.ended)
        found = _told(before + self.kept, more + self.more)
        self.ended.clear()
        self.rest = b""
        self._begin()
        return found

    def _keep(self, part: bytes) -> None:
        room = self.most - len(self.kept)
        self.kept += part[:room]
        self.more += max(0, len(part) - room)


def _begun(data: bytes) -> int:
    """How many bytes at the end could be the beginning of a mark."""
    return next((n for n in range(len(MARK) - 1, 0, -1) if data.endswith(MARK[:n])), 0)


def _told(text: bytes | bytearray, more: int) -> tuple[str, int]:
    return text.decode("utf-8", "replace"), more
