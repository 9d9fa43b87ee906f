"""Every need of the course, in every way in which it can go wrong, beside our solution of what needs it."""

import re
from dataclasses import dataclass

from grader.course import Exercise, Lecture, load, reference_sources
from grader.judging import suite
from grader.judging.examination import Examination
from grader.judging.findings import PASSED, Finding
from grader.judging.mistakes.edits import exercises_of
from grader.judging.mistakes.known import edited_sources, known_mistakes
from grader.judging.subjects import Misconceived, Reference
from grader.submission import Submission

SEED = 5
UNWRITTEN, RAISING = "not written", "raises"


@dataclass(frozen=True)
class Way:
    """One way in which an exercise goes wrong: what it is called, and the files of the lecture that then differ."""

    name: str
    files: dict[str, str]


class Silent:
    """Names no mistake: here only points are looked at."""

    def __init__(self, lecture: Lecture) -> None:
        self.lecture = lecture

    def name(self, *args, **options):
        return ()

    def explain(self, *args):
        return False

    def as_if(self, *arguments: object) -> None:
        """Nor is it sought among the made ones."""

    def two_apart(self, *arguments: object) -> None:
        """Nor in two of which each shows somewhere else."""


def needs(lecture: Lecture) -> list[tuple[Exercise, str]]:
    """Each exercise of a lecture with each other one that it, or one of its tests, says that it needs."""
    found = [(exercise, need) for exercise in lecture.exercises for need in exercise.needs]
    found += [(load().exercise(test.exercise), need) for test in suite.tests_of(lecture) for need in test.needs]
    return list(dict.fromkeys(found))


def ways(lecture: Lecture, need: str, beside: str) -> list[Way]:
    """The known mistakes in an exercise that leave another one as it is, and two ways to have nothing."""
    found = [_without(lecture, need, kind) for kind in (UNWRITTEN, RAISING)]
    for mistake in known_mistakes(lecture.id):
        for number, edits in enumerate(mistake.variants):
            where = exercises_of(edits, lecture)
            if need in where and beside not in where:
                found.append(Way(f"{mistake.id} {number}", edited_sources(edits, lecture, mistake.id)))
    return found


def _without(lecture: Lecture, need: str, kind: str) -> Way:
    line = f'raise NotImplementedError("{need}")' if kind == UNWRITTEN else 'raise ValueError("something else")'
    region = re.compile(rf"( *)### BEGIN SOLUTION {re.escape(need)}\n.*?### END SOLUTION", re.DOTALL)
    sources = reference_sources(lecture)
    return Way(kind, {file: region.sub(rf"\1{line}", text) for file, text in sources.items() if region.search(text)})


class Class:
    """A lecture's course, asked what is said of an exercise while another one goes wrong."""

    def __init__(self, lecture: Lecture) -> None:
        self.lecture = lecture
        self.reference = Reference(lecture)
        self.known: dict[str, Examination] = {}

    def findings(self, exercise: Exercise, way: Way) -> list[Finding]:
        """What comes of the exercise when its need goes wrong in this way."""
        key = repr(sorted(way.files.items()))
        if key not in self.known:
            self.known = {key: self._examination(way)}
        return self.known[key].findings_on(exercise)

    def _examination(self, way: Way) -> Examination:
        texts = reference_sources(self.lecture) | way.files
        submission = Submission("ada", self.lecture, {name: text.encode() for name, text in texts.items()})
        subject = Misconceived(self.lecture, way.files)
        tests = suite.tests_of(self.lecture)
        return Examination(submission, subject, tests, self.reference, Silent(self.lecture), SEED)

    def lost(self, exercise: Exercise, way: Way) -> list[Finding]:
        """The findings that cost the exercise a point."""
        return [finding for finding in self.findings(exercise, way) if finding.status != PASSED]
