"""The command that proves a course sound."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.bar import processors, progress_bar
from grader.cli.here import say
from grader.course import Lecture, load
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.proof.audit import Proof
    from grader.proof.edits.survey import Survey as EditSurvey
    from grader.proof.mutants import Survey


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
    if (sample or jobs) and not mutants:
        raise UsageError("--sample and --jobs belong to --mutants: grader audit --mutants --sample 50")
    if marks:
        _unrecognised(marks, lectures, mutants, as_json)
        return
    chosen = [load().lecture(word) for word in lectures] or list(load().lectures)
    surveys, edits = _surveys(chosen, sample) if mutants else ([], [])
    sys.exit(1 if any(proof.holes for proof in _proofs(chosen, surveys, edits, jobs or processors(), as_json)) else 0)


def _proofs(
    lectures: list[Lecture], surveys: list["Survey"], edits: list["EditSurvey"], jobs: int, as_json: bool
) -> list["Proof"]:
    """Prove each lecture and print what came of it, a text for each as it comes, or one document."""
    from grader.proof.audit import audit_data, lecture_text, measure, table

    tell: Callable[[str], None] = (lambda text: None) if as_json else say
    proofs = []
    for lecture in lectures:
        proofs.append(measure(load(), lecture))
        tell(lecture_text(proofs[-1]))
    if surveys:
        _try_mutants(proofs, surveys, jobs, tell, quiet=as_json)
    if edits:
        _judge_edits(proofs, edits, jobs, tell, quiet=as_json)
    say(json.dumps(audit_data(proofs), indent=1) if as_json else table(proofs))
    return proofs


def _unrecognised(marks: Path, lectures: tuple[str, ...], mutants: bool, as_json: bool) -> None:
    """Print the groups of a class whose wrong output nobody has recognised."""
    from grader.office.unrecognised import unrecognised, with_names
    from grader.office.unrecognised.shown import unrecognised_data, unrecognised_text

    if mutants:
        raise UsageError("--unrecognised looks at a class and --mutants at the course. Ask for one of them.")
    found = with_names(unrecognised(marks, [load().lecture(word).id for word in lectures]), marks)
    say(json.dumps(unrecognised_data(found), indent=1) if as_json else unrecognised_text(found))


def _surveys(lectures: list[Lecture], sample: int | None) -> tuple[list["Survey"], list["EditSurvey"]]:
    """The changes of our solutions, and those of the solutions in other hands."""
    from grader.proof.edits.survey import survey as survey_edits
    from grader.proof.mutants import survey

    return [survey(lecture, sample) for lecture in lectures], [survey_edits(lecture, sample) for lecture in lectures]


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


def _judge_edits(
    proofs: list["Proof"], surveys: list["EditSurvey"], jobs: int, tell: Callable[[str], None], quiet: bool
) -> None:
    """Judge the edits of each lecture's solutions in other hands, and print what came of them."""
    from grader.proof.edits.telling import survey_text

    with progress_bar(sum(len(each.chosen) for each in surveys), quiet, "judging", "judged") as arrived:
        for proof, each in zip(proofs, surveys, strict=True):
            each.run(jobs, arrived)
            proof.edits = each
            tell(survey_text(each))
