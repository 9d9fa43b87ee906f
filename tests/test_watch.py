"""`grader watch`, as a student meets it in a terminal: what is saved is judged, keys are heard, nothing stops it."""

import os
import shutil
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from watch_kit import LECTURE, SOLUTION, STUB, TINY, Watching

from grader.course import load, reference_sources
from grader.desk.watch.judge import Interrupted, Judge
from grader.submission import Submission

FORGETS = SOLUTION.replace("return sum(xs) / len(xs)", "return sum(xs)")
LEAVES_OUT = SOLUTION.replace("len(xs) - n + 1)", "len(xs) - n)")
ONLY_MEAN = STUB.replace(
    '    raise NotImplementedError("mean")  # TODO: your code goes here', "    return sum(xs) / len(xs)"
)
KEYS = "h hint"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A student's folder of the tiny course, not begun."""
    shutil.copytree(TINY / "exercises", tmp_path / "home")
    return tmp_path / "home"


def test_from_the_first_save_to_the_end_of_the_course(home: Path) -> None:
    """A mistake is named, what passes is told and the next exercise stands there, and at the end one line says so."""
    with Watching(home) as watch:
        assert "TODO" in watch.until("mean   lecture1_averages/averages.py:", "0 of 2", KEYS)
        watch.save(FORGETS)
        told = watch.until("[mean-forgets-to-share]", "as saved at", "0 of 2")
        assert "What should the mean of 5.0, 5.0 and 5.0 be?" in told
        watch.save(ONLY_MEAN)
        assert "more at grading" in watch.until("PASS    mean ", "moving-mean   lecture1", "1 of 2")
        watch.save(LEAVES_OUT)
        watch.until("[last-group-left-out]", "1 of 2")
        watch.save(SOLUTION)
        told = watch.until("So does the whole course.")
        assert "Lecture 1, averages: all 2 exercises pass. Hand it in: grader pack lecture1_averages" in told
        assert watch.ended() == 0


def test_the_keys(home: Path) -> None:
    """Each does what its command does, for the exercise on the screen; the terminal is left as it was found."""
    both = FORGETS.replace("len(xs) - n + 1)", "len(xs) - n)")
    (home / LECTURE / "averages.py").write_text(both, encoding="utf-8")
    with Watching(home, "mean") as watch:
        watch.until("[mean-forgets-to-share]", KEYS)
        watch.press("h")
        watch.until("$ grader hint mean", "About what the last check of mean recognised", KEYS)
        watch.press("r")
        watch.until("$ grader check mean --replay", "To try it in a Python prompt", KEYS)
        watch.press("l")
        watch.until("FAIL     mean ", "moving-mean", "The mean of each n neighbours", KEYS)
        watch.press("v")
        watch.until("Recognised: ", KEYS)
        watch.press("xn")
        watch.until("Put the stub of mean back?", "Nothing was changed.")
        watch.press("xy")
        watch.until("this begins anew: mean", "TODO", KEYS)
        watch.press("n")
        watch.until("moving-mean   lecture1_averages/averages.py:", KEYS)
        watch.press("\x1b[A?")  # an arrow, and a key that does nothing
        watch.press("q")
        assert watch.ended() == 0
        assert termios.tcgetattr(watch.inner) == watch.as_found
    assert (home / LECTURE / "averages.py").read_text(encoding="utf-8").count("NotImplementedError") == 1


def test_what_stands_there_fits_the_window(home: Path) -> None:
    """The line of keys stays below the verdict, however low or narrow the window becomes."""
    (home / LECTURE / "averages.py").write_text(FORGETS, encoding="utf-8")
    with Watching(home, "mean", rows=9) as watch:
        watch.until("... (v shows all of it)", KEYS)
        watch.resize(24, 60)
        told = watch.until("[mean-forgets-to-share]", "h hint  r replay")
        assert max(map(len, told.splitlines())) <= 80
        watch.press("q")
        assert watch.ended() == 0


def test_what_is_being_typed_takes_nothing_away(home: Path) -> None:
    """A file that does not parse, or never ends, says so; what had passed has passed when it is mended."""
    (home / LECTURE / "averages.py").write_text(ONLY_MEAN, encoding="utf-8")
    with Watching(home) as watch:
        watch.until("moving-mean   lecture1_averages/averages.py:", "1 of 2")
        watch.save(ONLY_MEAN + "\ndef broken(:\n")
        watch.until("ERROR   averages.py cannot be imported", "def broken(:", "1 of 2")
        watch.save(ONLY_MEAN + "\nwhile True: pass\n")
        watch.until("checking averages.py")
        watch.save(ONLY_MEAN + "\n\n")
        told = watch.until("TODO    Every group", "1 of 2   averages.py as saved")
        assert "does not pass" not in told
        watch.press("q")
        assert watch.ended() == 0


def test_other_exercises_that_change_are_told(home: Path) -> None:
    """What is broken elsewhere by a change is said beside the exercise on the screen."""
    (home / LECTURE / "averages.py").write_text(ONLY_MEAN, encoding="utf-8")
    with Watching(home, "moving-mean") as watch:
        watch.until("moving-mean   lecture1_averages/averages.py:", "1 of 2")
        watch.save(ONLY_MEAN.replace("sum(xs) / len(xs)", "sum(xs)"))
        watch.until("mean does not pass any more", "0 of 2")
        watch.save(ONLY_MEAN)
        watch.until("mean passes now, too", "1 of 2")


def test_it_goes_on_when_its_processes_are_killed(home: Path) -> None:
    """The warm process is started again by the next check."""
    with Watching(home) as watch:
        watch.until("mean   lecture1_averages/averages.py:", KEYS)
        for child in children_of(watch.process.pid):
            os.kill(child, signal.SIGKILL)
        watch.save(FORGETS)
        watch.until("[mean-forgets-to-share]")


def test_it_goes_on_when_nothing_can_be_kept(home: Path) -> None:
    """Where the progress cannot be written, the verdict stands, and that is said."""
    (home / ".grader").write_text("in the way", encoding="utf-8")
    with Watching(home) as watch:
        watch.until("what you have done cannot be kept")
        watch.save(FORGETS)
        watch.until("[mean-forgets-to-share]")


def test_it_goes_on_when_the_folder_is_gone_for_a_while(home: Path) -> None:
    """As while another branch is checked out."""
    with Watching(home) as watch:
        watch.until("0 of 2   averages.py as saved")
        (home / LECTURE).rename(home / "away")
        watch.until("ERROR", f"There is no folder {LECTURE}")
        (home / "away").rename(home / LECTURE)
        watch.until("TODO")
        watch.save(FORGETS)
        watch.until("[mean-forgets-to-share]")


@pytest.mark.parametrize("term", ["dumb", "xterm"])
def test_without_a_terminal_each_verdict_is_a_block(home: Path, term: str) -> None:
    """What is written to a pipe has no colour and is never written over; Ctrl-C ends it as one expects."""
    command = [sys.executable, "-m", "grader", "-C", str(home), "watch"]
    environment = {**os.environ, "GRADER_COURSE": str(TINY / "exercises"), "TERM": term}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=pipe, text=True, env=environment) as process:
        assert process.stdout
        lines = iter(process.stdout.readline, "")
        told = [next(line for line in lines if "0 of 2" in line)]
        (home / LECTURE / "averages.py").write_text(FORGETS, encoding="utf-8")
        told += [next(line for line in lines if "[mean-forgets-to-share]" in line)]
        told += [next(line for line in lines if "as saved at" in line)]
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    assert "\x1b" not in "".join(told)


def test_what_is_not_wanted_any_more_is_broken_off() -> None:
    """A judge asks before every measurement whether the answer is still wanted."""
    lecture = load().lecture("1")
    files = {name: text.encode() for name, text in reference_sources(lecture).items()}
    asked = iter([False, False, True])
    with Judge(lecture, 1, lambda: next(asked)) as judge, pytest.raises(Interrupted):
        judge.check(Submission("you", lecture, files), [lecture.exercises[0].id], thoroughly=False)
    assert next(asked, None) is None


def children_of(pid: int) -> list[int]:
    time.sleep(0.2)
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(word) for word in listed.stdout.split()]
