"""The command line: parse, call one function, print, exit. Every error becomes one sentence and an exit code here."""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from grader import __version__
from grader.course import Course, Exercise, Lecture, find_root, load
from grader.errors import KitError, UsageError

if TYPE_CHECKING:
    from grader.gradebook import Row
    from grader.progress import Progress
    from grader.report import Report
    from grader.submission import Submission

CHECK_SEED = 1


class Here:
    """Where the command runs: the course folder, found upwards, and how to write to this terminal."""

    def __init__(self, folder: str | None) -> None:
        self.start = Path(folder) if folder else Path.cwd()
        self.origin = f"-C {folder}" if folder else "the current folder"

    @cached_property
    def root(self) -> Path:
        if not self.start.is_dir():
            raise UsageError(f"There is no folder {self.start}. Name your course folder: grader -C FOLDER status")
        return find_root(self.start)

    @cached_property
    def progress(self) -> "Progress":
        from grader.progress import Progress

        return Progress(self.root)

    @property
    def width(self) -> int:
        return max(60, min(shutil.get_terminal_size((80, 24)).columns, 100))

    def paint(self, text: str, colour: str) -> str:
        return click.style(text, fg=colour) if in_colour() else text


def in_colour() -> bool:
    """Colour only on a terminal that has it and a user who wants it."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def say(text: str, nl: bool = True, err: bool = False) -> None:
    """Print; letters that this terminal does not know become escapes (click would send it UTF-8 all the same)."""
    encoding = (sys.stderr if err else sys.stdout).encoding or "ascii"
    click.echo(text.encode(encoding, "backslashreplace").decode(encoding), nl=nl, err=err)


class Commands(click.Group):
    """Commands in the order in which one needs them; errors of the kit as one sentence and their exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KitError as error:
            fail(str(error), error.exit_code)
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except Exception as error:  # a bug of ours: one sentence for the student, the rest for whoever mends it
            fail(_fault(error), 3)


def _fault(error: Exception) -> str:
    """The sentence for a bug of ours; where it happened goes into a file."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="grader-fault-", suffix=".txt", delete=False) as log:
        log.write("".join(traceback.format_exception(error)))
    return f"The grader itself failed ({type(error).__name__}); this is not about your code. Details: {log.name}"


def fail(sentence: str, code: int) -> NoReturn:
    """One sentence on stderr, and out."""
    word = "FAULT" if code == 3 else "ERROR"
    say(f"{word}  {sentence}", err=True)
    sys.exit(code)


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-C", "folder", metavar="DIR", help="Work as if started in DIR.")
@click.version_option(__version__, prog_name="grader")
@click.pass_context
def cli(ctx: click.Context, folder: str | None) -> None:
    """Exercises for the lectures Neural Networks: Zero to Hero, with checks that tell you what is wrong and why.

    \b
    Examples:
      grader                    what is done, what is next
      grader check value-mul    check one exercise
      grader hint value-mul     a hint; again for the next one
    """
    ctx.obj = Here(folder)
    if ctx.invoked_subcommand is None:
        ctx.invoke(status)


@cli.command()
@click.pass_obj
def status(here: Here) -> None:
    """What is done, what is next, and which file and line to open.

    \b
    Examples:
      grader status
      grader -C ~/zero-to-hero status
    """
    from grader.overview import status_text

    say(status_text(load(), here.progress, here.width, here.paint))


@cli.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
@click.pass_obj
def list_(here: Here, as_json: bool) -> None:
    """All exercises with their points and where they stand.

    \b
    Examples:
      grader list
      grader list --json
    """
    from grader.overview import list_data, list_text

    if as_json:
        say(json.dumps(list_data(load(), here.progress), indent=1))
    else:
        say(list_text(load(), here.progress, here.width, here.paint))


@cli.command()
@click.argument("target", required=False)
@click.option("-v", "--verbose", is_flag=True, help="Every check in full, and what your code printed.")
@click.option("--hidden", is_flag=True, help="Run the hidden checks as well, where this copy has them.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON document and nothing else.")
@click.pass_obj
def check(here: Here, target: str | None, verbose: bool, hidden: bool, as_json: bool) -> None:
    """Check an exercise, a file or a lecture; without TARGET, the lecture of the next exercise.

    \b
    Examples:
      grader check value-mul
      grader check lecture1_micrograd/engine.py -v
    """
    lecture, ids = _target(here, target)
    if not as_json:
        say(
            f"Lecture {lecture.number} {lecture.title}: checking {_counted(ids, lecture)} ...",
            err=not sys.stdout.isatty(),
        )
    report = _examine(here, lecture, ids, hidden)
    here.progress.remember(report)
    if as_json:
        from grader.report.as_json import to_json

        say(to_json(report), nl=False)
    else:
        from grader.overview import check_text

        say(check_text(report, load(), here.progress, ids, hidden, here.width, here.paint, verbose))
    sys.exit(report.exit_code)


@cli.command()
@click.argument("exercise")
@click.option("--level", type=int, metavar="N", help="The hint of this level; without it, the next one.")
@click.pass_obj
def hint(here: Here, exercise: str, level: int | None) -> None:
    """A hint for EXERCISE: first a question, then where to look, then the principle on another example.

    \b
    Examples:
      grader hint value-mul
      grader hint value-mul --level 3
    """
    from grader.hints import hint as hint_text

    found = load().exercise(exercise)
    say(hint_text(found, here.progress.next_hint(found) if level is None else level, here.width))


@cli.command()
@click.argument("expression", default="e = a*b; d = e + c; L = d * f")
@click.argument("numbers", nargs=-1, metavar="[NAME=NUMBER]...")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write: .svg, or .dot for the source.",
)
@click.option("--dot", "to_stdout", is_flag=True, help="Print the DOT source and write nothing.")
@click.pass_obj
def draw(here: Here, expression: str, numbers: tuple[str, ...], output: Path | None, to_stdout: bool) -> None:
    """Draw EXPRESSION through your own engine, with every value and gradient; wrong ones are outlined.

    \b
    Examples:
      grader draw
      grader draw "o = tanh(w*x + b)" w=-3 x=2 b=6.88 -o neuron.svg
    """
    from grader import draw as drawing
    from grader.submission import open_submission

    course = load()
    lecture = course.lecture("lecture1_micrograd")
    at = _numbers(numbers) or ({"a": 2.0, "b": -3.0, "c": 10.0, "f": -2.0} if "L = d * f" in expression else {})
    files = open_submission(here.root, course, lecture, "you").sources()
    made = drawing.draw(lecture, files, expression, at)
    if to_stdout:
        say(made.source, nl=False)
        return
    file, remark = drawing.save(made, output or Path(f"{lecture.id}-graph.svg"))
    if remark:
        say(remark, err=True)
    wrong = f" Not as expected, and outlined: {', '.join(made.wrong)}." if made.wrong else ""
    say(f"Drew {expression!r} through your engine: {file}.{wrong}")


@cli.command()
@click.argument("lecture")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The zip to write.")
@click.option("--student", metavar="NAME", help="Your name as your class knows it; your login name if left out.")
@click.pass_obj
def pack(here: Here, lecture: str, output: Path | None, student: str | None) -> None:
    """Pack LECTURE into one zip to hand in, and run the public checks on exactly what was packed.

    \b
    Examples:
      grader pack lecture1_micrograd
      grader pack 1 --student ada -o ada.zip
    """
    import getpass

    from grader import pack as packing
    from grader.check import examiner
    from grader.gradebook import student_name
    from grader.overview import pack_text
    from grader.stubs import write_whole
    from grader.submission import open_submission

    course = load()
    found = course.lecture(lecture)
    choice = packing.choose(here.root, found)
    name = student_name(Path(student or getpass.getuser()))
    data = packing.build(choice, course, name)
    file = output or Path(f"{found.id}-{name}.zip")
    write_whole(file, data)
    with examiner(found, CHECK_SEED) as judge:
        report = judge.examine(open_submission(file, course, found, name), hidden=False)
    say(pack_text(choice, report, file, data))


@cli.command()
@click.argument("inbox", type=click.Path(path_type=Path))
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where reports and gradebook.csv go.",
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
@click.option("--json", "as_json", is_flag=True, help="Print the rows as one JSON document and nothing else.")
def grade(inbox: Path, out: Path, lecture: str | None, jobs: int | None, seed: int | None, as_json: bool) -> None:
    """Grade every submission in INBOX: zips made by `grader pack`, or folders with module files.

    \b
    Examples:
      grader grade inbox --out marks
      grader grade inbox --out marks --lecture 1 --jobs 4
    """
    from grader import gradebook
    from grader.overview import class_data, class_text

    wanted = load().lecture(lecture) if lecture else None
    count = len(gradebook.entries(inbox))
    chosen = gradebook.class_seed(out, seed)
    with _progress_bar(count, as_json) as arrived:
        rows = gradebook.grade(inbox, out, wanted, min(jobs or _spare_processors(), count), chosen, arrived)
    if as_json:
        say(json.dumps(class_data(rows, chosen), indent=1))
    else:
        say(class_text(rows, out))
    sys.exit(3 if any(row.status == gradebook.BROKEN for row in rows) else 0)


@cli.command()
def audit() -> None:
    """Prove the course sound: stubs fail, the reference passes, every known mistake is caught and named.

    \b
    Examples:
      grader audit
    """
    from grader.audit import audit as run_audit

    holes = run_audit(load(), say)
    say(f"{len(holes)} holes." if holes else "Sound: no holes found.")
    sys.exit(1 if holes else 0)


@cli.command()
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
    help="Write a course folder there instead of exercises/.",
)
@click.option("--overwrite", is_flag=True, help="Replace files that differ. Your work in them is lost.")
def stubs(only_check: bool, folder: Path | None, overwrite: bool) -> None:
    """Write the stubs that the reference gives; a file that differs is kept unless you say otherwise.

    \b
    Examples:
      grader stubs --to ~/zero-to-hero
      grader stubs --check
    """
    from grader.course import PROJECT
    from grader.stubs import stale, write_stubs

    if only_check:
        names = stale(load())
        say("\n".join(f"differs: {name}" for name in names) or "exercises/ is what the reference gives.")
        sys.exit(1 if names else 0)
    target = folder or PROJECT / "exercises"
    written, kept = write_stubs(target, overwrite)
    say(
        f"{len(written)} files written to {target}" + (f": {', '.join(written)}" if 0 < len(written) < 6 else ".")
    )
    if kept:
        say(
            f"Kept as they are, because they differ: {', '.join(kept)}. To replace them: grader stubs --overwrite"
        )
    sys.exit(1 if kept else 0)


@cli.command()
@click.pass_obj
def demo(here: Here) -> None:
    """The whole path in half a minute: four submissions, checked, packed and graded in a temporary folder.

    \b
    Examples:
      grader demo
    """
    from grader.demo import demo as run_demo
    from grader.overview import rows_text

    run_demo(say, lambda rows: say(rows_text(rows)), here.paint)


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Print the facts as one JSON document and nothing else.")
@click.pass_obj
def doctor(here: Here, as_json: bool) -> None:
    """Versions, the isolation in force, where each setting comes from, and a self-test.

    \b
    Examples:
      grader doctor
      grader doctor --json
    """
    from grader.doctor import examine

    facts = []
    for what, how, well in examine(load(), here.start, here.origin):
        facts.append({"what": what, "how": how, "well": well})
        if not as_json:
            say(f"{'ok  ' if well else 'LOOK'}  {what:<14}{how}")
    if as_json:
        say(json.dumps({"schema": "zero-to-hero/doctor/1", "facts": facts}, indent=1))
    sys.exit(0 if facts[-1]["well"] else 3)


def _target(here: Here, word: str | None) -> tuple[Lecture, list[str]]:
    """The lecture and the exercise ids that a word on the command line means."""
    course = load()
    if word is None:
        return _default_target(here, course)
    if word in course.exercises:
        return course.lecture(course.exercises[word].lecture), [word]
    for lecture in course.lectures:
        if word.rstrip("/") in (lecture.id, str(lecture.number), f"lecture{lecture.number}", lecture.title):
            return lecture, [exercise.id for exercise in lecture.exercises]
    if word.endswith(".py"):
        return _file_target(here, course, word)
    course.exercise(word)
    raise AssertionError("unreachable: exercise() raises for an unknown word")


def _default_target(here: Here, course: Course) -> tuple[Lecture, list[str]]:
    here_is = here.start.resolve()
    inside = [lecture for lecture in course.lectures if here.root / lecture.id in (here_is, *here_is.parents)]
    following: Exercise | None = here.progress.next_exercise(course)
    lecture = inside[0] if inside else course.lecture(following.lecture) if following else course.lectures[-1]
    return lecture, [exercise.id for exercise in lecture.exercises]


def _file_target(here: Here, course: Course, word: str) -> tuple[Lecture, list[str]]:
    path = Path(word)
    file = (here.start / path).resolve()
    for lecture in course.lectures:
        ids = [e.id for e in lecture.exercises if e.file == path.name]
        if ids and (
            file.parent == here.root / lecture.id or path.parent.name == lecture.id or len(course.lectures) == 1
        ):
            return lecture, ids
    names = ", ".join(name for lecture in course.lectures for name in lecture.files)
    raise UsageError(f"No exercise is written in {word}. Files of this course: {names}.")


def _counted(ids: list[str], lecture: Lecture) -> str:
    return ids[0] if len(ids) == 1 else f"{len(ids)} exercises"


def _examine(here: Here, lecture: Lecture, ids: list[str], hidden: bool) -> "Report":
    from grader.check import examiner

    submission = _own_submission(here, lecture)
    with examiner(lecture, CHECK_SEED) as judge:
        return judge.examine(submission, ids, hidden)


def _own_submission(here: Here, lecture: Lecture) -> "Submission":
    """The student's own folder; where nothing is there yet, the way to get it is said."""
    from grader.submission import open_submission

    if not (here.root / lecture.id).is_dir():
        raise UsageError(
            f"There is no folder {lecture.id} in {here.root}. Write its stubs there: grader stubs --to {here.root}"
        )
    return open_submission(here.root, load(), lecture, "you")


def _numbers(words: tuple[str, ...]) -> dict[str, float]:
    found = {}
    for word in words:
        name, sign, number = word.partition("=")
        try:
            found[name.strip()] = float(number)
        except ValueError:
            sign = ""
        if not sign or not name.strip().isidentifier():
            raise UsageError(f'{word!r} is not NAME=NUMBER, as in: grader draw "c = a * b" a=2.0 b=-3.0')
    return found


def _spare_processors() -> int:
    return (
        max(1, len(os.sched_getaffinity(0)) - 1)
        if hasattr(os, "sched_getaffinity")
        else max(1, (os.cpu_count() or 2) - 1)
    )


@contextmanager
def _progress_bar(count: int, quiet: bool) -> Iterator[Any]:
    """A bar with count, rate and time left on a terminal; elsewhere a line for every tenth; with --json nothing."""
    if quiet:
        yield lambda row: None
    elif sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        with _rich_bar(count) as arrived:
            yield arrived
    else:
        done: list[Row] = []

        def line(row: "Row") -> None:
            done.append(row)
            if len(done) * 10 // count > (len(done) - 1) * 10 // count:
                say(f"graded {len(done)} of {count}", err=True)

        yield line


@contextmanager
def _rich_bar(count: int) -> Iterator[Any]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("grading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(), TextColumn("left"),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True, no_color=not in_colour())) as progress:
        task = progress.add_task("", total=count, rate="")

        def arrived(row: "Row") -> None:
            speed = progress.tasks[task].speed
            progress.update(task, advance=1, rate=f"{speed:.1f}/s" if speed else "")

        yield arrived


def main() -> None:
    """The console script."""
    cli(prog_name="grader")
