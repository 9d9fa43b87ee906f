"""The command `similar`: whose submissions have much in common."""

import json
from pathlib import Path

import click

from grader.cli.here import say
from grader.course import load


@click.command()
@click.argument("inbox", type=click.Path(path_type=Path))
@click.option("--lecture", metavar="L", required=True, help="The lecture that was handed in.")
@click.option(
    "--roster", type=click.Path(dir_okay=False, path_type=Path), help="Who is in the class, as for grader grade."
)
@click.option("--json", "as_json", is_flag=True, help="Print all pairs as one JSON document and nothing else.")
def similar(inbox: Path, lecture: str, roster: Path | None, as_json: bool) -> None:
    """Show pairs of submissions in INBOX that have much in common beside the stubs and the reference.

    It is something to look at, and no verdict. Nothing is run.

    \b
    Examples:
      grader similar inbox --lecture 1
      grader similar submissions.zip --lecture 1 --json
    """
    from grader.office.intake import read_inbox, read_roster
    from grader.office.similar import similar as pairs_of
    from grader.office.similar.reading import sources_of
    from grader.office.similar.shown import similar_data, similar_text

    found = load().lecture(lecture)
    sources, left_out = sources_of(read_inbox(inbox, read_roster(roster) if roster else None), found)
    pairs = pairs_of(found, sources)
    if as_json:
        say(json.dumps(similar_data(pairs, len(sources), left_out), indent=1))
    else:
        say(similar_text(pairs, len(sources), left_out))
