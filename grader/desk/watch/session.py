"""A watch over one lecture: which exercise stands on the screen, and what is done when something happens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from grader.course import Exercise, Lecture
from grader.desk.progress import Progress
from grader.desk.watch import telling
from grader.desk.watch.inbox import QUIT, RESIZED, SAVED, Inbox
from grader.desk.watch.judge import Interrupted, Judge
from grader.desk.watch.round import Round, Seen
from grader.desk.watch.screen import Screen
from grader.desk.watch.student import Student
from grader.errors import KitError
from grader.judging.findings import BLOCKED, PASSED

Act = Callable[["Session"], None]
AGAIN = 1.0  # seconds until what could not be checked is looked at again


@dataclass
class Session:
    """One lecture, watched, until it is complete or its student has had enough."""

    judge: Judge
    exercise: Exercise
    student: Student
    screen: Screen
    inbox: Inbox
    keys: Mapping[str, Act]
    is_new: bool = field(default=True, init=False)  # the exercise has not been looked at since it stands here
    is_complete: bool = field(default=False, init=False)
    if_yes: Act | None = field(default=None, init=False)
    seen: Seen | None = field(default=None, init=False)
    error: str = field(default="", init=False)  # why nothing could be checked

    @property
    def lecture(self) -> Lecture:
        return self.judge.lecture

    def run(self) -> bool:
        """Look, then do what happens; whether the lecture was completed."""
        self.look()
        while not self.is_complete:
            event = self.inbox.next(AGAIN if self.error else None)
            if event.kind == QUIT:
                return False
            if event.kind == SAVED:
                self.look()
            elif event.kind == RESIZED:
                self.screen.draw()
            else:
                self._pressed(event.key)
        return True

    def look(self) -> None:
        """Check what has changed, and again if that has changed meanwhile, or the next exercise stands here."""
        try:
            while self._is_more_to_see():
                pass
        except Interrupted:
            return  # whatever is newer waits in the inbox
        except (KitError, OSError) as error:
            self._tell(str(error))

    def _tell(self, error: str) -> None:
        """That nothing can be checked, once for each reason."""
        if error != self.error:
            self.seen, self.error, self.is_new = None, error, True
            self.screen.show(f"{self.exercise.id}\n  {self.student.paint('ERROR', 'red')}   {error}", "not checked")

    def look_anew(self) -> None:
        """Check the exercise on the screen, whether or not anything has changed."""
        self.is_new = True
        self.look()

    def move_on(self) -> None:
        """Let the next exercise that has not passed stand on the screen."""
        self.exercise = self._following(self.student.progress) or self.exercise
        self.look_anew()

    def listed(self) -> str:
        """The exercises of the lecture."""
        return telling.listed(self.lecture, self.student)

    def all_of_it(self) -> str:
        """All that is known of the exercise on the screen."""
        if self.seen is None:
            return f"{self.exercise.id} has not been checked."
        return telling.verdict(self.seen, self.student, self.student.progress, verbose=True)

    def ask(self, question: str, if_yes: Act) -> None:
        """Ask in the line below what stands."""
        self.if_yes = if_yes
        self.screen.wait(f"{question} y: yes, any other key: no")

    def _pressed(self, key: str) -> None:
        if_yes, self.if_yes = self.if_yes, None
        if if_yes:
            if_yes(self) if key in ("y", "Y") else self.screen.wait("Nothing was changed.")
        elif key in self.keys:
            self.keys[key](self)

    def _is_more_to_see(self) -> bool:
        """Look once at what is saved now."""
        submission = self.student.open(self.lecture)
        round = Round(self.judge, submission, self.student.progress)
        had_passed = round.progress.last(self.exercise) == PASSED
        self._check_exercise(round)
        if self.seen and not self.seen.is_broken and self._check_others(round) and self.seen.passed and not had_passed:
            return self._moved_on(round, self.seen)
        return self.student.open(self.lecture).files != submission.files

    def _check_others(self, round: Round) -> bool:
        """Tell what has changed elsewhere; False if a file there is broken, which then stands on the screen."""
        others = round.others(self.exercise, lambda: self._wait(round, "checking what else has changed ..."))
        for exercise, passes in others.turned:
            self.screen.keep(telling.change(exercise, passes))
        if others.broken:
            self.seen, self.is_new = others.broken, True
            self._show(round, self.student.saved(others.broken.exercise, round.progress))
            return False
        self._wait(round, self.student.saved(self.exercise, round.progress))
        return True

    def _check_exercise(self, round: Round) -> None:
        """The verdict on the exercise on the screen, if it is not the one that stands there."""
        saved = self.student.saved(self.exercise, round.progress)
        if not self.is_new and not round.concerns(self.exercise):
            return
        self._wait(round, f"checking {saved} ...")
        self.is_new = True
        for seen in round.seen(self.exercise):
            self.seen, self.is_new = seen, not seen.is_last
            self._show(round, saved if seen.is_last else f"{saved}; is it one slip? ...")

    def _moved_on(self, round: Round, seen: Seen) -> bool:
        """What has passed is told for good; whether another exercise stands on the screen now."""
        self.screen.keep(telling.passed(seen, self.student))
        following = self._following(round.progress)
        if following is None:
            self.is_complete = True
            return False
        self.exercise, self.is_new = following, True
        return True

    def _following(self, progress: Progress) -> Exercise | None:
        """The next that has not passed, from here on and around; what waits, or takes long, comes last."""
        every = self.lecture.exercises
        here = every.index(self.exercise)
        left = [e for e in (*every[here + 1 :], *every[:here]) if progress.status(e) != PASSED]
        ready = (e for e in left if progress.status(e) != BLOCKED and not e.is_data)
        return next(ready, left[0] if left else None)

    def _wait(self, round: Round, what: str) -> None:
        self.screen.wait(telling.state(self.lecture, round.progress, what))

    def _show(self, round: Round, what: str) -> None:
        assert self.seen is not None
        self.error = ""
        text = telling.verdict(self.seen, self.student, round.progress)
        self.screen.show(text, telling.state(self.lecture, round.progress, round.lost or what))
