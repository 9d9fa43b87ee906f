"""What a shell offers after `grader check `, `hint`, `pack` and `draw`: exercises with their titles, and lectures.

click makes the script for bash, zsh and fish; `grader doctor` says how to turn it on.
"""

from collections.abc import Callable, Iterator

import click
from click.shell_completion import CompletionItem

from grader.course import load
from grader.errors import KitError

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def _of(*kinds: Callable[[], Iterator[CompletionItem]]) -> Complete:
    """All of these kinds that begin as what was typed; nothing where there is no course: a shell shows no errors."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        try:
            return [item for kind in kinds for item in kind() if item.value.startswith(incomplete)]
        except KitError:
            return []

    return complete


def _exercises() -> Iterator[CompletionItem]:
    return (CompletionItem(exercise.id, help=exercise.title) for exercise in load().exercises.values())


def _lectures() -> Iterator[CompletionItem]:
    return (CompletionItem(lecture.id, help=lecture.title) for lecture in load().lectures)


exercise, lecture, target = _of(_exercises), _of(_lectures), _of(_exercises, _lectures)
