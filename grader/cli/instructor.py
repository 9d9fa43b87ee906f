"""Commands for instructors and authors: grade, audit, stubs, demo, doctor."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.bar import interruptible, processors, progress_bar, spare_processors
from grader.cli.here import Here, say
from grader.course import Lecture, load
from grader.errors import UsageError
from grader.inside.levels import LANDLOCK, LEVELS, PROCESS

if TYPE_CHECKING:
    from grader.proof.audit import Proof
    from grader.proof.mutants import Survey

WITHOUT = "WARNING  This code runs without a sandbox: it can read and change what you can, and use the network."
FEW = 4  # so many file names are listed


@click.command()
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
@click.option("--json", "as_json", is_flag=True, help="Print the rows as one JSON document and nothing else.")
def grade(
    inbox: Path,
    out: Path,
    lecture: str | None,
    jobs: int | None,
    seed: int | None,
    again: bool,
    cluster: str,
    least: str,
    unsafe: bool,
    as_json: bool,
) -> None:
    """Grade every submission in INBOX: zips made by `grader pack`, folders with module files, or notebooks.

    A run that was stopped goes on where it was with the same command; what has not changed is not marked twice.

    \b
    Examples:
      grader grade inbox --out marks
      grader grade inbox --out marks --lecture 1 --jobs 4
      grader grade inbox --out marks --cluster tcp://10.0.0.5:8786
    """
    from grader.office import gradebook
    from grader.office.class_view import class_data, class_text
    from grader.sandbox import isolation

    if cluster and jobs:
        raise UsageError("--jobs is for this machine alone. On a cluster its workers decide how many at a time.")
    wanted = load().lecture(lecture) if lecture else None
    count = len(gradebook.entries(inbox))
    level = isolation.for_strangers(least, unsafe)
    if level == PROCESS:
        say(WITHOUT, err=True)
    with interruptible(count) as counted, progress_bar(count, as_json) as shown:
        rows = gradebook.grade(
            inbox, out, wanted, min(jobs or spare_processors(), count), seed, counted(shown),
            level=level, cluster=cluster, again=again,
        )  # fmt: skip
    left_over = gradebook.left_over(out, rows)
    if as_json:
        say(json.dumps(class_data(rows, gradebook.class_seed(out, None), left_over), indent=1))
    else:
        say(class_text(rows, out, left_over))
    sys.exit(3 if any(row.status == gradebook.BROKEN for row in rows) else 0)


@click.command()
@click.argument("lectures", nargs=-1, metavar="[LECTURE]...")
@click.option("--mutants", is_flag=True, help="Make each small change to the reference as well: does a check see it?")
@click.option(
    "--sample", type=click.IntRange(1), metavar="N", help="With --mutants: N of each lecture, always the same."
)
@click.option(
    "--jobs", type=click.IntRange(1, 64), help="With --mutants: how many at a time; all processors if left out."
)
@click.option(
    "--unrecognised",
    "marks",
    type=click.Path(path_type=Path),
    metavar="GRADEBOOK",
    help="Instead, show what no known mistake explains in a class that was graded: the folder of its marks.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
def audit(
    lectures: tuple[str, ...], mutants: bool, sample: int | None, jobs: int | None, marks: Path | None, as_json: bool
) -> None:
    """Prove the course sound: stubs fail, the reference passes, every known mistake is caught and named.

    \b
    Examples:
      grader audit
      grader audit 2
      grader audit --mutants 1
      grader audit --mutants --sample 50 --json
      grader audit --unrecognised marks
    """
    from grader.proof.audit import audit_data, lecture_text, measure, table

    if (sample or jobs) and not mutants:
        raise UsageError("--sample and --jobs belong to --mutants: grader audit --mutants --sample 50")
    if marks:
        _unrecognised(marks, lectures, mutants, as_json)
        return
    chosen = [load().lecture(word) for word in lectures] or list(load().lectures)
    surveys = _surveys(chosen, sample) if mutants else []
    tell: Callable[[str], None] = (lambda text: None) if as_json else say
    proofs = []
    for lecture in chosen:
        proofs.append(measure(load(), lecture))
        tell(lecture_text(proofs[-1]))
    if surveys:
        _try_mutants(proofs, surveys, jobs or processors(), tell, quiet=as_json)
    say(json.dumps(audit_data(proofs), indent=1) if as_json else table(proofs))
    sys.exit(1 if any(proof.holes for proof in proofs) else 0)


def _unrecognised(marks: Path, lectures: tuple[str, ...], mutants: bool, as_json: bool) -> None:
    """Print the groups of a class whose wrong output nobody has recognised."""
    from grader.proof.unrecognised import unrecognised
    from grader.proof.unrecognised.shown import unrecognised_data, unrecognised_text

    if mutants:
        raise UsageError("--unrecognised looks at a class and --mutants at the course. Ask for one of them.")
    found = unrecognised(marks, [load().lecture(word).id for word in lectures])
    say(json.dumps(unrecognised_data(found), indent=1) if as_json else unrecognised_text(found))


def _surveys(lectures: list[Lecture], sample: int | None) -> list["Survey"]:
    from grader.proof.mutants import survey

    return [survey(lecture, sample) for lecture in lectures]


def _try_mutants(
    proofs: list["Proof"], surveys: list["Survey"], jobs: int, tell: Callable[[str], None], quiet: bool
) -> None:
    """Try the mutants of each lecture and print a table for each."""
    from grader.proof.mutants import survey_text

    with progress_bar(sum(len(each.chosen) for each in surveys), quiet, "trying", "tried") as arrived:
        for proof, each in zip(proofs, surveys, strict=True):
            each.run(jobs, arrived)
            proof.survey = each
            tell(survey_text(each))


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
    help="Write a course folder there instead of exercises/.",
)
@click.option("--overwrite", is_flag=True, help="For authors: replace files in exercises/ that differ.")
def stubs(only_check: bool, folder: Path | None, overwrite: bool) -> None:
    """Write the stubs that the reference gives; a file that differs is kept unless you say otherwise.

    \b
    Examples:
      grader stubs --to ~/zero-to-hero
      grader stubs --check
    """
    from grader.course.stubs import stale, write_stubs

    if only_check:
        names = stale(load())
        say("\n".join(f"differs: {name}" for name in names) or "exercises/ is what the reference gives.")
        sys.exit(1 if names else 0)
    if folder and overwrite:
        raise UsageError("--overwrite is for exercises/ alone. To start a file anew, move yours away first.")
    to = folder or load().folders.exercises
    written, kept = write_stubs(to, overwrite)
    if written:
        which = f": {', '.join(written)}" if len(written) <= FEW else "."
        count = f"{len(written)} {'file' if len(written) == 1 else 'files'}"
        say(f"Wrote {count} to {to}{which}")
    elif not kept:
        say("Nothing to write: every file is there already.")
    if kept:
        say(f"Kept as they are, because they have been worked on: {', '.join(kept)}.")
    if kept and not folder:
        say("An author replaces them with: grader stubs --overwrite")


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


COMMANDS = (grade, audit, stubs, demo, doctor)
