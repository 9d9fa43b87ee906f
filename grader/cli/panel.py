"""The command that pytest asks, in a course folder whose conftest.py says so. Nobody types it."""

import json

import click

from grader.cli.here import Here, say
from grader.cli.targets import target
from grader.course import load


@click.group(hidden=True)
def panel() -> None:
    """What pytest shows of the checks, as JSON; `grader stubs --to FOLDER --pytest` lets it ask.

    \b
    Examples:
      grader panel list
      grader panel check value-mul
    """


@panel.command("list")
@click.pass_obj
def list_(here: Here) -> None:
    """Which checks there are, and where the student's lines are."""
    from grader.desk.editor.telling import checks_of

    say(json.dumps(checks_of(load(), here.progress)))


@panel.command()
@click.argument("word")
@click.pass_obj
def check(here: Here, word: str) -> None:
    """What came of the checks of a lecture or an exercise; it is remembered as that of `grader check`."""
    from grader.cli.learner import examine
    from grader.desk.editor.telling import findings_of

    lecture, ids = target(here, word)
    report = examine(here, lecture, ids, hidden=False)
    here.progress.remember(report)
    say(json.dumps(findings_of(report, here.progress, here.width)))
