"""One submission under examination: which tests are tried, what each of them waits for, and what explains it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import product

from grader.course import Exercise, load, places
from grader.judging.by_itself import all_needs
from grader.judging.case import Case, kept, pattern_of, size
from grader.judging.findings import ERRORED, FAILED, FAULT, PASSED, TODO, AsIf, Finding
from grader.judging.fingerprint import outputs_of
from grader.judging.first_wrong_step import first_step_missed
from grader.judging.mistakes.diagnosis import Diagnosis
from grader.judging.names_used import Uses
from grader.judging.our_solution import Ours
from grader.judging.subjects import Subject
from grader.judging.suite import PUBLIC, Test
from grader.judging.tried_test import Trial, attempt, foresee
from grader.judging.verdicts import Mistakes, breaches, not_begun, passed_alone, unrun, verdict, waiting
from grader.submission import Submission


@dataclass
class Judged:
    """What is known of an exercise's trials, by the names of their tests.

    `own` are those that wait for nothing, and in which something is there to be judged.
    """

    blockers: dict[str, str]
    own: list[Trial] = field(default_factory=list)
    named: dict[str, Mistakes] = field(default_factory=dict)
    as_if: dict[str, AsIf] = field(default_factory=dict)

    @property
    def is_explained(self) -> bool:
        """Whether any mistake was found that explains something."""
        return any(self.named.values()) or bool(self.as_if)


class Examination:
    """One submission under examination: each exercise's tests are tried once, when they are first asked for."""

    def __init__(
        self,
        submission: Submission,
        subject: Subject,
        tests: Iterable[Test],
        reference: Ours,
        diagnosis: Diagnosis,
        seed: int,
    ) -> None:
        self.subject = subject
        self.tests: dict[str, list[Test]] = {}
        for test in tests:
            self.tests.setdefault(test.exercise, []).append(test)
        self.reference = reference
        self.diagnosis = diagnosis
        self.seed = seed
        self.files = submission.files
        self.sources = submission.sources()
        self.breaches = dict(breaches(submission.lecture, self.sources))
        self.uses = Uses(submission.lecture, self.sources, reference)
        self.trials: dict[str, list[Trial]] = {}
        self.judged: dict[str, Judged] = {}

    def tried(self, id: str) -> list[Trial]:
        """The trials of an exercise's tests."""
        if id not in self.trials:
            foresee(self.subject, self._tests_of(id), self.seed)
            self.trials[id] = [self._attempt(test) for test in self._tests_of(id)]
        return self.trials[id]

    def _attempt(self, test: Test) -> Trial:
        def is_waiting() -> bool:
            return any(map(self._stuck_at, (*load().exercise(test.exercise).needs, *test.needs)))

        return attempt(test, self.subject, self.reference, self.seed, self.files, is_waiting)

    def findings_on(self, exercise: Exercise) -> list[Finding]:
        """What is blocked says so; what failed is explained if that is certain."""
        if exercise.file in self.breaches:
            place, sentence = self.breaches[exercise.file]
            return [unrun(test, FAILED, sentence, place) for test in self._tests_of(exercise.id)]
        if exercise.file not in self.files:
            return [unrun(test, TODO, f"{exercise.file} is not there yet.") for test in self._tests_of(exercise.id)]
        trials = self.tried(exercise.id)
        if exercise.is_data:
            return [verdict(trial) for trial in trials]
        if places.is_untouched(exercise, self.sources[exercise.file]):
            return [not_begun(trial, exercise) for trial in trials]
        judged = self._judge(exercise)
        return [self.uses.counted(self._finding(trial, judged), trial) for trial in self.tried(exercise.id)]

    def smallest_cases(self, findings: Iterable[Finding]) -> dict[str, dict[str, str]]:
        """For each exercise that fails public checks the smallest case in which it does, as it is kept."""
        wrong = {(f.exercise, f.test) for f in findings if f.status in (FAILED, ERRORED) and f.visibility == PUBLIC}
        found: dict[str, dict[str, str]] = {}
        for id, trials in self.trials.items():
            cases = [t.first_wrong for t in trials if (id, t.test.name) in wrong and t.test.visibility == PUBLIC]
            texts = [(size(case), text) for case in cases if case and (text := kept(case))]
            if texts:
                found[id] = min(texts, key=lambda text: text[0])[1]
        return found

    def _judge(self, exercise: Exercise) -> Judged:
        """What each trial of an exercise waits for, and the mistakes by which the others are explained."""
        if exercise.id not in self.judged:
            self._name_the_absent(exercise)
            trials = self.tried(exercise.id)
            judged = Judged({trial.test.name: self._blocker(trial, exercise) for trial in trials})
            judged.own = [t for t in trials if not judged.blockers[t.test.name] and t.status != TODO]
            self._explain(exercise, judged, judged.own)
            measured = [trial for trial in judged.own if not trial.is_unlike_the_statement]
            if measured != judged.own and not judged.is_explained:
                self._explain(exercise, judged, measured)
            self.judged[exercise.id] = judged
        return self.judged[exercise.id]

    def _name_the_absent(self, exercise: Exercise) -> None:
        """What is absent of an exercise is a mistake if a known one is just that, and else still to do."""
        trials = self.tried(exercise.id)
        if all(len(trial.written) == len(trial.cases) for trial in trials):
            return
        trials = [replace(trial, unwritten=trial.unwritten.overlooked) for trial in trials]
        own = [trial for trial in trials if not self._blocker(trial, exercise)]
        named = self._names(exercise, own)
        wrong = [trial.test.name for trial in own if trial.first_wrong]
        if wrong and all(named[name] for name in wrong):
            self.trials[exercise.id] = trials

    def _explain(self, exercise: Exercise, judged: Judged, own: list[Trial]) -> None:
        """Keep the mistakes, known or made, by which these trials of an exercise are explained."""
        judged.named = self._names(exercise, own)
        judged.as_if = self._as_if(exercise, own, judged.named)
        if not judged.is_explained:
            self._tell_two_apart(exercise, judged, own)

    def _tell_two_apart(self, exercise: Exercise, judged: Judged, own: list[Trial]) -> None:
        """Where a known mistake and a made one together explain the trials, each is told where it shows first."""
        cases = list(_cases(trial for trial in own if not trial.fault))
        elsewhere = partial(self._elsewhere, exercise, own, own)
        found = self.diagnosis.two_apart(exercise.id, cases, elsewhere, self._wrong_in, self.sources)
        for trial in own if found else []:
            if found and trial.first_wrong:
                is_known = self.diagnosis.explain(found[:1], [trial.first_wrong])
                judged.named |= {trial.test.name: found[:1]} if is_known else {}
                judged.as_if |= {} if is_known else {trial.test.name: found[1]}

    def _finding(self, trial: Trial, judged: Judged) -> Finding:
        blocker = judged.blockers[trial.test.name]
        if blocker and trial.is_right_alone:
            return passed_alone(trial, blocker)
        if blocker and not trial.fault:
            return waiting(trial, blocker, self._is_explained_by(blocker, trial))
        mistakes = judged.named.get(trial.test.name, ()) if trial.status in (FAILED, ERRORED) else ()
        wrong = trial.first_wrong
        pattern, way = "", ""
        if wrong and not mistakes:
            pattern = pattern_of(wrong, _cases(judged.own))
            way = first_step_missed(wrong, self.subject, self.reference)
        as_if = judged.as_if.get(trial.test.name)
        finding = replace(verdict(trial, mistakes, (pattern, way)), as_if=as_if)
        if mistakes or trial.broken_file or trial.status not in (FAILED, ERRORED):
            return finding
        return replace(finding, outputs=outputs_of(trial.cases))

    def _is_explained_by(self, blocker: str, trial: Trial) -> bool:
        """Whether what was recognised in another exercise gives just what was seen in this trial, in all its cases."""
        found = load().exercise(blocker)
        if found.lecture != self.diagnosis.lecture.id or found.file in self.breaches or found.file not in self.files:
            return False
        mistakes = {named for named in self._judge(found).named.values() if named}
        cases = [] if trial.fault else trial.cases
        return any(cases and self.diagnosis.explain(one, cases) for one in mistakes)

    def _tests_of(self, id: str) -> list[Test]:
        return self.tests.get(id, [])

    def _names(self, exercise: Exercise, own: list[Trial]) -> dict[str, Mistakes]:
        """For each trial the mistakes that explain them all; else those of the ones aside each, and of the others.

        Two at once are thought of only where single ones leave something unexplained.
        """
        main = [trial for trial in own if not trial.test.aside]
        apart = [main, *([trial] for trial in own if trial.test.aside)]
        divisions = [[own], apart] if len(main) < len(own) else [[own]]
        named: dict[str, Mistakes] = {}
        for most, groups in product((1, 2), divisions):
            found = [(group, self._named(exercise, group, own, most)) for group in groups]
            named = {trial.test.name: mistakes for group, mistakes in found for trial in group}
            if all(mistakes or all(trial.first_wrong is None for trial in group) for group, mistakes in found):
                break
        return named

    def _named(self, exercise: Exercise, group: list[Trial], own: list[Trial], most: int) -> Mistakes:
        """The mistakes, `most` of them, that explain a group of the exercise's own trials, if nothing else does."""
        cases = _cases(trial for trial in group if not trial.fault)
        return self.diagnosis.name(exercise.id, cases, lambda: self._elsewhere(exercise, group, own), most)

    def _elsewhere(self, exercise: Exercise, group: list[Trial], own: list[Trial]) -> Iterator[Case]:
        """The cases of the exercise's other trials, and of all that these here need."""
        needs = all_needs([*exercise.needs, *(need for trial in group for need in trial.test.needs)])
        beside = [trial for trial in own if trial not in group]
        deeper = [need for need in needs if need != exercise.id]
        return _cases([*beside, *(trial for need in deeper for trial in self.tried(need))])

    def _as_if(self, exercise: Exercise, own: list[Trial], named: dict[str, Mistakes]) -> dict[str, AsIf]:
        """For each trial that no known mistake explains, what a made one says that explains them all, or its group."""
        unnamed = [trial for trial in own if not named.get(trial.test.name)]
        apart = [[t for t in unnamed if not t.test.aside], *([t] for t in unnamed if t.test.aside)]
        found: dict[str, AsIf] = {}
        for group in ([own] if unnamed == own else []) + apart:
            wrong = [t for t in group if t.status in (FAILED, ERRORED) and t.test.name not in found]
            cases = list(_cases(wrong and (trial for trial in group if not trial.fault)))
            elsewhere = partial(self._elsewhere, exercise, group, own)
            one = self.diagnosis.as_if(exercise.id, cases, elsewhere, self._wrong_in, self.sources)
            found.update({trial.test.name: one for trial in wrong if one})
        return found

    def _wrong_in(self, id: str) -> Iterator[Case]:
        """The cases of the tests of an exercise that went wrong."""
        return _cases(trial for trial in self.tried(id) if trial.status in (FAILED, ERRORED))

    def _blocker(self, trial: Trial, exercise: Exercise) -> str:
        """The exercise that has to come first, if this test did not pass and that one has not."""
        if trial.status in (PASSED, FAULT):
            return ""
        if trial.waits_for or trial.status == TODO:
            return trial.waits_for
        if trial.broken_file == exercise.file:
            return ""
        return next(filter(None, map(self._stuck_at, (*exercise.needs, *trial.test.needs))), "")

    def _stuck_at(self, id: str) -> str:
        """Of an exercise and all that it needs, the first that has not passed in its main matter; empty if all have."""
        deeper = next(filter(None, map(self._stuck_at, load().exercise(id).needs)), "")
        stuck = any(trial.status not in (PASSED, FAULT) for trial in self.tried(id) if not trial.test.aside)
        return deeper or (id if stuck else "")


def _cases(trials: Iterable[Trial]) -> Iterator[Case]:
    return (case for trial in trials for case in trial.written)
