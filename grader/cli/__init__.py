"""The command line: parse, call one function, print, exit. Every error becomes one sentence and an exit code here.

Only this folder imports click. What is heavy (pytest, rich, jinja2) is imported by the command that needs it.
"""

import atexit
import gc
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from grader import __version__
from grader.cli import (
    author,
    autograder,
    data,
    draw,
    export,
    instructor,
    learner,
    own_work,
    panel,
    similar,
    stubs,
    watch,
)
from grader.cli.here import Here, say
from grader.course import is_student_kit, use
from grader.errors import Fault, KitError, UsageError

# what does not exist in a student kit
ANSWERING = ("audit", "autograder", "data", "demo", "export", "grade", "release", "similar", "solution")


class Commands(click.Group):
    """Commands in the order in which one needs them; errors of the kit as one sentence and their exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name in self.commands if not (name in ANSWERING and is_student_kit())]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in ANSWERING and is_student_kit():
            raise UsageError(f"grader {cmd_name} needs our solutions, and this is the student kit: they are not in it.")
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KitError as error:
            fail(str(error), error.exit_code, "FAULT" if isinstance(error, Fault) else "ERROR")
        except (click.exceptions.Exit, click.ClickException, click.Abort, BrokenPipeError):
            raise  # the last: whoever read what is printed has seen enough, as `head` has; click ends quietly
        except Exception as error:  # a bug of ours: one sentence for the student, the rest for whoever mends it
            fail(_fault(error), 3, "FAULT")


def _fault(error: Exception) -> str:
    """The sentence for a bug of ours; where it happened goes into a file."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="grader-fault-", suffix=".txt", delete=False) as log:
        log.write("".join(traceback.format_exception(error)))
    return f"The grader itself failed ({type(error).__name__}); this is not about your code. Details: {log.name}"


def fail(sentence: str, code: int, word: str) -> NoReturn:
    """One sentence on stderr, and out."""
    say(f"{word}  {sentence}", err=True)
    sys.exit(code)


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-C", "folder", metavar="DIR", help="Work as if started in DIR.")
@click.option(
    "--course",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="For authors: another course than ours, by the folder of its course.toml. GRADER_COURSE says the same.",
)
@click.option(
    "--cells",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Take the cells of this notebook for those of the course folder's, as %check in a notebook does.",
)
@click.version_option(__version__, prog_name="grader")
@click.pass_context
def cli(ctx: click.Context, folder: str | None, course: Path | None, cells: Path | None) -> None:
    """Exercises for the lectures Neural Networks: Zero to Hero, with checks that tell you what is wrong and why.

    \b
    Examples:
      grader                    what is done, what is next
      grader watch              check whatever you save, as soon as you save it
      grader check value-mul    check one exercise
      grader hint value-mul     a hint; again for the next one
    """
    if course is not None:
        use(course)
    ctx.obj = Here(folder, cells)
    if ctx.invoked_subcommand is None:
        ctx.invoke(learner.status)


COMMANDS = (
    learner.status, learner.list_, learner.check, watch.watch, learner.hint, draw.draw,
    own_work.solution, own_work.reset, learner.pack,
    data.data, instructor.grade, export.export, similar.similar, autograder.autograder,
    instructor.release, author.audit, stubs.stubs, instructor.demo, instructor.doctor, panel.panel,
)  # fmt: skip

for command in COMMANDS:
    cli.add_command(command)


def main() -> None:
    """The console script. What it has loaded is not taken apart at its end: with torch that takes 0.4 s."""
    atexit.register(gc.freeze)
    cli(prog_name="grader")
