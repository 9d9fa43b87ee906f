"""The command that writes stubs and notebooks, and brings a course folder up to the course as it is now."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.here import say
from grader.course import load
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.course.upgrade import Brought

FEW = 4  # so many file names are listed


@click.command()
@click.option(
    "--check",
    "only_check",
    is_flag=True,
    help="Write nothing; fail if exercises/ is not what the reference gives.",
)
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write a course folder there, or bring the one there up to date; your work stays.",
)
@click.option("--notebook", is_flag=True, help="With --to: each lecture as a notebook instead of modules.")
@click.option(
    "--pytest", "panel", is_flag=True, help="With --to: let pytest and your editor's testing panel run the checks."
)
@click.option("--overwrite", is_flag=True, help="For authors: replace files in exercises/ that differ.")
def stubs(only_check: bool, folder: Path | None, notebook: bool, panel: bool, overwrite: bool) -> None:
    """Write the stubs that the reference gives; a file that differs is kept unless you say otherwise.

    \b
    Examples:
      grader stubs --to ~/zero-to-hero
      grader stubs --to ~/zero-to-hero --notebook
      grader stubs --to ~/zero-to-hero --pytest
      grader stubs --check
    """
    if load().is_student_kit and (only_check or folder is None):
        raise UsageError("Say where your course folder is to be: grader stubs --to FOLDER")
    if only_check:
        _check()
    if folder and overwrite:
        raise UsageError("--overwrite is for exercises/ alone. To start a file anew, move yours away first.")
    if notebook and not folder:
        raise UsageError("Notebooks go to a course folder: grader stubs --to ~/zero-to-hero --notebook")
    if panel and not folder:
        raise UsageError("pytest is run in a course folder: grader stubs --to ~/zero-to-hero --pytest")
    if folder:
        _bring(folder, notebook)
        if panel:
            _let_pytest_run(folder)
    else:
        _write(load().folders.exercises, overwrite)


def _check() -> None:
    from grader.course.stubs import stale

    names = stale(load())
    say("\n".join(f"differs: {name}" for name in names) or "exercises/ is what the reference gives.")
    sys.exit(1 if names else 0)


def _write(exercises: Path, overwrite: bool) -> None:
    """An author's own stubs."""
    from grader.course.stubs import write_stubs

    written, kept = write_stubs(exercises, overwrite)
    _say_written("Wrote", written, f" to {exercises}")
    if kept:
        say(f"Kept as they are, because they have been worked on: {', '.join(kept)}.")
        say("An author replaces them with: grader stubs --overwrite")
    elif not written:
        say("Nothing to write: every file is there already.")


def _bring(folder: Path, notebook: bool) -> None:
    """A student's course folder."""
    from grader.course.notebooks import write_notebooks
    from grader.course.stubs import course_files
    from grader.course.upgrade import bring

    files = course_files(load())
    modules = {name for lecture in load().lectures for name in (f"{lecture.id}/{file}" for file in lecture.modules)}
    done = bring(folder, {name: text for name, text in files.items() if not (notebook and name in modules)})
    if notebook:
        done += write_notebooks(folder)
    _say_brought(done, folder)


def _let_pytest_run(folder: Path) -> None:
    """A conftest.py, if there is none. The sentences of all checks are looked up now, so that pytest is fast."""
    from grader.desk.editor.telling import CONFTEST, HOW, checks_of, write_conftest
    from grader.desk.progress import Progress

    checks_of(load(), Progress(folder))
    if write_conftest(folder):
        say(f"pytest runs the checks there, and so does the testing panel of your editor: {folder / CONFTEST}")
    else:
        say(f"{folder / CONFTEST} is yours and stays. With these two lines in it, pytest runs the checks:\n{HOW}")


def _say_brought(done: "Brought", folder: Path) -> None:
    from grader.course.kept_copies import HANDED_OUT

    _say_written("Wrote", done.written, f" to {folder}")
    _say_written("Brought up to date", done.renewed, "")
    for name, (merge, place) in done.merged.items():
        if merge.added:
            say(f"{name}: put in {', '.join(merge.added)}; what you have written stays.")
        if merge.renewed:
            say(f"{name}: newer statements of {', '.join(merge.renewed)}.")
        say(f"  As it was: {folder / place}")
    for name in done.unreadable:
        say(f"{name} cannot be read now, so nothing new was put in. Mend it and run this again.")
    for name, owners in done.left.items():
        say(f"{name}: the course has changed {', '.join(owners)} too; yours stays.")
        say(f"  Its new text: {folder / HANDED_OUT / name}")
    if done.kept:
        say(f"Kept as they are, because they have been worked on: {', '.join(done.kept)}.")
    if done.is_nothing:
        say("Nothing to write: every file is there already.")


def _say_written(what: str, names: list[str], where: str) -> None:
    if names:
        which = f": {', '.join(names)}" if len(names) <= FEW else "."
        say(f"{what} {len(names)} {'file' if len(names) == 1 else 'files'}{where}{which}")
