"""What a worker must not reach."""

import sys
from pathlib import Path

import pytest
from sandbox_kit import BESIDE_STUDENTS, LECTURE, REFERENCE, returned, unconfined

from grader.course import PROJECT
from grader.judging import suite
from grader.judging.mistakes.known import known_mistakes
from grader.sandbox import Sandbox

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")


def kit_modules() -> list[str]:
    """Every module of the kit, and the packages beside it in the project."""
    files = [*(PROJECT / "grader").rglob("*.py"), *(PROJECT / "reference").rglob("*.py")]
    names = {".".join(file.relative_to(PROJECT).with_suffix("").parts) for file in files}
    return sorted({name.removesuffix(".__init__") for name in names} | {"reference", "exercises", "tests"})


def test_no_module_of_the_kit_can_be_imported_but_those_that_measure(box: Sandbox) -> None:
    """Importing the reference, suites, misconceptions, subjects or any other part fails in a worker."""
    forbidden = [name for name in kit_modules() if name not in BESIDE_STUDENTS and name != "grader.inside.warm"]
    assert {"grader.judging.subjects", "grader.judging.comparison", "grader.judging.mistakes.known"} <= set(forbidden)
    answers = ("hidden.engine", "mistakes", "mistakes.engine")
    assert {f"grader.lectures.{LECTURE.id}.{part}" for part in answers} <= set(forbidden)
    assert f"reference.{LECTURE.id}.engine" in forbidden
    code = f"""
        import importlib
        def slope(f, x, h):
            found = []
            for name in {forbidden!r}:
                try:
                    importlib.import_module(name)
                    found.append(name)
                except ImportError:
                    pass
            return found
        """
    assert returned(box, code) == []


def test_only_the_modules_that_measure_are_loaded(box: Sandbox) -> None:
    """sys.modules holds plain, probes and the worker's own parts; sys.path holds no folder of the kit."""
    code = """
        import sys
        def slope(f, x, h):
            ours = [name for name in sys.modules if name.startswith(("grader", "reference", "tests"))]
            return [ours, sys.path]
        """
    names, path = returned(box, code)
    assert set(names) == BESIDE_STUDENTS
    assert "" not in path
    assert not [folder for folder in path if Path(folder).resolve() in (PROJECT, PROJECT / "grader", Path.cwd())]


def test_no_object_of_the_kit_is_reachable_but_those_that_measure(box: Sandbox) -> None:
    """Walking everything the garbage collector knows finds no function or class of the rest of the kit."""
    code = """
        import gc, types
        def slope(f, x, h):
            gc.unfreeze()
            objects = gc.get_objects()
            for _ in range(2):
                objects += gc.get_referents(*objects)
            found = {o.__module__ for o in objects if isinstance(o, (types.FunctionType, type))}
            found |= {o.__name__ for o in objects if isinstance(o, types.ModuleType)}
            return [name for name in map(str, found) if name.startswith(("grader", "reference", "tests"))]
        """
    assert set(returned(box, code)) <= BESIDE_STUDENTS
    assert "grader.inside.probe" in returned(box, code)


def test_the_frames_below_a_student_are_those_that_measure(box: Sandbox) -> None:
    """Walking the stack meets the probe, the worker and the warm process, whose variables hold no answer."""
    code = """
        import sys
        def slope(f, x, h):
            at, found = sys._getframe(), []
            while at:
                found.append([at.f_code.co_filename.rpartition("/")[2], sorted(map(str, at.f_locals))])
                at = at.f_back
            return found
        """
    frames = returned(box, code)
    ours = {
        "derivatives.py",
        f"{LECTURE.id}.py",
        "probe.py",
        "worker.py",
        "warm.py",
        "<frozen runpy>",
        "<string>",
    }
    assert {file for file, _ in frames} <= ours
    assert not [names for _, names in frames if {"expected", "reference", "seed"} & set(names)]


@unconfined
def test_no_answer_is_in_the_memory_of_a_worker(box: Sandbox) -> None:
    """Reading all of one's memory finds no line of the reference, no hidden check and no misconception."""
    hidden = next(test.sentence for test in suite.tests_of(LECTURE) if test.visibility == suite.HIDDEN)
    mistake = next(iter(known_mistakes(LECTURE.id))).sentence
    line = max(REFERENCE["engine.py"].splitlines(), key=len).strip()
    present = "this sentence stands in the student's own file"
    halves = [(text[:16][::-1], text[16:32][::-1]) for text in (hidden, mistake, line, present)]
    code = f"""
        # {present}
        def count(memory, start, rest):
            found, at = 0, memory.find(start)
            while at >= 0:
                found += memory[at + len(start):at + 2 * len(start)][::-1] == rest
                at = memory.find(start, at + 1)
            return found

        def slope(f, x, h):
            found = [0] * {len(halves)}
            with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
                for line in maps.read().splitlines():
                    start, end = (int(number, 16) for number in line.split()[0].split("-"))
                    if " rw" not in line:
                        continue
                    try:
                        memory.seek(start)
                        read = memory.read(end - start)
                    except (OSError, OverflowError):
                        continue
                    for i, (start, rest) in enumerate({halves!r}):
                        found[i] += count(read, start.encode()[::-1], rest.encode())
            return found
        """
    *answers, control = returned(box, code)
    assert control > 0, "the search itself does not work"
    assert answers == [0, 0, 0]
