"""The trusted end of a worker's pipes: send requests, wait for an answer until a deadline, keep what is printed."""

import itertools
import math
import os
import re
import select
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from grader.inside.frames import HEAD, frame

MAX_FRAME = 8_000_000
MAX_INBOX = MAX_FRAME + (1 << 20)  # one answer, head and body
MAX_TRACE = 20_000
MAX_LINES = 100  # as many as the interpreter itself writes
LOOK = 0.05  # so often a look is taken at how full a worker's folder is
LOOKS = 5  # at the line that is running: it may be met between two lines, but hardly so often
QUIET = 0.03  # a trace is written line by line; after this long without another, it is complete
TRACE_LINE = re.compile(r'^  File "([^"\n]{1,200})", line (\d{1,7}|\?{3}) in (\S{1,100})', re.MULTILINE)


class Silence(Exception):
    """The worker gave no answer: `why` is "time" (still running), "end" (it is gone), "noise" (a broken frame) or
    "full" (it has filled its folder)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass
class Channel:
    """Four pipes of one worker, none of which ever blocks this side."""

    requests: int
    replies: int
    output: int
    trace: int
    max_output: int
    is_overfull: Callable[[], bool] | None = None  # None: its folder is no matter of ours
    look_again: float = 0.0
    printed: bytearray = field(default_factory=bytearray)
    printed_more: int = 0
    traced: bytearray = field(default_factory=bytearray)
    inbox: bytearray = field(default_factory=bytearray)

    def __post_init__(self) -> None:
        self.ours = select.poll()
        for descriptor in (self.requests, self.replies, self.output, self.trace):
            os.set_blocking(descriptor, False)
        for descriptor in (self.replies, self.output, self.trace):
            self.ours.register(descriptor, select.POLLIN)
        self.has_ended = False

    def ask(self, *bodies: bytes, answers: int, deadline: float) -> list[bytes]:
        """Send these frames and return the next `answers` frames. Raises Silence."""
        self.send(bodies, deadline)
        return self.wait(answers, deadline)

    def send(self, bodies: Iterable[bytes], deadline: float) -> None:
        """Send these frames. Raises Silence."""
        self.traced.clear()  # what ended earlier is not what is running now
        self._send(b"".join(map(frame, bodies)), deadline)

    def wait(self, answers: int, deadline: float) -> list[bytes]:
        """The next frames, so many of them. Raises Silence."""
        found: list[bytes] = []
        while len(found) < answers:
            complete = self._frame()
            if complete is not None:
                found.append(complete)
            elif not self._receive(deadline):
                raise Silence("end")
        if self.is_overfull and self.is_overfull():  # whether it is noticed shall not depend on when we looked
            raise Silence("full")
        return found

    def has_unasked(self) -> bool:
        """Whether something lies in the inbox, or the worker has gone, before it was asked anything."""
        self._drain()
        return bool(self.inbox) or self.has_ended

    def running_lines(self, wait: float) -> list[tuple[str, int, str]]:
        """Where the worker said it was, innermost first: file, line, function. Hostile text, so only these.

        The line is 0 where it was between two of them, as when an exception has just been caught.
        """
        until = time.monotonic() + wait
        while (now := time.monotonic()) < until:
            before = len(self.traced)
            try:
                self._receive(min(until, now + QUIET) if before else until)
            except Silence:
                break
            if before and len(self.traced) == before:
                break
        self._drain()
        text = self.traced.decode("utf-8", "replace")
        found = itertools.islice(TRACE_LINE.finditer(text), MAX_LINES)
        return [(match[1], int(match[2].replace("???", "0")), match[3]) for match in found]

    def running_lines_asked(self, ask: Callable[[], object], wait: float) -> list[tuple[str, int, str]]:
        """The same, asked for: and once more as long as the innermost line is not known."""
        for _ in range(LOOKS):
            self.traced.clear()
            ask()
            lines = self.running_lines(wait)
            if not lines or lines[0][1]:
                break
        return lines

    def take_printed(self) -> tuple[str, int]:
        """What was printed since the last call, and how many bytes more were thrown away."""
        text, more = self.printed.decode("utf-8", "replace"), self.printed_more
        self.printed.clear()
        self.printed_more = 0
        return text, more

    def close(self) -> None:
        """Give the descriptors back."""
        for descriptor in (self.requests, self.replies, self.output, self.trace):
            os.close(descriptor)

    def _send(self, data: bytes, deadline: float) -> None:
        view = memoryview(data)
        while view:
            try:
                view = view[os.write(self.requests, view) :]
            except BlockingIOError:
                self._receive(min(deadline, time.monotonic() + 0.005))
            except BrokenPipeError:
                raise Silence("end") from None
            if time.monotonic() > deadline:
                raise Silence("time")

    def _frame(self) -> bytes | None:
        if len(self.inbox) < HEAD.size:
            return None
        (size,) = HEAD.unpack(self.inbox[: HEAD.size])
        if size > MAX_FRAME:
            raise Silence("noise")
        if len(self.inbox) < HEAD.size + size:
            return None
        body = bytes(self.inbox[HEAD.size : HEAD.size + size])
        del self.inbox[: HEAD.size + size]
        return body

    def _receive(self, deadline: float) -> bool:
        """Read whatever is there, waiting a little for something; False when replies have ended.

        Raises Silence at the deadline, or when the worker's folder is found overfull.
        """
        now = time.monotonic()
        if now >= deadline:
            raise Silence("time")
        if self.is_overfull and now >= self.look_again:
            if self.is_overfull():
                raise Silence("full")
            self.look_again = now + LOOK
        until = min(deadline, self.look_again) if self.is_overfull else deadline
        for descriptor, _ in self.ours.poll(math.ceil((until - now) * 1000)):
            self._read(descriptor)
        return not self.has_ended

    def _drain(self) -> None:
        """Read what is there without waiting; a flood of replies is left to whoever waits for one."""
        with suppress(Silence):
            for descriptor, _ in self.ours.poll(0):
                self._read(descriptor)

    def _read(self, descriptor: int) -> None:
        try:
            data = os.read(descriptor, 1 << 16)
        except BlockingIOError:
            return
        if not data:
            self.ours.unregister(descriptor)
            self.has_ended |= descriptor == self.replies
        elif descriptor == self.replies:
            self.inbox += data
            if len(self.inbox) > MAX_INBOX:
                raise Silence("noise")
        elif descriptor == self.trace:
            self.traced += data[: MAX_TRACE - len(self.traced)]
        else:
            room = self.max_output - len(self.printed)
            self.printed += data[:room]
            self.printed_more += max(0, len(data) - room)
