"""The command that checks whenever a file is saved, and what its keys do."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import click

from grader.cli import completion
from grader.cli.here import Here, in_colour, say
from grader.cli.learner import CHECK_SEED
from grader.cli.targets import own_submission, target
from grader.course import Exercise, Lecture, load
from grader.judging.findings import PASSED

if TYPE_CHECKING:
    from grader.desk.watch.inbox import Inbox
    from grader.desk.watch.screen import Screen
    from grader.desk.watch.session import Act, Session
    from grader.desk.watch.student import Student

KEYS = "h hint  r replay  l list  d draw  n next  v more  c check  x reset  q quit"
NO_KEYS = "Ctrl-C ends it"


@click.command()
@click.argument("word", metavar="[TARGET]", required=False, shell_complete=completion.target)
@click.pass_obj
def watch(here: Here, word: str | None) -> None:
    """Check what you save, as soon as you save it: an exercise, and then the next one of its lecture.

    \b
    Examples:
      grader watch
      grader watch value-mul
      grader watch 2
    """
    from grader.desk.watch.inbox import Inbox
    from grader.desk.watch.senses import keys_in

    inbox, exercise = Inbox(), _first(here, *target(here, word))
    with suppress(KeyboardInterrupt), keys_in(inbox) as has_keys, _screen(has_keys) as screen:
        while exercise:
            exercise = _watched(here, exercise, screen, inbox)


def _first(here: Here, lecture: Lecture, ids: list[str]) -> Exercise | None:
    """The first of these exercises that has not passed, else the first."""
    exercises = [exercise for exercise in lecture.exercises if exercise.id in ids]
    return next((e for e in exercises if here.progress.status(e) != PASSED), exercises[0])


@contextmanager
def _screen(has_keys: bool) -> Iterator["Screen"]:
    from rich.console import Console

    from grader.cli.screen import Blocks, Standing

    console = Console(no_color=not in_colour(), highlight=False, markup=False, emoji=False)
    if not console.is_terminal or console.is_dumb_terminal:
        yield Blocks(console)
        return
    with Standing(console, KEYS if has_keys else NO_KEYS) as screen:
        yield screen


def _watched(here: Here, exercise: Exercise, screen: "Screen", inbox: "Inbox") -> Exercise | None:
    """Watch a lecture until it is complete; the exercise to go on with, None if it is over."""
    from grader.desk.watch import telling
    from grader.desk.watch.judge import Judge
    from grader.desk.watch.senses import saves_in
    from grader.desk.watch.session import Session

    student, lecture = _student(here), load().lecture(exercise.lecture)
    with saves_in(here.root / lecture.id, inbox), Judge(lecture, CHECK_SEED, inbox.interrupts) as judge:
        if not Session(judge, exercise, student, screen, inbox, _acts()).run():
            return None
    left = [other for other in load().lectures if student.progress.done(other) < len(other.exercises)]
    following = next((other for other in left if other.number > lecture.number), left[0] if left else None)
    screen.keep(telling.complete(lecture, following))
    return _first(here, following, [e.id for e in following.exercises]) if following else None


def _student(here: Here) -> "Student":
    from grader.desk.watch.student import Student

    return Student(here.root, lambda lecture: own_submission(here, lecture), lambda: here.width, here.paint)


def _acts() -> dict[str, "Act"]:
    """What each key does."""
    return {
        "h": _command("hint"),
        "r": _command("check", "--replay"),
        "l": lambda session: session.screen.keep(session.listed()),
        "d": _drawing,
        "n": lambda session: session.move_on(),
        "v": lambda session: session.screen.keep(session.all_of_it()),
        "c": lambda session: session.look_anew(),
        "x": _resetting,
    }


def _command(*words: str) -> "Act":
    """What this command would do, typed for the exercise on the screen."""

    def act(session: "Session") -> None:
        _run(session, [words[0], session.exercise.id, *words[1:]])

    return act


def _drawing(session: "Session") -> None:
    _run(session, ["draw", str(session.lecture.number)])


def _resetting(session: "Session") -> None:
    reset = ["reset", session.exercise.id, "--yes"]
    session.ask(f"Put the stub of {session.exercise.id} back?", lambda session: _run(session, reset))


def _run(session: "Session", words: list[str]) -> None:
    """Run a command of ours where the watch runs, and let its own exit end it alone."""
    group = click.get_current_context().find_root().command
    with session.screen.aside(), suppress(SystemExit):
        say(f"$ grader {' '.join(words)}")
        group.main(["-C", str(session.student.root), *words], prog_name="grader", standalone_mode=False)
