"""The command that draws: an expression through the student's engine, or the pictures of a lecture."""

import sys
from contextlib import suppress
from pathlib import Path

import click

from grader.cli import completion
from grader.cli.here import Here, in_colour, say
from grader.cli.targets import numbers, own_submission, refuse
from grader.course import Lecture, load
from grader.errors import UsageError


@click.command()
@click.argument("expression", default="", shell_complete=completion.lecture)
@click.argument("values", nargs=-1, metavar="[NAME=NUMBER]...")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write: .svg, or .dot for the source.",
)
@click.option("--dot", "to_stdout", is_flag=True, help="Print the DOT source and write nothing.")
@click.option(
    "--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="Where the pictures of a lecture go."
)
@click.option("--only", metavar="NAME", help="One picture of the lecture, without the page.")
@click.pass_obj
def draw(
    here: Here, expression: str, values: tuple[str, ...], output: Path | None, to_stdout: bool,
    folder: Path | None, only: str | None,
) -> None:  # fmt: skip
    """Draw what your code computes: an EXPRESSION through your engine, or the pictures of a LECTURE.

    An expression is drawn with every value and gradient; wrong ones are outlined. A lecture gets a folder of pictures,
    yours beside expected, and a page that shows them.

    \b
    Examples:
      grader draw
      grader draw "o = tanh(w*x + b)" w=-3 x=2 b=6.88 -o neuron.svg
      grader draw 1
      grader draw 3 --only embedding --to pictures
    """
    if (pictured := _pictured(expression)) is not None:
        refuse(f"grader draw {expression}", *values, **{"-o": output, "--dot": to_stdout})
        sys.exit(_draw_lecture(here, pictured, folder or Path(f"{pictured.id}-pictures"), only))
    refuse("grader draw EXPRESSION", **{"--to": folder, "--only": only})
    _draw_expression(here, expression, values, output, to_stdout)


def _pictured(word: str) -> Lecture | None:
    """The lecture with pictures that a word means, if it means one."""
    from grader.desk.pictures import motifs

    for lecture in load().lectures:
        if word in lecture.words:
            with suppress(UsageError):
                motifs(lecture)
                return lecture
    return None


def _draw_expression(
    here: Here, expression: str, values: tuple[str, ...], output: Path | None, to_stdout: bool
) -> None:
    """Draw an expression through the student's engine into a file, or print its source."""
    from grader.desk import expression_graph as drawing

    lecture, way = drawing.drawing_lecture(load())
    files = own_submission(here, lecture).sources()
    made = drawing.draw(lecture, way, files, expression, numbers(values))
    if to_stdout:
        say(made.source, nl=False)
        return
    file, remark = drawing.save(made, output or Path(f"{lecture.id}-graph.svg"))
    if remark:
        say(remark, err=True)
    wrong = f" Not as expected, and outlined: {', '.join(made.wrong)}." if made.wrong else ""
    say(f"Drew {made.program!r} through your engine: {file}.{wrong}")


def _draw_lecture(here: Here, lecture: Lecture, folder: Path, only: str | None) -> int:
    """Draw one picture after the other, a line for each; the exit code is 0 if all could be drawn."""
    from grader.desk.pictures import Picture, pictures_of
    from grader.desk.pictures.page import save, save_page
    from grader.desk.pictures.strips import lines

    found = []
    for one in pictures_of(lecture, own_submission(here, lecture).sources(), only):
        found.append(one)
        say(f"{save(one, folder) if isinstance(one, Picture) else one.name}  {one.text}")
        for strip in one.strips if isinstance(one, Picture) else ():
            say("\n".join(lines(strip, here.width, _on if in_colour() else None)))
    drawn = sum(isinstance(one, Picture) for one in found)
    where = f": {save_page(lecture, found, folder)}" if drawn and not only else "."
    say(f"Drew {drawn} of {len(found)} pictures{where}")
    return 0 if drawn == len(found) else 1


def _on(text: str, colour: int) -> str:
    """Black letters on one of a terminal's 256 colours."""
    return click.style(text, fg=16, bg=colour)
