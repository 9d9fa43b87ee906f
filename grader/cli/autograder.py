"""The command `autograder`: what runs the checks elsewhere, on a platform or at each push."""

import secrets
from pathlib import Path

import click

from grader.cli.here import say
from grader.course import load
from grader.inside.levels import LANDLOCK, LEVELS


@click.command()
@click.option("--lecture", metavar="L", required=True, help="The lecture that is handed in.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write."
)
@click.option(
    "--for", "platform", type=click.Choice(("gradescope", "github")), default="gradescope", show_default=True,
    help="A zip for Gradescope, or the workflow file for GitHub Classroom, which runs the public checks.",
)  # fmt: skip
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), help="Draw hidden inputs from this number; a new one else.")
@click.option(
    "--min-isolation", "least", type=click.Choice(LEVELS[1:]), default=LANDLOCK, show_default=True,
    help="Mark nothing where the container offers less.",
)  # fmt: skip
def autograder(lecture: str, output: Path, platform: str, seed: int | None, least: str) -> None:
    """Write an autograder for LECTURE. The zip holds solutions and hidden checks: it is for instructors alone.

    \b
    Examples:
      grader autograder --lecture 1 -o autograder.zip
      grader autograder --lecture 1 --for github -o .github/workflows/checks.yml
    """
    from grader.course.whole_files import write_whole
    from grader.office.autograder import classroom_workflow, gradescope_zip

    found = load().lecture(lecture)
    chosen = secrets.randbelow(2**31) if seed is None else seed
    data = classroom_workflow(found) if platform == "github" else gradescope_zip(found, chosen, least)
    write_whole(output, data)
    say(f"Wrote {output}   {len(data):,} bytes, for {found.id}")
    if platform == "gradescope":
        say(f"Hidden inputs are drawn from the seed {chosen}, which is in it. The container needs 1.5 GB of memory.")
