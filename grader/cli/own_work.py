"""Commands about what a student has written for one exercise: our solution beside it, and the stub in its place."""

import sys
from typing import TYPE_CHECKING

import click

from grader.cli import completion
from grader.cli.here import Here, in_colour, say
from grader.course import load
from grader.errors import UsageError

if TYPE_CHECKING:
    from rich.syntax import Syntax
    from rich.text import Text

    from grader.desk.solution import Compared


@click.command()
@click.argument("exercise", shell_complete=completion.exercise)
@click.pass_obj
def solution(here: Here, exercise: str) -> None:
    """Our solution of EXERCISE beside yours, once yours has passed its public checks.

    \b
    Examples:
      grader solution value-mul
      grader solution value-mul | less
    """
    from grader.cli.learner import examine
    from grader.desk.solution import compared, refuse_before_it_passed

    found = load().exercise(exercise)
    lecture = load().lecture(found.lecture)
    refuse_before_it_passed(found, here.progress, lambda: examine(here, lecture, [found.id], hidden=False))
    say(f"{found.id}   {found.title}   {here.progress.place(found)}\n")
    for one in compared(found, here.progress):
        say(_side_by_side(one, here.width))


def _side_by_side(one: "Compared", width: int) -> str:
    """Two columns of code; a line that is too long goes on below, as far to the right as it began."""
    from rich.console import Console
    from rich.table import Table

    room = (width - 3) // 2
    table = Table(box=None, padding=(0, 1, 0, 0), show_edge=False, width=width)
    table.add_column("yours", width=room)
    table.add_column("ours", width=room)
    table.add_row(*(_painted(_folded(code, room - 1)) for code in (one.yours, one.ours)))
    console = Console(width=width, color_system="auto" if in_colour() else None, highlight=False, markup=False)
    with console.capture() as text:
        console.print(table)
    return "\n".join(line.rstrip() for line in text.get().splitlines()) + "\n"


def _folded(code: str, room: int) -> str:
    """The code in lines that fit; the rest of a longer one stands below it, a step to the right."""
    lines: list[str] = []
    for line in code.split("\n"):
        indent = " " * (len(line) - len(line.lstrip()) + 4)
        while len(line) > room:
            at = max(line.rfind(" ", len(indent) + 1, room + 1), *(line.rfind(s, len(indent), room) + 1 for s in "([,"))
            at = at if at > len(indent) else room
            lines.append(line[:at])
            line = indent + line[at:].lstrip()
        lines.append(line)
    return "\n".join(lines)


def _painted(code: str) -> "Text | Syntax":
    from rich.syntax import Syntax
    from rich.text import Text

    return Syntax(code, "python", background_color="default") if in_colour() else Text(code)


@click.command()
@click.argument("exercise", shell_complete=completion.exercise)
@click.option("--yes", is_flag=True, help="Do it without asking.")
@click.pass_obj
def reset(here: Here, exercise: str, yes: bool) -> None:
    """Put the stub of EXERCISE back in the place of what you wrote; a copy of the file is kept.

    \b
    Examples:
      grader reset value-mul
      grader reset value-mul --yes
    """
    from grader.desk.reset import reset_of

    found = load().exercise(exercise)
    planned = reset_of(found, here.progress)
    if planned is None:
        say(f"Nothing to do: the stub of {found.id} stands in {found.lecture}/{found.file} as it was handed out.")
        return
    say(f"In {planned.name}, this begins anew: {', '.join(planned.functions)}. Everything else stays.")
    if not yes and not _agreed():
        say("Nothing was changed.")
        sys.exit(1)
    place = planned.carry_out(here.root)
    say(f"Done. The file as it was: {here.root / place}")


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise UsageError("Nobody can be asked here. To do it without asking: grader reset EXERCISE --yes")
    return click.confirm("Go on?")
