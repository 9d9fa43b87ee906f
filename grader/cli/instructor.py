"""Commands for instructors: grade, demo, doctor."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.cli import other_python
from grader.cli.bar import interruptible, progress_bar, spare_processors
from grader.cli.here import Here, say
from grader.course import load
from grader.errors import UsageError
from grader.inside.levels import LANDLOCK, LEVELS, PROCESS

if TYPE_CHECKING:
    from grader.office.gradebook import Book, Row
    from grader.office.gradebook.policy import Rules
    from grader.office.intake import Inbox

WITHOUT = "WARNING  This code runs without a sandbox: it can read and change what you can, and use the network."


@dataclass(frozen=True)
class Asked:
    """What `grader grade` was asked for, by the names of its options."""

    inbox: Path
    out: Path
    roster: Path | None
    take: str
    copies: str
    class_file: Path | None
    lecture: str | None
    jobs: int | None
    seed: int | None
    again: bool
    cluster: str
    least: str
    unsafe: bool
    python: str
    as_json: bool


@click.command()
@click.argument("inbox", type=click.Path(path_type=Path))
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where reports and gradebook.csv go.",
)
@click.option(
    "--roster",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Who is in the class: a CSV with the columns that your platform exports.",
)
@click.option(
    "--take",
    type=click.Choice(("last", "best", "first")),
    default="last",
    show_default=True,
    help="Which of several hand-ins of one person counts.",
)
@click.option(
    "--copies",
    type=click.Choice(("refuse", "newest")),
    default="refuse",
    show_default=True,
    help="What to do with a hand-in that holds two copies of a lecture, both worked on, which differ.",
)
@click.option(
    "--class",
    "class_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Late rules, extensions and marks set by hand; class.toml in the folder of the marks, if left out.",
)
@click.option("--lecture", metavar="L", help="Take submissions for this lecture only.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    help="How many at a time; one less than there are processors if left out.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**31 - 1),
    help="Draw hidden inputs from this number; a new one for each class if left out.",
)
@click.option("--again", is_flag=True, help="Mark everything anew, also what has not changed since an earlier run.")
@click.option(
    "--cluster",
    metavar="ADDRESS",
    default="",
    help="Mark on the workers of a dask scheduler, tcp://HOST:PORT or a scheduler file, not on this machine.",
)
@click.option(
    "--min-isolation",
    "least",
    type=click.Choice(LEVELS[1:]),
    default=LANDLOCK,
    show_default=True,
    help="Refuse to run anything with less. The best that this machine offers is used in any case.",
)
@click.option("--unsafe", is_flag=True, help="Where this machine offers no isolation, run the code without a sandbox.")
@click.option(
    "--python",
    metavar="FILE",
    default="",
    help="Grade with this interpreter, in which the kit is installed too: for students whose Python is newer.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the rows as one JSON document and nothing else.")
def grade(**given: Any) -> None:
    """Grade every submission in INBOX: zips made by `grader pack`, folders with module files, or notebooks.

    INBOX may also be what Canvas, Moodle, Gradescope, GitHub Classroom, Brightspace or Blackboard lets you download.
    A run that was stopped goes on where it was with the same command; what has not changed is not marked twice.

    \b
    Examples:
      grader grade inbox --out marks
      grader grade inbox --out marks --lecture 1 --jobs 4
      grader grade submissions.zip --out marks --roster gradebook-of-canvas.csv
      grader grade inbox --out marks --cluster tcp://10.0.0.5:8786
    """
    from grader.office import gradebook

    asked = Asked(**given)
    if asked.python:
        other_python.take_over(asked.python, sys.argv[1:])
    kept = Kept(asked.out)
    rows = _graded(asked, kept)
    _say_class(rows, asked, kept)
    sys.exit(3 if any(row.status == gradebook.BROKEN for row in rows) else 0)


@dataclass
class Kept:
    """What a run tells beside its rows: what lay in the inbox, the rules, and both gradebooks."""

    out: Path
    inbox: "Inbox | None" = None
    rules: "Rules | None" = None
    books: "tuple[Book, Book] | None" = None

    def changed(self, before: "Book", after: "Book") -> None:
        from grader.office.class_page import write_class_page

        self.books = before, after
        write_class_page(self.out, after)


def _graded(asked: Asked, kept: Kept) -> list["Row"]:
    """Grade the inbox, with a warning where that is not safe, and a bar."""
    from grader.office import gradebook
    from grader.office.gradebook.policy import rows_of
    from grader.office.intake import read_inbox, read_roster
    from grader.sandbox import isolation

    if asked.cluster and asked.jobs:
        raise UsageError("--jobs is for this machine alone. On a cluster its workers decide how many at a time.")
    wanted = load().lecture(asked.lecture) if asked.lecture else None
    kept.rules = _rules(asked)
    kept.inbox = read_inbox(asked.inbox, read_roster(asked.roster) if asked.roster else None)
    count = rows_of(kept.inbox.hand_ins, asked.take)
    level = isolation.for_strangers(asked.least, asked.unsafe)
    if level == PROCESS:
        say(WITHOUT, err=True)
    how = gradebook.How(
        level, asked.cluster, asked.again, asked.take, asked.copies == "newest", kept.rules, kept.changed
    )
    jobs = min(asked.jobs or spare_processors(), count)
    with interruptible(count) as counted, progress_bar(count, asked.as_json) as shown:
        return gradebook.grade(kept.inbox, asked.out, wanted, jobs, asked.seed, counted(shown), how)


def _rules(asked: Asked) -> "Rules":
    from grader.office.gradebook.policy import CLASS_FILE, NO_RULES, read_rules

    file = asked.class_file or asked.out / CLASS_FILE
    return read_rules(file) if asked.class_file or file.is_file() else NO_RULES


def _say_class(rows: list["Row"], asked: Asked, kept: Kept) -> None:
    from grader.office import gradebook
    from grader.office.changes import changes, changes_text
    from grader.office.class_view import class_data, class_text, inbox_lines

    left_over = gradebook.left_over(asked.out, rows)
    found = changes(*kept.books) if kept.books else []
    if asked.as_json:
        seed = gradebook.class_seed(asked.out, None)
        say(json.dumps(class_data(rows, seed, left_over, found, kept.inbox), indent=1))
        return
    say(class_text(rows, asked.out, left_over))
    for text in (*inbox_lines(rows, kept.inbox, kept.rules), changes_text(found)):
        if text:
            say(text)


@click.command()
@click.option("--to", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="A new folder.")
@click.option("--lecture", "words", multiple=True, metavar="L", help="This lecture only; may be given several times.")
@click.option("--notebooks", is_flag=True, help="Write a course folder of notebooks beside it.")
@click.option("--without-made", is_flag=True, help="Leave out the mistakes that nobody wrote down: much faster.")
def release(folder: Path, words: tuple[str, ...], notebooks: bool, without_made: bool) -> None:
    """Make the student kit in a folder: everything but solutions and hidden checks.

    What our solution and its known and made mistakes give to the public checks is recorded in it, which takes some
    minutes for each lecture. It can be installed as it is, or made into a wheel.

    \b
    Examples:
      grader release --to student-kit
      grader release --to student-kit --lecture 1 --notebooks
    """
    from grader.release.tree import add_notebooks
    from grader.release.tree import release as make

    lectures = [load().lecture(word) for word in dict.fromkeys(words)] or list(load().lectures)
    sizes = make(folder, lectures, lambda part: not without_made, lambda text: say(text, err=True))
    if notebooks:
        add_notebooks(folder, lectures)
    for lecture, size in sizes.items():
        say(f"{lecture}  recorded in {size:,} bytes")
    place = folder.resolve()
    say(f"To install it:       pip install '{place}[torch]'")
    say(f"To hand out a wheel: pip wheel --no-deps -w '{place}/dist' '{place}'")


@click.command()
@click.pass_obj
def demo(here: Here) -> None:
    """The whole path in half a minute: four submissions, checked, packed and graded in a temporary folder.

    \b
    Examples:
      grader demo
    """
    from grader.office.class_view import rows_text
    from grader.office.demo import demo as run_demo

    run_demo(say, lambda rows: say(rows_text(rows)), here.paint)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the facts as one JSON document and nothing else.")
@click.pass_obj
def doctor(here: Here, as_json: bool) -> None:
    """Versions, the isolation in force, where each setting comes from, and a self-test.

    \b
    Examples:
      grader doctor
      grader doctor --json
    """
    from grader.desk.doctor import examine

    facts = []
    for what, how, well in examine(load(), here.start, here.origin):
        facts.append({"what": what, "how": how, "well": well})
        if not as_json:
            say(f"{'ok  ' if well else 'LOOK'}  {what:<14}{how}")
    if as_json:
        say(json.dumps({"schema": "zero-to-hero/doctor/1", "facts": facts}, indent=1))
    sys.exit(0 if facts[-1]["well"] else 3)
