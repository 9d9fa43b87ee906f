"""Names that an exercise's own code may not use: read from the syntax tree, and held against the tests that run it."""

from collections.abc import Mapping

from grader.course import Exercise, Lecture, places, rules
from grader.judging import messages
from grader.judging.findings import FAILED, PASSED, Finding
from grader.judging.our_solution import Ours
from grader.judging.suite import Test
from grader.judging.tried_test import Trial
from grader.judging.verdicts import unrun

Told = tuple[str, str]  # the place, and the sentence about it


class Uses:
    """Where a submission uses what its statements leave out. What a measurement does not see, the tree shows."""

    def __init__(self, lecture: Lecture, sources: Mapping[str, str], ours: Ours) -> None:
        self.lecture = lecture
        self.ours = ours
        own = frozenset().union(*map(rules.defined, sources.values())) if lecture.forbidden_names else frozenset()
        self.found = {
            (exercise.id, function): told
            for exercise in lecture.exercises
            for function in places.functions_of(exercise)
            if (told := _told(lecture, exercise, function, sources, own))
        }

    def counted(self, finding: Finding, trial: Trial) -> Finding:
        """What passes by a name that the exercise may not use has not passed; what is wrong is told as it is."""
        used = self._by(trial) if finding.status == PASSED else None
        return unrun(trial.test, FAILED, used[1], used[0]) if used else finding

    def _by(self, trial: Trial) -> Told | None:
        """The first use in a function of the test's exercise that our solution runs in this test too."""
        mine = {function: told for (id, function), told in self.found.items() if id == trial.test.exercise}
        ran = self._ran(trial) if mine else set()
        return next((told for function, told in mine.items() if function in ran), None)

    def _ran(self, trial: Trial) -> set[str]:
        """The functions of the exercise's file that our solution runs to answer the questions of a test."""
        ran = {place for case in trial.cases for place in self.ours.ran(case.probe, case.inputs)}
        return {function for file, function in ran if file == _file(self.lecture, trial.test)}


def _file(lecture: Lecture, test: Test) -> str:
    return next(exercise.file for exercise in lecture.exercises if exercise.id == test.exercise)


def _told(
    lecture: Lecture, exercise: Exercise, function: str, sources: Mapping[str, str], own: frozenset[str]
) -> Told | None:
    names = lecture.forbidden_names.get(exercise.file, ())
    if not names:
        return None
    others = {name for one in lecture.exercises if one != exercise for name in places.functions_of(one)}
    found = rules.forbidden_use(sources.get(exercise.file, ""), [function], names, own, others)
    if not found:
        return None
    name, line = found
    place = f"{lecture.id}/{exercise.file}:{line}"
    return place, messages.forbidden_use(lecture.id, exercise.file, name, line)
