"""The smallest case in which an exercise failed: shown again, and under the debugger."""

import sys
from typing import TYPE_CHECKING

from grader.cli.here import Here, say
from grader.cli.targets import own_submission
from grader.course import Exercise, Lecture, load
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.desk.replay import Question
    from grader.judging.case import Case
    from grader.submission import Submission

WITHOUT_ONE = {
    "passed": "passes all its public checks",
    "todo": "is not written yet",
    "blocked": "waits for another exercise",
}
MOST_LETTERS = 500  # of the inputs
KEYS = "n next line, s into a call, p NAME shows it, c goes on, q leaves"


def replay(here: Here, lecture: Lecture, word: str | None) -> int:
    """Measure the last failing case of an exercise once more; the exit code is 0 if it agrees now.

    If it does not, it is written as a script too, where the modules are files that a script can import.
    """
    from grader.desk.notebooks.telling import in_the_notebook
    from grader.desk.overview import replay_text
    from grader.desk.replay import replay

    exercise = _exercise(word, "A replay is of one exercise: grader check EXERCISE --replay")
    own = own_submission(here, lecture)
    case = replay(exercise, lecture, own.sources(), here.progress.failing_case(exercise))
    told = replay_text(exercise, case, load(), here.progress, here.width, here.paint)
    say(in_the_notebook(told, own, here.running))
    if not case.agrees and not here.running and not here.progress.is_in_notebook(exercise):
        say(f"As a script, for your editor's debugger: {_script(here, exercise, lecture, case)}")
    return 0 if case.agrees else 1


def _script(here: Here, exercise: Exercise, lecture: Lecture, case: "Case") -> str:
    from grader.desk.scratch import write_script
    from grader.desk.typed import typed

    return write_script(here.root, exercise, lecture, case, typed(case, lecture))


def debug(here: Here, lecture: Lecture, word: str | None) -> int:
    """Run that case in this terminal under pdb. Nothing is judged, so the exit code is 0."""
    from grader.desk.debugging import debug, first_stops

    exercise = _exercise(word, "The debugger takes one exercise: grader check EXERCISE --debug")
    if here.running:
        raise UsageError(f"The debugger needs a terminal: grader -C {here.root} check {exercise.id} --debug")
    own = own_submission(here, lecture)
    question, files = _failing(here, lecture, exercise, own), own.sources()
    say(_told(exercise, question, bool(first_stops(exercise, files)), here.width))
    sys.stdout.flush()
    debug(exercise, lecture, files, question, here.root)
    say(f"Yours beside what is expected: grader check {exercise.id} --replay")
    return 0


def _failing(here: Here, lecture: Lecture, exercise: Exercise, own: "Submission") -> "Question":
    """The case that the last check kept, else that of a check that is made now. Raises UsageError if there is none."""
    from grader.cli.learner import examine
    from grader.desk.replay import kept_question

    if here.progress.failing_case(exercise) is None:
        report = examine(here, lecture, [exercise.id], hidden=False)
        here.progress.remember(report)
        if why := WITHOUT_ONE.get(report.status_of(exercise.id)):
            raise UsageError(f"There is no failing case of {exercise.id}: it {why}.")
    return kept_question(exercise, lecture, here.progress.failing_case(exercise))


def _told(exercise: Exercise, question: "Question", at_its_beginning: bool, width: int) -> str:
    """What is about to run, and which keys there are."""
    import textwrap

    from grader.course.safe_text import clean

    where = f"at the beginning of {exercise.id}" if at_its_beginning else "at your breakpoint()"
    inputs = clean(question.probe.show(**question.inputs), MOST_LETTERS)
    shown = textwrap.fill(inputs, width, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
    return (
        f"{exercise.id}, its smallest failing case:\n{shown}\n\n"
        f"Your code runs on it under pdb and stops {where}.\n{KEYS}\n"
    )


def _exercise(word: str | None, otherwise: str) -> Exercise:
    if word not in load().exercises:
        raise UsageError(otherwise)
    return load().exercise(word)
