"""What the progress of an exercise rests on: its functions, what they may call, and what the exercise needs first."""

import hashlib
from collections.abc import Iterator, Mapping

from grader.course import Exercise, Lecture, load, places, rules
from grader.desk.parts import EVERYTHING, Part, parts_of
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
            reached = self._reached(frozenset(self._roots(exercise)))
            anything = any(EVERYTHING in part.words for part in reached)
            self.known[exercise.id] = self.of_all() if anything else self._of(exercise, reached)
        return self.known[exercise.id]

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

    def _roots(self, exercise: Exercise) -> Iterator[str]:
        """The names of what is written for an exercise, and for all that it needs in its lecture."""
        functions, ahead, seen = places.functions(self.lecture), [exercise], set()
        while ahead:
            one = ahead.pop()
            if one.id not in seen and one.lecture == self.lecture.id:
                seen.add(one.id)
                ahead += map(load().exercise, one.needs)
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


def _hash(texts: list[str]) -> str:
    return hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()
