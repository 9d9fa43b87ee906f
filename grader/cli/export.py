"""The command `export`: marks out, in the forms that platforms import."""

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click

from grader.cli.here import say
from grader.errors import UsageError

FORMS = ("canvas", "moodle", "gradescope", "csv", "junit", "github")


@click.command()
@click.argument("marks", type=click.Path(file_okay=False, path_type=Path))
@click.option("--to", type=click.Choice(FORMS), required=True, help="For which platform, or in which form.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True,
    help="The file to write; for gradescope and github a folder with one for each student.",
)  # fmt: skip
@click.option(
    "--into",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The platform's own table: Canvas's gradebook export, or Moodle's grading worksheet. It stays as it is.",
)
@click.option("--column", metavar="TITLE", default="", help="The column of that table to fill, if there are several.")
@click.option("--out-of", metavar="N", help="What full marks are to be; those of the gradebook if left out.")
def export(marks: Path, out_of: str | None, **given: Any) -> None:
    """Write the marks in the folder MARKS as files that a platform imports.

    \b
    Examples:
      grader export marks --to canvas --into gradebook-of-canvas.csv -o upload.csv
      grader export marks --to moodle --into worksheet.csv -o upload.csv --out-of 10
      grader export marks --to gradescope -o results
    """
    from grader.office.export import Asked
    from grader.office.export import export as write

    asked = Asked(out_of=_number(out_of), **given)
    told = write(marks, asked)
    say(f"Wrote {asked.output}")
    for sentence in told:
        say(sentence)


def _number(text: str | None) -> Decimal | None:
    try:
        number = Decimal(text) if text is not None else None
    except InvalidOperation:
        number = Decimal(-1)
    if number is not None and not (number.is_finite() and 0 < number <= 1_000_000):
        raise UsageError(f"--out-of {text}: write a number above 0.")
    return number
