"""Where a student stands: what is done, what is next, and the place to open. It answers at once: no judge is needed."""

from typing import Any

from grader.course import Course, Exercise
from grader.desk.progress import CHANGED, UNTRIED, Progress
from grader.report.words import COLOURS, WORDS, Paint

STATES = {**WORDS, UNTRIED: "UNTRIED", CHANGED: "CHANGED"}


def status_text(course: Course, progress: Progress, width: int, paint: Paint) -> str:
    """Where the student stands, and the next step."""
    lines = [course.title, ""]
    for lecture in course.lectures:
        done, count = progress.done(lecture), len(lecture.exercises)
        lines.append(f"Lecture {lecture.number} {lecture.title:<14} {bar(done, count)}  {done} of {count} exercises")
        changed = [e.file for e in lecture.exercises if progress.status(e) == CHANGED]
        if changed:
            files = ", ".join(dict.fromkeys(changed))
            lines.append(f"  changed since the last check: {files}   (grader check {lecture.id})")
    return "\n".join([*lines, "", next_step(course, progress)])


def next_step(course: Course, progress: Progress) -> str:
    """The next exercise with the place to open, or the good news that there is none."""
    following = progress.next_exercise(course)
    if following is None:
        return "All exercises of the course pass."
    lines = [
        f"Next: {following.id}   {following.title}",
        f"      {progress.place(following)}",
        f"      grader check {following.id}    stuck? grader hint {following.id}",
    ]
    if progress.source(following) is None and following.is_data:
        lines[1] = f"      hand in {progress.place(following)}; {following.lecture}/README.md says how"
    elif progress.source(following) is None:
        lines[1:] = [
            f"      {following.lecture}/{following.file} is not in {progress.root}",
            f"      grader stubs --to {progress.root}    writes what is missing",
        ]
    return "\n".join(lines)


def bar(done: int, count: int) -> str:
    """Progress in ASCII: [####------]."""
    filled = done * 20 // count if count else 0
    return f"[{'#' * filled}{'-' * (20 - filled)}]"


def list_text(course: Course, progress: Progress, width: int, paint: Paint) -> str:
    """All exercises, a line each."""
    lines = []
    for lecture in course.lectures:
        lines += ["", f"Lecture {lecture.number} {lecture.title}   {lecture.points} points", ""]
        lines += [exercise_line(exercise, progress, width, paint) for exercise in lecture.exercises]
    return "\n".join([*lines[1:], "", next_step(course, progress)])


def exercise_line(exercise: Exercise, progress: Progress, width: int, paint: Paint) -> str:
    """An exercise, its points, and where it stands."""
    state = progress.status(exercise)
    word = paint(f"{STATES[state]:<7}", COLOURS.get(state, "yellow"))
    return f"  {word}  {exercise.id:<20}{exercise.points:>3}  {exercise.title[: width - 36]}"


def list_data(course: Course, progress: Progress) -> dict[str, Any]:
    """The same as data."""
    return {
        "schema": "zero-to-hero/list/1",
        "exercises": [
            {
                "id": e.id, "lecture": e.lecture, "file": e.file, "title": e.title,
                "points": e.points, "status": progress.status(e), "place": progress.place(e),
            }
            for e in course.exercises.values()
        ],
    }  # fmt: skip
