"""Commands for whoever does the exercises: status, list, check, hint, pack."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli import completion, one_case
from grader.cli.here import Here, say
from grader.cli.targets import counted, own_submission, refuse, target
from grader.course import Lecture, load
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.judging.findings import Report

CHECK_SEED = 1


@click.command()
@click.pass_obj
def status(here: Here) -> None:
    """What is done, what is next, and which file and line to open.

    \b
    Examples:
      grader status
      grader -C ~/zero-to-hero status
    """
    from grader.desk.standing import status_text

    say(status_text(load(), here.progress, here.width, here.paint))


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
@click.pass_obj
def list_(here: Here, as_json: bool) -> None:
    """All exercises with their points and where they stand.

    \b
    Examples:
      grader list
      grader list --json
    """
    from grader.desk.standing import list_data, list_text

    if as_json:
        say(json.dumps(list_data(load(), here.progress), indent=1))
    else:
        say(list_text(load(), here.progress, here.width, here.paint))


@click.command()
@click.argument("word", metavar="[TARGET]", required=False, shell_complete=completion.target)
@click.option("-v", "--verbose", is_flag=True, help="Every check in full, and more of what your code printed.")
@click.option("--hidden", is_flag=True, help="Run the hidden checks as well, where this copy has them.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON document and nothing else.")
@click.option("--replay", "again", is_flag=True, help="Only the smallest case in which an exercise failed last.")
@click.option("--debug", is_flag=True, help="That case in your terminal, under pdb, Python's debugger.")
@click.option(
    "--summary", type=click.Path(dir_okay=False, path_type=Path), help="Add the report to this file, as Markdown."
)
@click.option(
    "--html", "page", type=click.Path(dir_okay=False, path_type=Path), help="Write what a notebook shows of it there."
)
@click.pass_obj
def check(
    here: Here,
    word: str | None,
    verbose: bool,
    hidden: bool,
    as_json: bool,
    again: bool,
    debug: bool,
    summary: Path | None,
    page: Path | None,
) -> None:
    """Check an exercise, a file or a lecture; without TARGET, the lecture of the next exercise.

    \b
    Examples:
      grader check value-mul
      grader check engine.py -v
      grader check value-mul --replay
      grader check value-mul --debug
    """
    if hidden and load().is_student_kit:
        raise UsageError("No hidden check is in the student kit; they are run at grading. Leave --hidden out.")
    lecture, ids = target(here, word)
    if again or debug:
        command = f"grader check EXERCISE --{'debug' if debug else 'replay'}"
        both = again and debug
        refuse(command, **{"-v": verbose, "--hidden": hidden, "--json": as_json, "--html": page, "--replay": both})
        sys.exit(one_case.debug(here, lecture, word) if debug else one_case.replay(here, lecture, word))
    if not as_json and not here.running:
        title = f"Lecture {lecture.number} {lecture.title}"
        say(f"{title}: checking {counted(ids, lecture)} ...", err=not sys.stdout.isatty())
    report = examine(here, lecture, ids, hidden)
    here.progress.remember(report)
    if summary:
        _add_summary(report, summary)
    if as_json:
        _say_json(report)
    else:
        _say_report(here, report, ids, hidden, verbose)
    if page:
        _write_page(here, report, ids, hidden, page)
    sys.exit(report.exit_code)


def _add_summary(report: "Report", file: Path) -> None:
    """Behind what other steps have written there. Raises UsageError if it cannot be."""
    from grader.report.as_json import to_dict
    from grader.report.as_results import step_summary

    try:
        with file.open("a", encoding="utf-8") as opened:
            opened.write(step_summary(to_dict(report)))
    except OSError as error:
        raise UsageError(f"{file} cannot be written ({error.strerror}). Choose another file for --summary.") from None


def _say_json(report: "Report") -> None:
    from grader.report.as_json import to_json

    say(to_json(report), nl=False)


def _say_report(here: Here, report: "Report", ids: list[str], hidden: bool, verbose: bool) -> None:
    if here.running:
        from grader.desk.notebooks.telling import cell_text

        say(cell_text(report, here.progress, ids, hidden, here.width, here.paint, verbose))
        return
    from grader.desk.overview import check_text

    for remark in report.submission.remarks:
        say(remark)
    say(check_text(report, load(), here.progress, ids, hidden, here.width, here.paint, verbose))


def _write_page(here: Here, report: "Report", ids: list[str], hidden: bool, page: Path) -> None:
    from grader.course.whole_files import write_whole
    from grader.desk.notebooks.telling import cell_page

    write_whole(page, cell_page(report, here.progress, ids, hidden).encode())


@click.command()
@click.argument("exercise", shell_complete=completion.exercise)
@click.option("--level", type=int, metavar="N", help="The hint of this level; without it, the next one.")
@click.pass_obj
def hint(here: Here, exercise: str, level: int | None) -> None:
    """A hint for EXERCISE: first a question, then where to look, then the principle on another example.

    If the last check recognised a mistake, the next hint is about that.

    \b
    Examples:
      grader hint value-mul
      grader hint value-mul --level 3
    """
    from grader.desk.hints import hint as hint_text
    from grader.desk.hints import next_hint

    found = load().exercise(exercise)
    say(next_hint(found, here.progress, here.width) if level is None else hint_text(found, level, here.width))


@click.command()
@click.argument("lecture", shell_complete=completion.lecture)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The zip to write.")
@click.option("--student", metavar="NAME", help="Your name as your class knows it; your login name if left out.")
@click.pass_obj
def pack(here: Here, lecture: str, output: Path | None, student: str | None) -> None:
    """Pack LECTURE into one zip to hand in, and run the public checks on exactly what was packed.

    \b
    Examples:
      grader pack 1
      grader pack 1 --student ada -o ada.zip
    """
    import getpass

    from grader.course.whole_files import write_whole
    from grader.desk.overview import pack_text
    from grader.judging.examiner import examiner
    from grader.submission import open_submission, packing
    from grader.submission.naming import file_name

    course = load()
    found = course.lecture(lecture)
    choice = packing.choose(here.root, found)
    name = student or getpass.getuser()
    data = packing.build(choice, course, name)
    file = output or Path(f"{found.id}-{file_name(name)}.zip")
    write_whole(file, data)
    with examiner(found, CHECK_SEED, apart=True) as judge:
        report = judge.examine(open_submission(file, course, found, name), hidden=False)
        remark = judge.left_out.told
    say(f"{remark}\n" * bool(remark), nl=False)
    say(pack_text(choice, report, file, data))


def examine(here: Here, lecture: Lecture, ids: list[str], hidden: bool) -> "Report":
    """The report on some exercises of the student's own files."""
    from contextlib import closing

    from grader.sandbox import Sandbox

    with Sandbox(lecture.id) as box:  # what it imports takes a while: meanwhile this process gets ready
        from grader.desk import overview  # noqa: F401
        from grader.judging.examiner import Examiner
        from grader.judging.kept_answers import kept_answers

        submission = own_submission(here, lecture)
        with kept_answers(lecture) as kept:
            judge = Examiner(lecture, box, CHECK_SEED, kept=kept, tries_made=True, apart=True)
            with closing(judge):
                return judge.examine(submission, ids, hidden)
