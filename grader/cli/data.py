"""The command about the list of names and the text: fetch the lectures' own, see which is in use, go back to ours."""

from pathlib import Path
from types import ModuleType

import click

from grader.cli.here import say
from grader.course import names, ranks, texts
from grader.errors import KitError, UsageError


@click.command()
@click.option(
    "--from", "file", type=click.Path(path_type=Path), metavar="FILE", help="Take this local copy; no network is used."
)
@click.option("--text", is_flag=True, help="The text that lecture 7 learns from, in place of the list of names.")
@click.option("--show", is_flag=True, help="Say which is in use, and change nothing.")
@click.option("--remove", is_flag=True, help="Remove the lectures' list; the project's is used again.")
@click.option("--ranks", "table", is_flag=True, help="Get GPT-4's table of ranks, which no check needs.")
def data(file: Path | None, text: bool, show: bool, remove: bool, table: bool) -> None:
    """Fetch the lectures' own list of names, once; without it, lectures 2 and later use the project's list.

    \b
    Examples:
      grader data
      grader data --from names.txt
      grader data --show
      grader data --text
      grader data --ranks
    """
    if (file is not None) + show + remove > 1 or (table and (text or show or remove)):
        raise UsageError("Choose one of --from FILE, --show and --remove; --ranks goes with --from FILE alone.")
    kind, own = (texts, "text") if text else (names, "list")
    if table:
        _install_ranks(file)
    elif show:
        _show(kind)
    elif remove:
        say(f"Removed the lectures' {own}." if kind.remove() else f"The lectures' {own} was not there.")
        _show(kind)
    else:
        _install(kind, own, file)


def _install(kind: ModuleType, own: str, file: Path | None) -> None:
    """Say so if there is nothing to do; what was damaged is replaced."""
    if file is None and _is_there(kind):
        say(f"The lectures' {own} is there already.")
    else:
        kind.install(file)
        say(f"Installed the lectures' {own}.")
    _show(kind)


def _is_there(kind: ModuleType) -> bool:
    try:
        return bool(kind.in_use().sha256 == kind.LECTURES.sha256)
    except KitError:
        return False


def _show(kind: ModuleType) -> None:
    """What is in use; where it is the project's, how to get the lectures'."""
    listed = kind.in_use()
    size = f"names   {listed.count:,}" if kind is names else f"size    {listed.count:,} {listed.unit}"
    say(f"in use  {listed.title}\nfile    {listed.path}\n{size}\nsha256  {listed.sha256}")
    if listed == kind.OURS:
        own, command = "list" if kind is names else "text", f"grader data{listed.option}"
        say(f"The {own} that the lectures use: {command}    or, from a copy of your own: {command} --from FILE")


def _install_ranks(file: Path | None) -> None:
    """The table of ranks, and where it lies."""
    if file is None and ranks.is_there():
        say("The table of ranks is there already.")
    else:
        ranks.install(file)
        say("Installed the table of ranks.")
    say(f"file    {ranks.RANKS.path}\ntokens  {ranks.RANKS.count:,}\nsha256  {ranks.RANKS.sha256}")
