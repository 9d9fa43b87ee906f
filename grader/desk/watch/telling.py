"""What a watch says: of the exercise that stands on the screen, in the line below it, and for good."""

from grader.course import Exercise, Lecture
from grader.desk.overview import summary
from grader.desk.progress import Progress
from grader.desk.standing import bar, exercise_line
from grader.desk.watch.round import Seen
from grader.desk.watch.student import Student
from grader.judging.findings import PASSED, TODO
from grader.report import terminal


def verdict(seen: Seen, student: Student, progress: Progress, verbose: bool = False) -> str:
    """Each check of the exercise, what is wrong, and the points."""
    place = progress.place(seen.exercise)
    told = terminal.detail(seen.report, seen.exercise.id, student.width(), student.paint, place, verbose)
    return f"\n{told}\n\n{summary(seen.report, seen.report.submission.lecture, [seen.exercise.id], hidden=False)}"


def state(lecture: Lecture, progress: Progress, what: str) -> str:
    """How much of the lecture has passed when last checked, and which text was, or is being, looked at."""
    done = sum(progress.last(e) == PASSED and progress.status(e) != TODO for e in lecture.exercises)
    count = len(lecture.exercises)
    return f"Lecture {lecture.number} {bar(done, count)} {done} of {count}   {what}"


def passed(seen: Seen, student: Student) -> str:
    """That an exercise has passed."""
    points, more = seen.report.score, seen.exercise.points - seen.report.max_score
    at_grading = f"   and {more} more at grading" if more else ""
    return f"  {student.paint('PASS', 'green')}    {seen.exercise.id:<20}{points}/{seen.report.max_score}{at_grading}"


def change(exercise: Exercise, passes: bool) -> str:
    """What came of a change in an exercise that does not stand on the screen."""
    return f"          {exercise.id} {'passes now, too' if passes else 'does not pass any more'}"


def complete(lecture: Lecture, following: Lecture | None) -> str:
    """That a lecture is done, and what comes now."""
    done = f"Lecture {lecture.number}, {lecture.title}: all {len(lecture.exercises)} exercises pass."
    now = f" Now lecture {following.number}, {following.title}." if following else " So does the whole course."
    return f"{done} Hand it in: grader pack {lecture.id}.{now}"


def listed(lecture: Lecture, student: Student) -> str:
    """The exercises of a lecture and where they stand."""
    progress, width = student.progress, student.width()
    return "\n".join(exercise_line(e, progress, width, student.paint) for e in lecture.exercises)
