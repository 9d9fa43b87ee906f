"""What the progress of an exercise rests on: its functions, what they may call, and what the exercise needs first."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache

from grader.course import Exercise, Lecture, load, places, reference_sources, rules
from grader.desk.parts import EVERYTHING, Part, parts_of
from grader.judging.recorded.archive import recording
from grader.submission import text_of


class Dependence:
    """A lecture's files as they are now, and one hash for each exercise of what it rests on in them."""

    def __init__(self, lecture: Lecture, files: Mapping[str, bytes]) -> None:
        self.lecture = lecture
        self.files = dict(files)
        self.known: dict[str, str] = {}
        own = frozenset([lecture.id, *(name.removesuffix(".py") for name in lecture.modules)])
        forbidden = lecture.forbidden_imports
        self.parts = [
            part
            for name in sorted(files)
            if name.endswith(".py")
            for part in parts_of(name, text_of(files[name]), own, tuple(forbidden.get(name, ())))
        ]
        self.names = {name for part in self.parts for name in (part.owner, part.name)}

    def of(self, exercise: Exercise) -> str:
        """The hash; whatever could change what the exercise computes changes it."""
        if exercise.id not in self.known:
            reached = self.parts_of(exercise)
            self.known[exercise.id] = self.of_all() if reached is None else self._of(exercise, reached)
        return self.known[exercise.id]

    def parts_of(self, exercise: Exercise) -> list[Part] | None:
        """What the exercise rests on: what it may call, and what was given. None if it may be anything."""
        given = {part.place for id, part in _ours(self.lecture) if not id}
        met = self._reached(frozenset(self._roots(exercise)))
        reached = [part for part in self.parts if part in met or part.place in given]
        anything = any(EVERYTHING in part.words for part in reached) or self._leaves_work(exercise, reached)
        return None if anything else reached

    def _leaves_work(self, exercise: Exercise, reached: list[Part]) -> bool:
        """Whether a function of ours sets attributes that the student's does not: then others do it, and may matter.

        An engine may hand gradients on in one place for all operations, for instance, and not in closures.
        """
        there = {part.place for part in reached}
        asked = {one.id for one in self._with_needs(exercise)}
        pairs = [(id, part) for id, part in _ours(self.lecture) if id and (id in asked or part.place in there)]
        return any(not part.kept <= self._kept_by(part.place, reached) for _, part in pairs)

    def _kept_by(self, place: tuple[str, str, str], reached: list[Part]) -> frozenset[str]:
        """The attributes that a function sets, or one that it calls; whatever is made sets all of them first."""
        own = [part for part in reached if part.place == place]
        called = frozenset().union(*(part.words for part in own)) - {"__init__"}
        makers = [*own, *(part for part in reached if part.name in called)]
        return frozenset().union(*(part.kept for part in makers))

    def _of(self, exercise: Exercise, reached: list[Part]) -> str:
        own = self.files.get(exercise.file, b"")
        breach = rules.forbidden_import(text_of(own), tuple(self.lecture.forbidden_imports.get(exercise.file, ())))
        first = own if exercise.is_data else breach and breach[0]
        return _hash([repr((exercise.file in self.files, first)), *map(self._as_text, reached)])

    def _as_text(self, part: Part) -> str:
        """A part, and which of the names that it imports are there."""
        there = sorted(part.imported.intersection(self.names))
        return repr((part.file, part.owner, part.name, part.text, there))

    def of_all(self) -> str:
        """A hash of all the files as they are."""
        return _hash([repr(sorted(self.files.items()))])

    def _with_needs(self, exercise: Exercise) -> list[Exercise]:
        """An exercise and all that it needs in its lecture."""
        found, ahead = [], [exercise]
        while ahead:
            one = ahead.pop()
            if one not in found and one.lecture == self.lecture.id:
                found.append(one)
                ahead += map(load().exercise, one.needs)
        return found

    def _roots(self, exercise: Exercise) -> Iterator[str]:
        """The names of what is written for an exercise, and for all that it needs in its lecture."""
        functions = places.functions(self.lecture)
        for one in self._with_needs(exercise):
            yield one.file
            yield from (word for name in functions.get(one.id, ()) for word in name.split("."))

    def _reached(self, words: frozenset[str]) -> list[Part]:
        """The parts that may run, with all that those may run, and the imports of their files."""
        while True:
            found = [part for part in self.parts if part.is_reached(words)]
            more = words.union(*(part.words for part in found))
            if more == words:
                return found
            words = more


@cache
def _ours(lecture: Lecture) -> tuple[tuple[str, Part], ...]:
    """The functions of our own solution, each with the exercise that it belongs to; "" for those that are given."""
    if archive := recording(lecture):
        told = archive.part("kept")
        return tuple(
            (id, Part(file, owner, name, "", frozenset(), frozenset(), frozenset(kept)))
            for id, (file, owner, name), kept in told
        )
    own = frozenset(name.removesuffix(".py") for name in lecture.modules)
    parts = [p for name, text in reference_sources(lecture).items() for p in parts_of(name, text, own, ())]
    functions = places.functions(lecture)
    named = {(e.file, name): e.id for e in lecture.exercises for name in functions.get(e.id, ())}
    every = [(named.get((p.file, ".".join(filter(None, [p.owner, p.name]))), ""), p) for p in parts if _is_function(p)]
    return tuple(every)


def kept_attributes(lecture: Lecture) -> list[list[object]]:
    """Of each of our functions the exercise, the place, and the attributes that it sets, for a student kit."""
    return [[id, list(part.place), sorted(part.kept)] for id, part in _ours(lecture)]


def _is_function(part: Part) -> bool:
    return bool(part.name) and part.text.startswith(("FunctionDef", "AsyncFunctionDef"))


def _hash(texts: list[str]) -> str:
    return hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()
