"""What the kit's own tests share."""

import gc
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from grader.cli.bar import processors
from grader.course import Lecture, load, names, reference_sources, texts
from grader.course.stubs import write_stubs
from grader.judging.examiner import Examiner
from grader.judging.shared_answers import Answers
from grader.sandbox import Limits, Sandbox

sys.path.insert(0, str(Path(__file__).parent))  # for golden.py and sandbox_kit.py

# in CI the same examples every time: a change fails for what it changes; at home new ones are looked for
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

# no test depends on what this user has fetched: the cache is an empty folder from before the first test is collected
# (with several processes the first one says where the lectures' list is, for the others start with the empty cache)
REAL_LIST = os.environ.setdefault("GRADER_TESTS_LECTURES_LIST", str(names.lectures_list().path))
LECTURES_LIST = replace(names.lectures_list(), path=Path(REAL_LIST))
os.environ["GRADER_STANDBY"] = "0"  # no test leaves a process behind; tests/test_standby.py sees to its own
EMPTY_CACHE = tempfile.TemporaryDirectory(prefix="grader-tests-")
os.environ["XDG_CACHE_HOME"] = EMPTY_CACHE.name
# what our solution and the known mistakes give is observed once for all processes that test
ANSWERS = os.environ.setdefault("GRADER_TESTS_ANSWERS", str(Path(EMPTY_CACHE.name) / "answers"))
assert names.lectures_list().path.is_relative_to(EMPTY_CACHE.name), "the tests would write into this user's cache"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are processors: many tests wait for a clock, or for a process that they have started."""
    return processors() + 1


def pytest_unconfigure() -> None:
    EMPTY_CACHE.cleanup()


def pytest_collection_finish() -> None:
    """What is there by now, torch and thousands of tests, stays: the garbage collector need not look at it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


# these judge on the warm process of a lecture, and ask our solution and the known mistakes the same: by lecture
ON_A_LECTURE = re.compile(
    r"tests/test_(?:golden|near_misses|messages|alternatives|works_alone|release_course)\.py::.*\[(?:lecture)?(\d)"
)
# what takes longest comes first, so that no process has much left to do when the others are done
LONGEST_FIRST = [
    "tests/attacks", "tests/test_needs.py", "lecture 1", "lecture 4", "lecture 3", "lecture 2",
    "tests/test_pictures.py",
    "tests/gradebook/test_cluster.py", "tests/gradebook/test_killed.py", "tests/sandbox/test_limits.py",
    "tests/test_subjects.py", "tests/sandbox/test_levels.py", "tests/test_cli.py", "tests/test_properties.py",
    "tests/test_mutants.py",
]  # fmt: skip


def group_of(test: str) -> str:
    """Tests of one group run in one process: those of a file, and more where they have much in common."""
    if found := ON_A_LECTURE.search(test):
        return f"lecture {found[1]}"
    return "tests/attacks" if test.startswith("tests/attacks/") else test.partition("::")[0]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where several processes test, the long groups come first."""
    if hasattr(config, "workerinput"):
        place = {name: number for number, name in enumerate(LONGEST_FIRST)}
        items.sort(key=lambda item: place.get(group_of(item.nodeid), len(place)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give each process a group at a time, in the order above. (Groups by mark do not reach xdist in every pytest.)"""
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class ByGroup(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group_of(nodeid)

    config.option.loadscopereorder = False
    return ByGroup(config, log)


@pytest.fixture(scope="session")
def lecture_file() -> Path:
    """The lectures' own list of names, where this user has fetched it."""
    if not LECTURES_LIST.path.exists():
        pytest.skip("the lectures' list of names is not here; get it with: grader data")
    return names.checked(LECTURES_LIST).path


@pytest.fixture(scope="session")
def lecture_words(lecture_file: Path) -> list[str]:
    """The 32,033 names of the lectures."""
    return lecture_file.read_text(encoding="ascii").split("\n")


@pytest.fixture(scope="session")
def lecture_text() -> str:
    """The 1,115,394 characters of the lectures' text, where this user has fetched it."""
    real = replace(texts.LECTURES, path=LECTURES_LIST.path.with_name(texts.FILE))
    if not real.path.exists():
        pytest.skip("the lectures' text is not here; get it with: grader data --text")
    return names.checked(real).path.read_text(encoding="ascii")


@pytest.fixture(scope="session")
def lecture() -> Lecture:
    """Lecture 1."""
    return load().lecture("lecture1_micrograd")


@pytest.fixture(scope="session")
def answers() -> Iterator[Answers]:
    """Where examiners look up what others have observed already."""
    shared = Answers(Path(ANSWERS))
    yield shared
    shared.close()


@pytest.fixture(scope="session")
def warm() -> Iterator[Callable[[Lecture], Sandbox]]:
    """A warm process per lecture, for all tests that need a worker and no warm process of their own."""
    with ExitStack() as stack:
        boxes: dict[str, Sandbox] = {}

        def of(lecture: Lecture, limits: Limits = Limits()) -> Sandbox:  # noqa: B008
            if lecture.id not in boxes:
                boxes[lecture.id] = stack.enter_context(Sandbox(lecture.id))
            boxes[lecture.id].limits = limits  # each worker gets those that hold when it is forked
            return boxes[lecture.id]

        yield of


@pytest.fixture(scope="session")
def judge_of(warm: Callable[..., Sandbox], answers: Answers) -> Iterator[Callable[..., Examiner]]:
    """An examiner of a lecture on the warm process that all share; what it has observed it still knows next time."""
    known: dict[tuple[str, int, bool], Examiner] = {}

    def of(lecture: Lecture, seed: int, limits: Limits = Limits(), tries_made: bool = False) -> Examiner:  # noqa: B008
        box, key = warm(lecture, limits), (lecture.id, seed, tries_made)
        return known.setdefault(key, Examiner(lecture, box, seed, answers, tries_made=tries_made))

    yield of
    for judge in known.values():
        judge.close()


@pytest.fixture
def course_folder(tmp_path: Path) -> Path:
    """A student's course folder with untouched stubs."""
    write_stubs(tmp_path / "course")
    return tmp_path / "course"


@pytest.fixture
def finished_folder(course_folder: Path, lecture: Lecture) -> Path:
    """A student's course folder with everything solved."""
    for name, text in reference_sources(lecture).items():
        (course_folder / lecture.id / name).write_text(text, encoding="utf-8")
    return course_folder
