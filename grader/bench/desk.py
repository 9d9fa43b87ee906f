"""Print what a student waits for, beside an earlier build: `python -m grader.bench desk --baseline CHECKOUT`.

In each lecture one exercise has a known mistake. It is checked by the earlier build, by the first command of all, which
finds nothing kept and nobody standing by, by one that finds what was kept, by one for which somebody stands by, and by
a watch from the save to the verdict; in turn, so that a busy machine is one for all. The earlier build runs with the
same interpreter; it may lack the later lectures.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from grader.course import Lecture, load, reference_sources
from grader.judging.mistakes.edits import exercises_of
from grader.judging.mistakes.known import Edit, Misconception, edited_sources, known_mistakes

LIGHT = ((), ("--help",), ("list",), ("hint",))
OFF = {"GRADER_STANDBY": "0"}


@dataclass(frozen=True)
class Wrong:
    """A course folder in which one exercise is wrong, the file in which it is, and its text."""

    home: Path
    exercise: str
    file: Path
    text: str

    def save(self, unused: float) -> None:
        """The same mistake in a solution that is written otherwise: it sets a variable that nobody uses."""
        mark = re.search(rf"( *)### BEGIN SOLUTION {self.exercise}\n", self.text)
        assert mark
        line = f"{mark[1]}unused = {unused}\n"
        self.file.write_text(self.text[: mark.end()] + line + self.text[mark.end() :], encoding="utf-8")


def main(words: list[str]) -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m grader.bench desk", description=__doc__)
    parser.add_argument("--baseline", type=Path, required=True, help="a checkout of an earlier build")
    parser.add_argument("--runs", type=int, default=5, help="how often each is timed (default 5)")
    parser.add_argument("lectures", nargs="*", metavar="LECTURE", help="which lectures (default 1 to 4)")
    options = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="gb") as place:
        os.environ["XDG_RUNTIME_DIR"] = place
        for lecture in [load().lecture(word) for word in options.lectures or ("1", "2", "3", "4")]:
            print_lecture(lecture, Path(place) / lecture.id, options.baseline.resolve(), options.runs)
        print_light(Path(place) / "1", options.baseline.resolve(), options.runs)


def print_lecture(lecture: Lecture, place: Path, baseline: Path, runs: int) -> None:
    """The medians of one lecture, and how they compare with the earlier build's."""
    wrong = _wrong(lecture, place)
    check = ["check", wrong.exercise]
    with _watch(wrong) as watched:
        _run(check, wrong.home)  # from now on somebody stands by
        ways: dict[str, Callable[[], float]] = {
            "check, earlier build": lambda: _run(check, wrong.home, {"PYTHONPATH": str(baseline), **OFF}),
            "check, the first of all": lambda: _first(check, wrong.home),
            "check, nobody stands by": lambda: _run(check, wrong.home, OFF),
            "check, the second and later": lambda: _run(check, wrong.home),
            "watch, from save to verdict": watched,
        }
        for act in ways.values():
            act()  # once for nothing: what is kept is kept from now on
        found: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(runs):
            for name, act in ways.items():
                found[name].append(act())
    _print(f"{lecture.id}, {wrong.exercise} with a known mistake", found)


def print_light(place: Path, baseline: Path, runs: int) -> None:
    """The commands that have to answer at once."""
    wrong = _wrong(load().lectures[0], place)
    for words in LIGHT:
        command = [*words, wrong.exercise] if words == ("hint",) else list(words)
        earlier: list[float] = []
        now: list[float] = []
        for _ in range(runs):
            earlier.append(_run(command, wrong.home, {"PYTHONPATH": str(baseline)}))
            now.append(_run(command, wrong.home))
        _print(f"grader {' '.join(command)}".rstrip(), {"earlier build": earlier, "now": now})


def _print(title: str, found: Mapping[str, list[float]]) -> None:
    print(title)
    first = statistics.median(next(iter(found.values())))
    for name, seconds in found.items():
        median = statistics.median(seconds)
        print(f"  {name:<30} median {median:7.3f} s   {median / first:5.2f} of the earlier build", flush=True)


def _wrong(lecture: Lecture, place: Path) -> Wrong:
    """All exercises of a lecture solved, but for one with the first mistake of the catalogue that is made in one."""
    _run(["stubs", "--to", str(place)], place.parent)
    folder = place / lecture.id
    for name, text in reference_sources(lecture).items():
        (folder / name).write_text(text, encoding="utf-8")
    mistake, edits, exercise = next(_mistakes(lecture))
    ((name, text),) = edited_sources(edits, lecture, mistake.id).items()
    (folder / name).write_text(text, encoding="utf-8")
    return Wrong(place, exercise, folder / name, text)


def _mistakes(lecture: Lecture) -> Iterator[tuple[Misconception, tuple[Edit, ...], str]]:
    """The known mistakes that are made in one exercise alone."""
    for mistake in known_mistakes(lecture.id):
        found = exercises_of(mistake.variants[0], lecture)
        if len(found) == 1:
            yield mistake, mistake.variants[0], next(iter(found))


def _run(words: list[str], home: Path, environment: Mapping[str, str] = {}) -> float:
    """The seconds of a whole command."""
    command = [sys.executable, "-m", "grader", *words]
    started = time.perf_counter()
    subprocess.run(command, cwd=home, env={**os.environ, **environment}, capture_output=True, check=False)
    return time.perf_counter() - started


def _first(words: list[str], home: Path) -> float:
    """The seconds of a command where nothing is kept yet."""
    with tempfile.TemporaryDirectory() as empty:
        return _run(words, home, {"XDG_CACHE_HOME": empty, **OFF})


@contextmanager
def _watch(wrong: Wrong) -> Iterator[Callable[[], float]]:
    """What saves the exercise, as wrong as before and otherwise written, and gives the seconds to its verdict."""
    command = [sys.executable, "-m", "grader", "watch", wrong.exercise]
    with subprocess.Popen(command, cwd=wrong.home, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        verdicts = (line for line in iter(process.stdout.readline, "") if " as saved at " in line)

        def seconds() -> float:
            started = time.perf_counter()
            wrong.save(unused=started)
            next(verdicts)
            return time.perf_counter() - started

        next(verdicts)
        try:
            yield seconds
        finally:
            process.terminate()
