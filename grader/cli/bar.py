"""How far a class or an audit is: a bar with count, rate and time left on a terminal, a line per tenth elsewhere."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from grader.cli.here import in_colour, say

if TYPE_CHECKING:
    from grader.gradebook import Row


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spare_processors() -> int:
    return max(1, processors() - 1)


@contextmanager
def progress_bar(count: int, quiet: bool, doing: str = "grading", done_so: str = "graded") -> Iterator[Any]:
    """A bar with count, rate and time left on a terminal; elsewhere a line for every tenth; with --json nothing."""
    if quiet:
        yield lambda row: None
    elif sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        with _rich_bar(count, doing) as arrived:
            yield arrived
    else:
        done: list[Row] = []

        def line(row: "Row") -> None:
            done.append(row)
            if len(done) * 10 // count > (len(done) - 1) * 10 // count:
                say(f"{done_so} {len(done)} of {count}", err=True)

        yield line


@contextmanager
def _rich_bar(count: int, doing: str) -> Iterator[Any]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn(doing), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(), TextColumn("left"),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True, no_color=not in_colour())) as progress:
        task = progress.add_task("", total=count, rate="")

        def arrived(row: "Row") -> None:
            speed = progress.tasks[task].speed
            progress.update(task, advance=1, rate=f"{speed:.1f}/s" if speed else "")

        yield arrived
