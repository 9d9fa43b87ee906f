"""A lecture recorded: what our solution, the known mistakes, pairs of them and made ones gave to every question."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from itertools import combinations

from grader import __version__, version_of
from grader.course import Lecture, load
from grader.desk.dependence import kept_attributes
from grader.errors import Fault
from grader.inside.plain import Plain
from grader.inside.probe import WATCHED
from grader.judging.by_itself import own_needs
from grader.judging.mistakes.edited import Edited
from grader.judging.mistakes.edits import together
from grader.judging.mistakes.known import Edit, edited_sources
from grader.judging.mistakes.suspects import Key
from grader.judging.our_solution import OurSolution
from grader.judging.recorded.answers import as_told
from grader.release.copies import Copies
from grader.release.draws import canary, depends_on_draws
from grader.release.made import made_parts
from grader.release.questions import Group, groups_of
from grader.release.tables import Sheet, observe_group
from grader.sandbox.observation import RETURNED

LARGE_OF_KNOWN = 16_000  # bytes of an answer of a known mistake: these are worth more room than others
MOST_PAIRS = 200  # of an exercise that has more, none is recorded


@dataclass
class Recorder:
    """Everything that is asked of a lecture, and whoever answers it."""

    lecture: Lecture
    tell: Callable[[str], None] = lambda text: None

    def __post_init__(self) -> None:
        self.ours = OurSolution(self.lecture)
        self.suspects = Edited(self.lecture)
        self.groups = groups_of(self.lecture, self.ours.ran)
        self.judged = [group for group in self.groups if group.judged]
        self.answers = {g: observe_group(self.ours, g) for g in self.groups}
        self.copies = Copies(self.lecture, self.judged)

    def parts(self) -> dict[str, Plain]:
        """The whole recording of the lecture, part by part."""
        self.tell(f"{self.lecture.id}: our solution, {sum(len(g.inputs) for g in self.groups):,} questions")
        parts: dict[str, Plain] = {"about": self._about(), "ours": self._ours(), "kept": kept_attributes(self.lecture)}
        parts["needs"] = {exercise.id: list(own_needs(exercise.id)) for exercise in self.lecture.exercises}
        self.tell(f"{self.lecture.id}: {len(self._ways())} known mistakes, each way")
        parts["known"] = self._known()
        self.tell(f"{self.lecture.id}: pairs of them")
        parts["pairs"] = self._pairs()
        return parts

    def made(self, wanted: Callable[[str], bool]) -> dict[str, Plain]:
        """The mistakes that nobody wrote down, a part for each exercise."""
        self.tell(f"{self.lecture.id}: made mistakes")
        return made_parts(self.lecture, self.copies, self.answers, wanted)

    def close(self) -> None:
        """End the worker in which the copies were tried."""
        self.copies.workshop.close()

    def _about(self) -> Plain:
        """With what it was recorded, and what torch drew then."""
        drawing = {
            key
            for group in self.groups
            for key, asked in zip(group.keys, group.inputs, strict=True)
            if depends_on_draws(self.ours, group.probe, asked)
        }
        return {
            "grader": __version__,
            "course": load().version,
            "torch": version_of("torch"),
            "draws": canary(self.lecture),
            "drawing": sorted(drawing),
        }

    def _ours(self) -> Plain:
        """What our solution gave, which functions it ran, and its steps where these are watched."""
        return {key: self._told(group, number) for group in self.groups for number, key in enumerate(group.keys)}

    def _told(self, group: Group, number: int) -> dict[str, Plain]:
        answer, asked = self.answers[group][number], group.inputs[number]
        if answer.kind != RETURNED:
            raise Fault(f"our solution {answer.kind}: {group.probe.show(**asked)}: {answer.text}")
        told: dict[str, Plain] = {"answer": as_told(answer), "ran": [list(one) for one in sorted(group.ran)]}
        if group.judged and group.probe.name in WATCHED:
            told["steps"] = self.ours.steps(group.probe, asked)
        return told

    def _ways(self) -> list[Key]:
        return [(mistake.id, number) for mistake in self.suspects.known for number in range(len(mistake.variants))]

    def _known(self) -> Plain:
        """The known mistakes with their sentences, and what each way to make them gave."""
        sheet = Sheet(self.answers, LARGE_OF_KNOWN, finely=True)
        for mistake in self.suspects.known:
            for edits in mistake.variants:
                edited = edited_sources(edits, self.lecture, mistake.id)
                sheet.add(self.copies.gave(edited, self.copies.touched(edited), patient=True))
        exercises = [exercise.id for exercise in self.lecture.exercises]
        told = [
            [
                one.id, one.sentence, one.question, one.varies,
                [[id for id in exercises if self.suspects.lies_in((one.id, n), id)] for n in range(len(one.variants))],
            ]
            for one in self.suspects.known
        ]  # fmt: skip
        return {"mistakes": told, "table": sheet.told()}

    def _pairs(self) -> Plain:
        """The pairs of ways that fit in one exercise, and what each gave."""
        sheet, numbers = Sheet(self.answers), []
        ways = self._ways()
        for a, b in self._fitting(ways):
            files = together(self._edits(ways[a]), self._edits(ways[b]), self.lecture)
            if files is not None:
                numbers.append([a, b])
                sheet.add(self.copies.gave(files, self.copies.touched(files), patient=False))
        return {"pairs": numbers, "table": sheet.told()}

    def _edits(self, way: Key) -> tuple[Edit, ...]:
        return next(mistake for mistake in self.suspects.known if mistake.id == way[0]).variants[way[1]]

    def _fitting(self, ways: list[Key]) -> list[tuple[int, int]]:
        """The pairs of each exercise, by their numbers, but for those of which there are too many."""
        number = {way: place for place, way in enumerate(ways)}
        found = [pairs_in(self.suspects, exercise.id) for exercise in self.lecture.exercises]
        few = [pair for pairs in found if len(pairs) <= MOST_PAIRS for pair in pairs]
        return list(dict.fromkeys((number[a], number[b]) for a, b in few))


def pairs_in(suspects: Edited, exercise: str) -> list[tuple[Key, Key]]:
    """The ways to make two known mistakes at once in an exercise."""
    all = [(mistake.id, n) for mistake in suspects.known if not mistake.varies for n in range(len(mistake.variants))]
    own = [way for way in all if suspects.lies_in(way, exercise)]
    return [(a, b) for a, b in combinations(own, 2) if a[0] != b[0] and suspects.fit(a, b)]


def recorded(lecture: Lecture, wanted: Callable[[str], bool], tell: Callable[[str], None]) -> dict[str, Plain]:
    """The recording of a lecture, with those parts of the mistakes that nobody wrote down that are wanted."""
    with closing(Recorder(lecture, tell)) as recorder:
        return {**recorder.parts(), **recorder.made(wanted)}
