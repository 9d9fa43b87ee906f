"""What pytest collects in a course folder: a module's exercises, and of each its checks, as told by the kit.

This runs in pytest's own process. It imports nothing that judges; the command does, in a process of its own.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

import pytest

PASSED, TODO, BLOCKED, FAULT = "passed", "todo", "blocked", "fault"
COLUMNS = "90"
HANDED_IN = (".py", ".safetensors")
Hook = Callable[..., Generator[None, Any, Any]]


def collector(conftest: str) -> Hook:
    """What a conftest.py calls pytest_collect_file: the modules of its folder's lectures are checked, not imported."""
    kit = Kit(Path(conftest).resolve().parent)

    @pytest.hookimpl(wrapper=True)
    def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Generator[None, Any, Any]:
        others = yield
        if file_path.suffix not in HANDED_IN or file_path.resolve().parent.parent != kit.root:
            return others
        name = f"{file_path.resolve().parent.name}/{file_path.name}"
        return [Module.of(parent, file_path, kit, name)] if name in kit.modules else others

    return pytest_collect_file


class Kit:
    """What the kit says of one course folder, each thing asked once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.findings: dict[tuple[str, str], dict[str, Any]] = {}
        self.told: set[str] = set()  # lectures and exercises that were checked
        self.broken: dict[str, str] = {}  # of each file that cannot be imported, which check says so

    @cached_property
    def modules(self) -> dict[str, list[dict[str, Any]]]:
        """The exercises of each module, in the order of the course."""
        found: dict[str, list[dict[str, Any]]] = {}
        for exercise in self._asked("list")["exercises"]:
            found.setdefault(exercise["file"], []).append(exercise)
        return found

    def finding(self, check: "Check") -> dict[str, Any] | None:
        """What came of a check. It is asked with all of its lecture that pytest is to run. None if it was not run."""
        lecture, exercise = check.lecture, check.exercise
        if not self.told & {lecture, exercise}:
            items = [item for item in check.session.items if isinstance(item, Check) and item.lecture == lecture]
            word = lecture if {item.exercise for item in items} != {exercise} else exercise
            self.told.add(word)
            found = self._asked("check", word)["findings"]
            self.findings.update(((one["exercise"], one["test"]), one) for one in found)
        return self.findings.get((exercise, check.test))

    def _asked(self, *words: str) -> dict[str, Any]:
        """The kit's own process; nothing that pytest was told reaches it."""
        command = [sys.executable, "-P", "-m", "grader", "-C", str(self.root), "panel", *words]
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV"))}
        plain = {**kept, "COLUMNS": COLUMNS, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
        done = subprocess.run(
            command, env=plain, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False
        )
        if done.returncode:
            raise pytest.UsageError(done.stderr.strip() or f"{' '.join(command)} ended with {done.returncode}")
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer


class Module(pytest.File):
    """A module of a lecture."""

    exercises: list[dict[str, Any]]
    kit: Kit

    @classmethod
    def of(cls, parent: pytest.Collector, path: Path, kit: Kit, name: str) -> "Module":
        made: Module = cls.from_parent(parent, path=path)
        made.kit, made.exercises = kit, kit.modules[name]
        return made

    def collect(self) -> Iterator["Exercise"]:
        for told in self.exercises:
            made: Exercise = Exercise.from_parent(self, name=told["id"])
            made.kit, made.told = self.kit, told
            yield made


class Exercise(pytest.Class):
    """An exercise, which panels show as they show a class of tests."""

    told: dict[str, Any]
    kit: Kit

    def collect(self) -> Iterator["Check"]:
        names: set[str] = set()
        for one in self.told["checks"]:
            sentence = one["sentence"].replace("::", ": ")
            name = f"{sentence} ({one['name']})" if sentence in names else sentence
            names.add(name)
            made: Check = Check.from_parent(self, name=name)
            made.kit, made.test, made.line = self.kit, one["name"], self.told["line"]
            made.exercise, made.lecture = self.told["id"], self.told["lecture"]
            yield made


class Check(pytest.Item):
    """One check; its name is its sentence."""

    kit: Kit
    exercise: str
    lecture: str
    test: str
    line: int

    def runtest(self) -> None:
        found = self.kit.finding(self)
        if found is None:
            self._skip("It is not run here; it is at grading.")
        if found["printed"]:
            self.add_report_section("call", "stdout", found["printed"])
        self._end(found["status"], found["text"], found["broken"])

    def _end(self, status: str, text: str, broken: str) -> None:
        """As pytest has it: what is not written yet, or waits, is skipped; panels tell a failure by AssertionError."""
        if status in (TODO, BLOCKED):
            self._skip(text)
        if broken and self.kit.broken.setdefault(broken, self.nodeid) != self.nodeid:
            self._skip(f"{broken} cannot be imported, as another check tells.")
        if status == FAULT:
            raise RuntimeError(text)
        if status != PASSED:
            raise AssertionError(text)

    def _skip(self, why: str) -> NoReturn:
        raise pytest.skip.Exception(why, _use_item_location=True)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What the kit says, without a traceback: there is none of the student's code in this process."""
        return str(excinfo.value)

    def reportinfo(self) -> tuple[Path, int, str]:
        """The student's own line, where the exercise begins."""
        return self.path, self.line - 1, f"{self.exercise}: {self.name}"
