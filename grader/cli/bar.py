"""How far a class or an audit is: a bar with count, rate and time left on a terminal, a line per tenth elsewhere."""

import itertools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from grader.cli.here import in_colour, say

if TYPE_CHECKING:
    from grader.office.gradebook import Row


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spare_processors() -> int:
    return max(1, processors() - 1)


@contextmanager
def interruptible(count: int) -> Iterator[Any]:
    """Count what arrives. Ctrl-C then ends in one sentence, and exit code 130, as shells have it."""
    done = 0

    def counted(arrived: Callable[["Row"], None]) -> Callable[["Row"], None]:
        def and_count(row: "Row") -> None:
            nonlocal done
            done += 1
            arrived(row)

        return and_count

    try:
        yield counted
    except KeyboardInterrupt:
        say(f"Stopped. {done} of {count} are done; the same command goes on from there.", err=True)
        sys.exit(130)


@contextmanager
def progress_bar(count: int, quiet: bool, doing: str = "grading", done_so: str = "graded") -> Iterator[Any]:
    """A bar with count, rate and time left on a terminal; elsewhere a line for every tenth; with --json nothing."""
    if quiet:
        yield lambda row: None
    elif sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        with _rich_bar(count, doing) as arrived:
            yield arrived
    else:
        done = itertools.count(1)

        def line(row: "Row") -> None:
            number = next(done)
            if number * 10 // count > (number - 1) * 10 // count:
                say(f"{done_so} {number} of {count}", err=True)

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
