"""Subjects: whatever a probe can be applied to.

One is a student's submission in a worker (`grader.sandbox.sandboxed`); here are our solution, and that with one bug.
"""

import hashlib
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import lru_cache, partial
from types import ModuleType
from typing import Any, Protocol

from grader.course import Lecture, names, reference_sources
from grader.course.probe_needs import needs_of
from grader.course.safe_text import clean
from grader.inside import plain
from grader.inside.late import imported
from grader.inside.modules import Modules
from grader.inside.names import read
from grader.inside.probe import Probe, is_unwritten
from grader.sandbox.observation import RAISED, RETURNED, TODO, Asked, Observation, concluded

TORCH = "torch"
PATIENCE = 10  # so many times the seconds of a probe; the kernel ends what uses processor time without an end
REMEMBERED = 600  # answers: more than a lecture's suites ask for, and no more with every submission


def is_with_torch(lecture: str) -> bool:
    """Whether a lecture's measurements take torch."""
    return TORCH in needs_of(lecture).preload


class Subject(Protocol):
    """Anything that can be observed."""

    def observe(self, probe: Probe, inputs: Mapping[str, Any]) -> Observation: ...


class Expected(Subject, Protocol):
    """What is expected comes from it."""

    def with_data(self, probe: Probe, inputs: Mapping[str, Any], theirs: Subject) -> Observation: ...


class Remembered:
    """A subject that is asked each question once, however often it is put."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.known: dict[tuple[str, bytes], Observation] = {}

    def observe(self, probe: Probe, inputs: Mapping[str, Any]) -> Observation:
        asked = Asked.of(inputs)
        key = probe.name, asked.encoded
        if key not in self.known:
            self.known[key] = self.subject.observe(probe, asked)
        return self.known[key]


class Recall(Protocol):
    """Where answers are looked up before they are observed, and kept afterwards: by other processes as well."""

    def recall(self, question: str, observe: Callable[[], Observation]) -> Observation: ...


class Elsewhere(Protocol):
    """Another process, in which our solution is measured with some of its files as they are here."""

    def observe(
        self, edited: Mapping[str, str], probe: Probe, inputs: Mapping[str, Any], in_full: bool = False
    ) -> Observation: ...


class Reference:
    """Our own solution, observed in this process or `elsewhere`. What all are asked is answered once and remembered.

    What is asked of one alone, as in the search for its smallest failing case, is forgotten in time.
    """

    def __init__(
        self,
        lecture: Lecture,
        files: Mapping[str, str] | None = None,
        answers: Recall | None = None,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        listed = names.needed_by(lecture.id)
        if listed:
            read(str(listed.path))
        self.edited: Mapping[str, str] = {}
        self.elsewhere = elsewhere
        self.files = files or reference_sources(lecture)
        self.modules = Modules(lecture.id, self.files)
        self.answers = answers
        self.sha256 = _hash_of(lecture.id, self.modules.sources)
        self.known: dict[tuple[str, bytes], Observation] = {}

    def observe(self, probe: Probe, inputs: Mapping[str, Any]) -> Observation:
        asked = Asked.of(inputs)
        key = probe.name, asked.sha256
        answer = self.known.pop(key, None) or self._answer(probe, asked)
        self.known[key] = answer  # at the end: what was asked last is forgotten last
        if len(self.known) > REMEMBERED:
            del self.known[next(iter(self.known))]
        return answer

    def glance(self, probe: Probe, asked: Asked) -> Observation:
        """The same for somebody who looks at many and keeps what he makes of it: it is not written down."""
        return self.known.get((probe.name, asked.sha256)) or self.measure(probe, asked)

    def with_data(self, probe: Probe, inputs: Mapping[str, Any], theirs: Subject) -> Observation:
        """What comes of data that was handed in: our own code computes it, whatever theirs would."""
        return self.observe(probe, inputs)

    def _answer(self, probe: Probe, asked: Asked) -> Observation:
        if self.answers is None:
            return self.measure(probe, asked)
        question = hashlib.sha256(f"{self.sha256} {probe.name} ".encode() + asked.encoded)
        return self.answers.recall(question.hexdigest(), partial(self.measure, probe, asked))

    def measure(self, probe: Probe, asked: Asked) -> Observation:
        """What it gives now, whatever is remembered."""
        if self.elsewhere:
            patient = replace(probe, seconds=PATIENCE * probe.seconds)  # a machine that is busy is no answer
            return self.elsewhere.observe(self.edited, patient, asked, in_full=True)
        return concluded(probe, asked, self._observe(probe, plain.decode(asked.encoded)))

    def loaded(self, probe: Probe) -> AbstractContextManager[dict[str, ModuleType]]:
        """The modules that a probe asks for, executed in this process, where torch then has one thread."""
        if is_with_torch(self.modules.lecture):
            imported(TORCH)
        return self.modules.fresh(probe.modules)

    def _observe(self, probe: Probe, inputs: Mapping[str, Any]) -> Observation:
        try:
            with self.loaded(probe) as loaded:
                return Observation(RETURNED, plain.decode(plain.encode(probe(loaded, inputs))))
        except Exception as error:
            if is_unwritten(error, str(error)):
                return Observation(TODO, text=str(error))
            return Observation(RAISED, type=type(error).__name__, text=clean(str(error)))


def _hash_of(lecture: str, sources: Mapping[str, str]) -> str:
    """One hash of a lecture's files: of all names, and of the hash of each text."""
    return hashlib.sha256(
        repr((lecture, [(file, _text_hash(text)) for file, text in sources.items()])).encode()
    ).hexdigest()


@lru_cache(maxsize=1000)
def _text_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Misconceived(Reference):
    """Our solution with one bug, `edited` file by file. Whoever makes many of them reads what is `ours` once."""

    def __init__(
        self,
        lecture: Lecture,
        edited: Mapping[str, str],
        answers: Recall | None = None,
        ours: Mapping[str, str] | None = None,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        super().__init__(lecture, {**(ours or reference_sources(lecture)), **edited}, answers, elsewhere)
        self.edited = edited
