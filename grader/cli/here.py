"""Where a command runs and how it writes: the course folder, the terminal's width, colours and letters."""

import os
import shutil
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.course import find_root
from grader.errors import CourseError, UsageError

if TYPE_CHECKING:
    from grader.desk.progress import Progress
    from grader.submission.running import Running


class Here:
    """Where the command runs: the course folder, found upwards, and how to write to this terminal."""

    def __init__(self, folder: str | None, cells: Path | None = None) -> None:
        self.start = Path(folder) if folder else Path.cwd()
        self.origin = f"-C {folder}" if folder else "the current folder"
        self.cells = cells

    @cached_property
    def root(self) -> Path:
        if not self.start.is_dir():
            raise UsageError(f"There is no folder {self.start}. Name your course folder: grader -C FOLDER status")
        try:
            return find_root(self.start)
        except CourseError:
            if self.cells is None:
                raise
            return self.start.resolve()  # a notebook may lie anywhere

    @cached_property
    def running(self) -> "Running | None":
        """The notebook that is running, where it asks."""
        if self.cells is None:
            return None
        from grader.submission.running import Running

        return Running(self.cells)

    @cached_property
    def progress(self) -> "Progress":
        from grader.desk.progress import Progress

        return Progress(self.root, self.running)

    @property
    def width(self) -> int:
        return max(60, min(shutil.get_terminal_size((80, 24)).columns, 100))

    def paint(self, text: str, colour: str) -> str:
        return click.style(text, fg=colour) if in_colour() else text


def in_colour() -> bool:
    """Colour only on a terminal that has it and a user who wants it."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def say(text: str, nl: bool = True, err: bool = False) -> None:
    """Print; letters that this terminal does not know become escapes (click would send it UTF-8 all the same)."""
    encoding = (sys.stderr if err else sys.stdout).encoding or "ascii"
    click.echo(text.encode(encoding, "backslashreplace").decode(encoding), nl=nl, err=err)
