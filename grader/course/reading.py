"""A course read from its files: course.toml, each lecture's exercises.toml, solutions; and a student's copy of it."""

import os
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import grader.inside.probes
import grader.lectures
from grader.course.records import Course, Exercise, Folders, Lecture
from grader.errors import CourseError, Fault

KIT = Path(__file__).resolve().parent.parent / "kit"  # what is in a student kit in the place of the repository
PROJECT = KIT if KIT.is_dir() else KIT.parent.parent
MARKER = "course.toml"
EXERCISES = "exercises.toml"
VARIABLE = "GRADER_COURSE"  # the folder of another course than ours, for this process and all that it starts


def is_student_kit() -> bool:
    """Whether this was installed as what a student is given; see `Course.is_student_kit`, which reads the course."""
    return PROJECT == KIT


def use(folder: Path) -> None:
    """Let this process, and those that it starts, work with the course whose course.toml lies there."""
    if not (folder / MARKER).is_file():
        raise CourseError(f"There is no course in {folder}: no {MARKER}. Name its folder: grader --course FOLDER list")
    os.environ[VARIABLE] = str(folder.resolve())
    load.cache_clear()


@cache
def load() -> Course:
    """The course that this process grades by. A student's copy of course.toml is only ever a marker."""
    home = Path(os.environ.get(VARIABLE) or PROJECT / "exercises")
    table = _table(home / MARKER)
    try:
        folders = Folders(home, **{name: (home / place).resolve() for name, place in table["folders"].items()})
        lectures = tuple(_lecture(home, id) for id in table["lectures"])
        course = Course(table["title"], table["version"], lectures, folders, table["points"], table["alternatives"])
    except KeyError as error:
        raise Fault(f"{home / MARKER} lacks the key {error}") from None
    except TypeError:
        raise Fault(f"{home / MARKER}: [folders] names just reference, probes, lectures and alternatives") from None
    _check_needs(course)
    _make_importable(folders)
    return course


def _table(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Fault(
            f"This installation has no exercises: {file} does not exist. "
            "Install from a clone of the repository: pip install -e ."
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise Fault(f"{file} is not TOML: {error}") from None


def _lecture(home: Path, id: str) -> Lecture:
    file = home / id / EXERCISES
    table = _table(file)
    try:
        exercises = tuple(_exercise(entry, id) for entry in table["exercise"])
        imports, names = (_by_file(table.get(rule, {})) for rule in ("forbidden_imports", "forbidden_names"))
        return Lecture(id, table["number"], table["title"], exercises, imports, names, table.get("borrows", {}))
    except KeyError as error:
        raise Fault(f"{file} lacks the key {error}") from None


def _by_file(rule: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """What is forbidden, for each file."""
    return {file: tuple(names) for file, names in rule.items()}


def _exercise(entry: dict[str, Any], lecture: str) -> Exercise:
    return Exercise(
        id=entry["id"],
        lecture=lecture,
        file=entry["file"],
        title=entry["title"],
        points=entry["points"],
        needs=tuple(entry["needs"]),
        hints=tuple(hint.strip() for hint in entry["hints"]),
    )


def _check_needs(course: Course) -> None:
    """Ids come once; prerequisites exist and never run in a circle."""
    ids = [exercise.id for lecture in course.lectures for exercise in lecture.exercises]
    if len(ids) != len(set(ids)):
        raise Fault(f"{EXERCISES}: {max(ids, key=ids.count)} stands there twice")
    for exercise in course.exercises.values():
        seen, ahead = set(), list(exercise.needs)
        while ahead:
            need = ahead.pop()
            if need == exercise.id or need not in course.exercises:
                raise Fault(f"{EXERCISES}: {exercise.id} cannot need {need}")
            if need not in seen:
                seen.add(need)
                ahead += course.exercises[need].needs


def _make_importable(folders: Folders) -> None:
    """A course from elsewhere is imported as ours is: grader.lectures.LECTURE and grader.inside.probes.LECTURE."""
    for package, folder in ((grader.lectures, folders.lectures), (grader.inside.probes, folders.probes)):
        if str(folder) not in package.__path__:
            package.__path__.insert(0, str(folder))


# ---- our solutions, and a student's copy


def reference_sources(lecture: Lecture) -> dict[str, str]:
    """The modules of our own solution, name to text."""
    folder = load().folders.reference / lecture.id
    if load().is_student_kit:
        raise Fault("This is the student kit, in which our solutions are not.")
    if not folder.is_dir():
        raise Fault(f"there is no reference for {lecture.id}: {folder} does not exist")
    return {name: _text(folder / name) for name in lecture.modules}


def _text(file: Path) -> str:
    """A file's text, which is asked for often: read again only if the file has changed."""
    state = file.stat()
    return _text_in(file, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=200)
def _text_in(file: Path, changed: int, size: int) -> str:
    return file.read_text(encoding="utf-8")


def reference_data(lecture: Lecture) -> dict[str, bytes]:
    """What our own solution hands in beside its modules, name to bytes."""
    folder = load().folders.reference / lecture.id
    return {name: (folder / name).read_bytes() for name in lecture.files if name not in lecture.modules}


def find_root(start: Path) -> Path:
    """The folder that holds the student's lecture folders, found upwards from `start`. Raises CourseError."""
    start = start.resolve()
    for folder in (start, *start.parents):
        for candidate in (folder, folder / "exercises"):
            if (candidate / MARKER).is_file():
                return candidate
    raise CourseError(
        f"This is not a course folder: no {MARKER} in {start} or above it. "
        "Go to your course folder, or name it: grader -C FOLDER status. To make one: grader stubs --to FOLDER"
    )
