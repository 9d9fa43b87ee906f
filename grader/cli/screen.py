"""Where a watch writes: on a terminal the verdict stands above a line of keys; elsewhere each verdict is a block."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

FOOT = 3  # lines below the verdict
CUT = "... (v shows all of it)"


class Blocks:
    """No terminal, or one that cannot move its cursor: one block after the other."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def show(self, verdict: str, state: str) -> None:
        """Write the verdict, and below it what it is about."""
        self.keep(f"{verdict}\n{state}\n")

    def wait(self, state: str) -> None:
        """Whoever reads this later need not know."""

    def keep(self, text: str) -> None:
        """Write it."""
        self.console.print(Text.from_ansi(text), soft_wrap=True)

    def draw(self) -> None:
        """Nothing stands here."""

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Others write as they come."""
        yield


class Standing:
    """A terminal: what stands is written over, what is kept is written above it and scrolls away as usual."""

    def __init__(self, console: Console, keys: str) -> None:
        self.console = console
        self.keys = keys
        self.verdict = self.state = ""

    def __enter__(self) -> Self:
        self._begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.live.stop()
        self.keep(f"{self.verdict}\n{self.state}")

    def show(self, verdict: str, state: str) -> None:
        """Let this verdict stand."""
        self.verdict, self.state = verdict, state
        self.draw()

    def wait(self, state: str) -> None:
        """Say below the verdict that stands what is being done."""
        self.state = state
        self.draw()

    def keep(self, text: str) -> None:
        """Write it above, for good."""
        self.console.print(Text.from_ansi(text), soft_wrap=True)

    def draw(self) -> None:
        """As it is, in the window as it is."""
        self.live.update(self._all(), refresh=True)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take away what stands, and put it below what was written meanwhile."""
        self.live.stop()
        try:
            yield
        finally:
            self._begin()
            self.draw()

    def _begin(self) -> None:
        self.live = Live(  # a new one: one that was stopped remembers its old lines
            console=self.console, transient=True, auto_refresh=False, redirect_stdout=False, redirect_stderr=False
        )
        self.live.start()

    def _all(self) -> Group:
        width, height = self.console.size
        lines = Text.from_ansi(self.verdict).wrap(self.console, width)
        room = max(height - FOOT - 1, 3)
        shown = [*lines[: room - 1], Text(CUT)] if len(lines) > room else list(lines)
        foot = [Text("-" * width), *(Text.from_ansi(text) for text in (self.state, self.keys))]
        for line in (*shown, *foot):
            line.truncate(width)
        return Group(*shown, *foot)
