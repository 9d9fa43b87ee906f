"""Wrong copies of our solution, made from it when they are asked for and remembered."""

from collections.abc import Iterator, Sequence

from grader.course import Lecture
from grader.inside.probe import Probe
from grader.judging.case import Case
from grader.judging.mistakes.bounded import Bounded, Effort
from grader.judging.mistakes.edits import exercises_of, fit, together
from grader.judging.mistakes.known import Edit, Misconception, known_mistakes
from grader.judging.mistakes.made.beside import SlipsBeside
from grader.judging.mistakes.made.trying import Slips
from grader.judging.mistakes.suspects import Key
from grader.judging.mistakes.unreached import bodies_of, cannot_show
from grader.judging.sketches import Sketchbook, name_of
from grader.judging.subjects import Elsewhere, Misconceived, Recall, Reference, Subject
from grader.judging.workshop import Workshop
from grader.sandbox.observation import Asked, Observation

FEW = 40  # copies: of so many it is not worth while to find out which of them can differ


class Edited:
    """The wrong copies of a lecture's solution. Made ones are tried in the workshop, known ones here or elsewhere."""

    def __init__(
        self,
        lecture: Lecture,
        answers: Recall | None = None,
        workshop: Workshop | None = None,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        self.lecture = lecture
        self.answers = answers
        self.known = known_mistakes(lecture.id)
        self.book = Sketchbook(answers)
        self.effort = Effort(lecture, answers)
        self.elsewhere = elsewhere
        self.made = Slips(lecture, self.effort, workshop or Workshop(lecture), self.book, answers)
        self.single: dict[str, list[Misconceived]] = {}
        self.edits: dict[Subject, tuple[Edit, ...]] = {}
        self.double: dict[tuple[Key, Key], Bounded | None] = {}
        self.slips_beside: dict[tuple[Edit, ...], SlipsBeside] = {}

    def ways(self, mistake: Misconception) -> list[Misconceived]:
        """Our solution with this mistake in it, once for each way to make it."""
        if mistake.id not in self.single:
            made = self.single[mistake.id] = list(mistake.subjects(self.lecture, self.answers, self.elsewhere))
            self.edits.update(zip(made, mistake.variants, strict=True))
        return self.single[mistake.id]

    def lies_in(self, way: Key, exercise: str) -> bool:
        """Whether it is made in the solution of this exercise."""
        return exercise in exercises_of(self._edits(way), self.lecture)

    def fit(self, one: Key, other: Key) -> bool:
        """Whether the two can be made in one copy."""
        return fit(self._edits(one), self._edits(other), self.lecture)

    def both(self, one: Key, other: Key) -> Bounded | None:
        """Our solution with both in it; None if the two cannot stand in one file."""
        if (one, other) not in self.double:
            files = together(self._edits(one), self._edits(other), self.lecture)
            made = None if files is None else Bounded(self.lecture, files, self.effort, self.answers)
            self.double[one, other] = made
        return self.double[one, other]

    def beside(self, way: Key) -> SlipsBeside:
        """Slips in a copy that has this known mistake in it already."""
        edits = self._edits(way)
        return self.slips_beside.setdefault(edits, SlipsBeside(self.made, edits))

    def look(self, ways: Sequence[Subject], case: Case) -> None:
        """Let a case know what is certain of each of these copies: nearly all of them are ruled out at once."""
        probe, asked = case.probe, Asked.of(case.inputs)
        copies = [way for way in ways if isinstance(way, Reference)]
        group = name_of(*(copy.sha256 for copy in copies))
        case.learn(copies, self.book.of(group, probe, asked, lambda: self._seen(copies, probe, asked)))

    def _seen(self, copies: Sequence[Reference], probe: Probe, asked: Asked) -> Iterator[Observation]:
        """What each of these copies gives. Of many, those that run nothing of their mistake give what ours gives."""
        run = self.effort.of(probe, asked) if len(copies) > FEW and not self.elsewhere else None
        for copy in copies:
            edits = self.edits.get(copy)
            if run and edits and cannot_show(bodies_of(edits, self.lecture), run):
                yield self.effort.observe(probe, asked)
            else:
                yield copy.glance(probe, asked)

    def _edits(self, way: Key) -> tuple[Edit, ...]:
        id, number = way
        return next(mistake for mistake in self.known if mistake.id == id).variants[number]
