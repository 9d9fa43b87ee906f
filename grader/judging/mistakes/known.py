"""Known mistakes: one-bug edits of the reference, each with the sentence a good teacher would say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from grader.course import Lecture, reference_sources
from grader.errors import Fault
from grader.judging.subjects import Elsewhere, Misconceived, Recall


@dataclass(frozen=True)
class Edit:
    """Replace `old` by `new` in one file of the reference; `times` is how often `old` must stand there."""

    file: str
    old: str
    new: str
    times: int = 1


def edit(file: str, old: str, new: str, times: int = 1) -> tuple[Edit, ...]:
    """A variant of one edit."""
    return (Edit(file, old, new, times),)


@dataclass(frozen=True)
class Misconception:
    """A mistake: what the student reads, and the ways to make it, each a list of edits that belong together.

    `varies`: which of the ways shows depends on the order of a set, so it may change from graph to graph.
    """

    id: str
    sentence: str
    question: str
    variants: tuple[tuple[Edit, ...], ...]
    varies: bool = False

    def subjects(
        self, lecture: Lecture, answers: Recall | None = None, elsewhere: Elsewhere | None = None
    ) -> Iterator[Misconceived]:
        """The reference with this mistake in it, once per variant."""
        ours = reference_sources(lecture)
        for edits in self.variants:
            yield Misconceived(lecture, edited(edits, ours, self.id), answers, ours, elsewhere)


def edited_sources(edits: tuple[Edit, ...], lecture: Lecture, name: str) -> dict[str, str]:
    """The files of our solution that the edits touch, as they read afterwards."""
    return edited(edits, reference_sources(lecture), name)


def edited(edits: tuple[Edit, ...], sources: Mapping[str, str], name: str) -> dict[str, str]:
    """The files that the edits touch, as they read afterwards. A Fault if the reference has moved away."""
    touched: dict[str, str] = {}
    for edit in edits:
        text = touched.get(edit.file, sources[edit.file])
        if text.count(edit.old) != edit.times:
            raise Fault(
                f"misconception {name}: {edit.old!r} stands {text.count(edit.old)} times in "
                f"{edit.file}, not {edit.times}"
            )
        touched[edit.file] = text.replace(edit.old, edit.new)
    return touched


@cache
def known_mistakes(lecture: str) -> tuple[Misconception, ...]:
    """The misconceptions of a lecture, in the order of the catalogue."""
    return tuple(import_module(f"grader.lectures.{lecture}.mistakes").MISCONCEPTIONS)
