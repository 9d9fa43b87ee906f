"""Every known mistake, planted in some of the solutions in other hands, and judged there."""

from collections.abc import Iterable, Iterator

from grader.course import Lecture, reference_sources
from grader.judging.examiner import Examiner
from grader.judging.findings import ERRORED, PASSED, Report
from grader.judging.mistakes.edits import exercises_of
from grader.judging.mistakes.known import Edit, Misconception, edited_sources, known_mistakes
from grader.proof.audit.planting import plant
from grader.proof.audit.record import Planted
from grader.submission import Submission

HANDS = 3  # so many solutions each way to make a mistake is planted in, where it can be


def planted(judge: Examiner, others: Iterable[Submission]) -> Iterator[Planted]:
    """What came of each mistake in other hands, in the order of the catalogue."""
    gardener = Gardener(judge, list(others))
    for mistake in known_mistakes(judge.lecture.id):
        for edits in mistake.variants:
            yield from gardener.plant_all(mistake, edits)


class Gardener:
    """Knows which of our own functions leave which other solution right."""

    def __init__(self, judge: Examiner, others: list[Submission]) -> None:
        self.judge = judge
        self.lecture: Lecture = judge.lecture
        self.others = others
        self.right: dict[tuple[str, tuple[tuple[str, str], ...]], bool] = {}

    def plant_all(self, mistake: Misconception, edits: tuple[Edit, ...]) -> Iterator[Planted]:
        """One way to make a mistake, in the first solutions in which it can be planted."""
        wrong = {**reference_sources(self.lecture), **edited_sources(edits, self.lecture, mistake.id)}
        ids = [id for id in exercises_of(edits, self.lecture) if id]
        stopped = _stopped(self._judged("reference", wrong, ids))
        count = 0
        for other in self.others:
            made = self._planted(edits, wrong, other, ids) if count < HANDS else None
            report = self._report(other, made, ids) if made else None
            if report is None or not _stopped(report) <= stopped:
                continue  # what stops there and not in ours is no longer this mistake
            count += 1
            called = tuple(named.id for named in report.mistakes)
            yield Planted(mistake.id, other.student, report.score < report.max_score, called)

    def _planted(
        self, edits: tuple[Edit, ...], wrong: dict[str, str], other: Submission, ids: list[str]
    ) -> dict[str, str] | None:
        """The other solution with the mistake in it, if what was put there is right without the mistake."""
        touched = {edit.file: wrong[edit.file] for edit in edits}
        made = plant(edits, touched, self.lecture, other.sources())
        if made is None or (made.proof is not None and not self._is_right(other.student, made.proof, ids)):
            return None
        return made.sources

    def _is_right(self, hand: str, sources: dict[str, str], ids: list[str]) -> bool:
        key = hand, tuple(sorted(sources.items()))
        if key not in self.right:
            findings = self._judged(hand, sources, ids).findings
            self.right[key] = all(finding.status == PASSED for finding in findings)
        return self.right[key]

    def _report(self, other: Submission, sources: dict[str, str], ids: list[str]) -> Report:
        """On the exercises in which the mistake lies; on all where it shows or is named in others alone."""
        report = self._judged(other.student, sources, ids)
        return report if report.mistakes else self._judged(other.student, sources, [])

    def _judged(self, hand: str, sources: dict[str, str], ids: list[str]) -> Report:
        files = {name: text.encode() for name, text in sources.items()}
        beside = {name: data for other in self.others[:1] for name, data in other.files.items() if name not in files}
        return self.judge.examine(Submission(hand, self.lecture, {**beside, **files}), ids)


def _stopped(report: Report) -> set[str]:
    return {finding.test for finding in report.findings if finding.status == ERRORED}
