"""What the tests of `grader watch` share: the command in a terminal, and a student who saves and presses keys."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Self

from grader.course import PROJECT

TINY = PROJECT / "tests" / "tiny_course"
LECTURE = "lecture1_averages"
STUB = (TINY / "exercises" / LECTURE / "averages.py").read_text(encoding="utf-8")
SOLUTION = (TINY / "reference" / LECTURE / "averages.py").read_text(encoding="utf-8")
LONGEST = 60.0  # seconds until what has to come has come, on a machine that does much else
STEERING = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\r")


class Watching:
    """`grader watch` on the tiny course, in a terminal of 80 columns. Use it with `with`."""

    def __init__(self, home: Path, *words: str, rows: int = 24, **environment: str) -> None:
        self.file = home / LECTURE / "averages.py"
        self.terminal, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("4H", rows, 80, 0, 0))
        self.as_found = termios.tcgetattr(inner)
        plain = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "COV", "COLUMNS", "LINES"))}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "grader", "-C", str(home), "watch", *words], stdin=inner, stdout=inner, stderr=inner,
            env={**plain, "GRADER_COURSE": str(TINY / "exercises"), "TERM": "xterm", **environment},
            start_new_session=True,
        )  # fmt: skip
        self.inner = inner
        self.seen = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.inner)
        os.close(self.terminal)

    def until(self, *texts: str) -> str:
        """What was written since the last time, up to the point where all these texts have come."""
        deadline = time.monotonic() + LONGEST
        while not all(text in self.seen for text in texts):
            assert time.monotonic() < deadline, f"{texts} did not come:\n{self.seen}"
            if select.select([self.terminal], [], [], 0.1)[0]:
                self.seen += STEERING.sub("", os.read(self.terminal, 1 << 16).decode("utf-8", "replace"))
        found, self.seen = self.seen, ""
        return found

    def save(self, source: str) -> None:
        """As many editors do: written aside, then renamed."""
        aside = self.file.with_suffix(".py~")
        aside.write_text(source, encoding="utf-8")
        aside.rename(self.file)

    def press(self, keys: str) -> None:
        os.write(self.terminal, keys.encode())

    def resize(self, rows: int, columns: int) -> None:
        fcntl.ioctl(self.inner, termios.TIOCSWINSZ, struct.pack("4H", rows, columns, 0, 0))
        self.process.send_signal(signal.SIGWINCH)

    def ended(self) -> int:
        """The exit code."""
        deadline = time.monotonic() + LONGEST
        while self.process.poll() is None and time.monotonic() < deadline:
            if select.select([self.terminal], [], [], 0.1)[0]:
                self.seen += STEERING.sub("", os.read(self.terminal, 1 << 16).decode("utf-8", "replace"))
        return self.process.wait(1)
