"""The command about the list of names: fetch the lectures' own, see which is in use, go back to the project's."""

from pathlib import Path

import click

from grader.cli.here import say
from grader.course import names, ranks
from grader.errors import KitError, UsageError


@click.command()
@click.option(
    "--from", "file", type=click.Path(path_type=Path), metavar="FILE", help="Take this local copy; no network is used."
)
@click.option("--show", is_flag=True, help="Say which list is in use, and change nothing.")
@click.option("--remove", is_flag=True, help="Remove the lectures' list; the project's is used again.")
@click.option("--ranks", "table", is_flag=True, help="Get GPT-4's table of ranks, which no check needs.")
def data(file: Path | None, show: bool, remove: bool, table: bool) -> None:
    """Fetch the lectures' own list of names, once; without it, lectures 2 and later use the project's list.

    \b
    Examples:
      grader data
      grader data --from names.txt
      grader data --show
      grader data --ranks
    """
    if (file is not None) + show + remove > 1 or (table and (show or remove)):
        raise UsageError("Choose one of --from FILE, --show and --remove; --ranks goes with --from FILE alone.")
    if table:
        _install_ranks(file)
    elif show:
        _show()
    elif remove:
        say("Removed the lectures' list." if names.remove() else "The lectures' list was not there.")
        _show()
    else:
        _install(file)


def _install(file: Path | None) -> None:
    """Say so if there is nothing to do; a list that was damaged is replaced."""
    if file is None and _is_there():
        say("The lectures' list is there already.")
    else:
        names.install(file)
        say("Installed the lectures' list.")
    _show()


def _is_there() -> bool:
    try:
        return names.in_use() == names.lectures_list()
    except KitError:
        return False


def _show() -> None:
    """The list in use; where it is the project's, how to get the lectures'."""
    listed = names.in_use()
    say(f"in use  {listed.title}\nfile    {listed.path}\nnames   {listed.count:,}\nsha256  {listed.sha256}")
    if listed == names.OURS:
        say("The list that the lectures use: grader data    or, from a copy of your own: grader data --from FILE")


def _install_ranks(file: Path | None) -> None:
    """The table of ranks, and where it lies."""
    if file is None and ranks.is_there():
        say("The table of ranks is there already.")
    else:
        ranks.install(file)
        say("Installed the table of ranks.")
    say(f"file    {ranks.RANKS.path}\ntokens  {ranks.RANKS.count:,}\nsha256  {ranks.RANKS.sha256}")
