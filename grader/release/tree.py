"""The folder of a student kit: what is copied, what is written for it, and what it must not hold."""

import os
import shutil
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import grader
from grader import __version__
from grader.course import MARKER, PROJECT, Course, Lecture, load, names, texts
from grader.course.notebooks import write_notebooks
from grader.course.stubs import stubs_of
from grader.errors import UsageError
from grader.inside import plain
from grader.inside.plain import Plain
from grader.judging.recorded.archive import write
from grader.release.tables import shorter

HERE = Path(grader.__file__).parent
TEMPLATES = Path(__file__).parent / "templates"
ROOMS = ("cli", "course", "desk", "inside", "judging", "report", "sandbox", "standby", "submission")
KIT = "kit"
LARGEST = 2_000_000  # bytes of a lecture's recording
SHORTER = 350  # bytes of an answer, of more than which a sketch is kept if there is too much of it all
SPARED = ("copies-", "slips-")  # what is left out if there still is
NOT_NEEDED = ("pooch", "torch")  # by a student for the first lecture
NO_COPIES = shutil.ignore_patterns("__pycache__", "*.pyc")
JUDGES = ("__init__.py", "public", "public.py", "pictures", "pictures.py")  # of what judges a lecture

Wanted = Callable[[str], bool]


def release(folder: Path, lectures: Sequence[Lecture], wanted: Wanted, tell: Callable[[str], None]) -> dict[str, int]:
    """Write the student kit of these lectures; how many bytes the recording of each takes. Raises UsageError.

    Of made mistakes those parts are recorded that are `wanted`, each by its name.
    """
    if load().is_student_kit:
        raise UsageError("This is a student kit already. A kit is made where the solutions are.")
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty. Name a new folder: grader release --to FOLDER")
    os.environ[names.OURS_ALONE] = "1"
    for kind in (names, texts):
        kind.in_use.cache_clear()
    package = folder / "grader"
    _copy_machine(package)
    for lecture in lectures:
        _copy_lecture(package, lecture)
    _write_course(package / KIT, lectures)
    _write_project(folder)
    return _record(package / KIT / "recorded", lectures, wanted, tell)


def _record(folder: Path, lectures: Sequence[Lecture], wanted: Wanted, tell: Callable[[str], None]) -> dict[str, int]:
    from grader.release.recording import recorded

    return {one.id: _small(folder, one, recorded(one, wanted, tell)) for one in lectures}


def _small(folder: Path, lecture: Lecture, parts: dict[str, Plain]) -> int:
    """Write a recording that is no larger than it may be: with more sketches in it, then with fewer made mistakes."""
    size = write(folder, lecture, parts)
    if size > LARGEST:
        parts = {name: part if name == "known" else shorter(part, SHORTER) for name, part in parts.items()}
        size = write(folder, lecture, parts)
    for name in sorted((name for name in parts if name.startswith(SPARED)), key=lambda name: _weight(name, parts)):
        if size > LARGEST:
            del parts[name]
            size = write(folder, lecture, parts)
    return size


def _weight(name: str, parts: Mapping[str, Plain]) -> tuple[int, int]:
    """What is left out first: the likeliest last, and of the same kind the largest first."""
    kind = next(place for place, prefix in enumerate(SPARED) if name.startswith(prefix))
    return kind, -len(plain.encode(parts[name]))


def add_notebooks(folder: Path, lectures: Sequence[Lecture]) -> None:
    """A course folder that holds each lecture as a notebook, to be handed out beside the kit."""
    write_notebooks(folder / "notebooks", lectures)
    shutil.copy(folder / "grader" / KIT / "exercises" / MARKER, folder / "notebooks" / MARKER)


def _copy_machine(package: Path) -> None:
    """The rooms that a student needs, without what belongs to lectures."""
    for room in ROOMS:
        shutil.copytree(HERE / room, package / room, ignore=shutil.ignore_patterns("__pycache__", "*.pyc", "probes"))
    probes = Path("inside") / "probes"
    (package / probes).mkdir()
    for part in ("__init__.py", "self_test"):  # not those of lectures
        _copy(HERE / probes / part, package / probes / part)
    for file in ("__init__.py", "__main__.py", "errors.py"):
        shutil.copy(HERE / file, package / file)
    (package / "lectures").mkdir()
    shutil.copy(HERE / "lectures" / "__init__.py", package / "lectures" / "__init__.py")


def _copy_lecture(package: Path, lecture: Lecture) -> None:
    """What measures a lecture, its public checks and pictures, and its statements."""
    folders = load().folders
    shutil.copytree(folders.probes / lecture.id, package / "inside" / "probes" / lecture.id, ignore=NO_COPIES)
    judges = package / "lectures" / lecture.id
    judges.mkdir(parents=True)
    for part in _there(folders.lectures / lecture.id):
        _copy(part, judges / part.name)
    exercises = package / KIT / "exercises" / lecture.id
    exercises.mkdir(parents=True)
    for name in ("README.md", "exercises.toml"):
        shutil.copy(folders.exercises / lecture.id / name, exercises / name)
    for name, text in stubs_of(lecture).items():
        (exercises / name).write_text(text, encoding="utf-8")


def _copy(part: Path, to: Path) -> None:
    """A file, or a folder without what was compiled in it."""
    if part.is_dir():
        shutil.copytree(part, to, ignore=NO_COPIES)
    else:
        shutil.copy(part, to)


def _there(folder: Path) -> Iterator[Path]:
    return (folder / name for name in JUDGES if (folder / name).exists())


def _write_course(kit: Path, lectures: Sequence[Lecture]) -> None:
    """The course as a student kit sees it, the list of names and the text."""
    course: Course = load()
    listed = "".join(f'  "{lecture.id}",\n' for lecture in lectures)
    text = (TEMPLATES / "course.template").read_text(encoding="utf-8")
    for word, value in (("TITLE", course.title), ("VERSION", course.version), ("POINTS", str(course.points))):
        text = text.replace(f"@{word}@", value)
    (kit / "exercises" / MARKER).write_text(text.replace("@LECTURES@", listed), encoding="utf-8")
    (kit / "data").mkdir()
    for name in (names.OURS.shipped, texts.OURS.shipped, "README.md"):
        shutil.copy(PROJECT / "data" / name, kit / "data" / name)


def _write_project(folder: Path) -> None:
    """How the kit is installed, and its page."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = [f"  {_quoted(one)},\n" for one in project["project"]["dependencies"] if not one.startswith(NOT_NEEDED)]
    torch = [_quoted(one) for one in project["project"]["dependencies"] if one.startswith("torch")]
    text = (TEMPLATES / "pyproject.template").read_text(encoding="utf-8")
    text = text.replace("@VERSION@", __version__).replace("@DEPENDENCIES@", "".join(needed))
    (folder / "pyproject.toml").write_text(text.replace("@TORCH@", ", ".join(torch)), encoding="utf-8")
    shutil.copy(TEMPLATES / "README.template", folder / "README.md")
    shutil.copy(PROJECT / "LICENSE", folder / "LICENSE")


def _quoted(text: str) -> str:
    return f"'{text}'" if '"' in text else f'"{text}"'
