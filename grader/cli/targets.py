"""What the words after `check` and `draw` mean: lectures, exercises, files, numbers."""

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

from grader.cli.here import Here
from grader.course import Course, Exercise, Lecture, load
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.submission import Submission


def target(here: Here, word: str | None) -> tuple[Lecture, list[str]]:
    """The lecture and the exercise ids that a word on the command line means."""
    course = load()
    if word is None:
        return _default_target(here, course)
    if word in course.exercises:
        return course.lecture(course.exercises[word].lecture), [word]
    for lecture in course.lectures:
        if Path(word).name == lecture.id or word in lecture.words:
            return lecture, [exercise.id for exercise in lecture.exercises]
    if word.endswith((".py", ".safetensors", ".ipynb")):
        return _file_target(here, course, word)
    raise UsageError(course.unknown(word))


def _default_target(here: Here, course: Course) -> tuple[Lecture, list[str]]:
    if here.running and (said := here.running.lecture(course)):
        return said, [exercise.id for exercise in said.exercises]
    here_is = here.start.resolve()
    inside = [lecture for lecture in course.lectures if here.root / lecture.id in (here_is, *here_is.parents)]
    following: Exercise | None = here.progress.next_exercise(course)
    lecture = inside[0] if inside else course.lecture(following.lecture) if following else course.lectures[-1]
    return lecture, [exercise.id for exercise in lecture.exercises]


def _file_target(here: Here, course: Course, word: str) -> tuple[Lecture, list[str]]:
    path = Path(word)
    path = path.with_suffix(".py") if path.suffix == ".ipynb" else path  # engine.ipynb stands for engine.py
    file = (here.start / path).resolve()
    having = [lecture for lecture in course.lectures if path.name in lecture.files]
    meant = [e for e in having if file.parent == here.root / e.id or path.parent.name == e.id]
    if len(meant or having) == 1:
        (lecture,) = meant or having
        return lecture, [exercise.id for exercise in lecture.exercises if exercise.file == path.name]
    if having:
        places = ", ".join(f"{lecture.id}/{path.name}" for lecture in having)
        raise UsageError(f"{word} could be any of {places}. Name it with its folder.")
    raise UsageError(f"No exercise is written in {word}.{_near(path.name, course)}")


def _near(name: str, course: Course) -> str:
    """The file that may be meant, or else all that there are."""
    names = list(dict.fromkeys(file for lecture in course.lectures for file in lecture.files))
    stems = {Path(file).stem: file for file in names}
    near = difflib.get_close_matches(Path(name).stem, stems, n=1)
    return f" Did you mean {stems[near[0]]}?" if near else f" Files of this course: {', '.join(names)}."


def counted(ids: list[str], lecture: Lecture) -> str:
    return ids[0] if len(ids) == 1 else f"{len(ids)} exercises"


def own_submission(here: Here, lecture: Lecture) -> "Submission":
    """The student's own folder; where nothing is there yet, the way to get it is said."""
    from grader.submission import Submission, open_submission

    if here.running:
        found = here.running.found(here.root, load(), lecture)
        return Submission("you", lecture, dict(found.files), found.remarks)
    if not (here.root / lecture.id).is_dir():
        raise UsageError(
            f"There is no folder {lecture.id} in {here.root}. Write its stubs there: grader stubs --to {here.root}"
        )
    return open_submission(here.root, load(), lecture, "you", own=True)


def numbers(words: tuple[str, ...]) -> dict[str, float]:
    found = {}
    for word in words:
        name, sign, number = word.partition("=")
        try:
            found[name.strip()] = float(number)
        except ValueError:
            sign = ""
        if not sign or not name.strip().isidentifier():
            raise UsageError(f'{word!r} is not NAME=NUMBER, as in: grader draw "c = a * b" a=2.0 b=-3.0')
    return found


def refuse(command: str, *values: str, **options: object) -> None:
    """What does not go together with this command. Raises UsageError that names it."""
    given = [*values, *(name for name, value in options.items() if value)]
    if given:
        raise UsageError(f"{given[0]} does not go with {command}; see {' '.join(command.split()[:2])} --help")
