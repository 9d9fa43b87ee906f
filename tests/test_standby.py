"""A process that stands by: it carries the next command out at once, as that would have been, and nothing else."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from grader.course import PROJECT
from grader.desk import standby

LECTURE, FILE = "lecture1_averages", "averages.py"
TINY = PROJECT / "tests" / "tiny_course"
SOLUTION = (TINY / "reference" / LECTURE / FILE).read_text(encoding="utf-8")
FORGETS = SOLUTION.replace("return sum(xs) / len(xs)", "return sum(xs)")
ASK = "import sys; from grader.standby import ask; code = ask.carried_out(sys.argv[1:]); 'click' in sys.modules and 1/0"
PATIENCE = 60.0
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="nothing stands by on this system")


class Place:
    """A course of one's own, a student's folder, and where a process may stand by."""

    def __init__(self, folder: Path) -> None:
        self.course, self.home, self.runtime = folder / "course", folder / "home", folder / "run"
        shutil.copytree(TINY, self.course)
        shutil.copytree(TINY / "exercises", self.home)
        self.runtime.mkdir(mode=0o700)
        plain = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "COV", "GRADER_")) and k != "CI"}
        told = {"GRADER_COURSE": str(self.course / "exercises"), "XDG_RUNTIME_DIR": str(self.runtime), "COLUMNS": "80"}
        self.environment = {**plain, **told}
        self.write(FORGETS)

    def write(self, source: str) -> None:
        (self.home / LECTURE / FILE).write_text(source, encoding="utf-8")

    def start(self, *command: str, **environment: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, *command], cwd=self.home, env={**self.environment, **environment}, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def run(self, *words: str, **environment: str) -> tuple[int, str, str]:
        """A command as it is typed."""
        with self.start("-m", "grader", *words, **environment) as process:
            told, said = process.communicate(timeout=PATIENCE)
        return process.returncode, told, said

    def ask(self, *words: str, **environment: str) -> tuple[int, str, str]:
        """The same, of whoever stands by alone: 99 if nobody does."""
        with self.start("-c", f"{ASK}; sys.exit(99 if code is None else code)", *words, **environment) as process:
            told, said = process.communicate(timeout=PATIENCE)
        return process.returncode, told, said

    def until_somebody_stands_by(self, *words: str) -> tuple[int, str, str]:
        """What whoever stands by gives, as soon as somebody does."""
        deadline = time.monotonic() + PATIENCE
        while (found := self.ask(*words))[0] == 99:
            assert time.monotonic() < deadline, "nobody stands by"
            time.sleep(0.05)
        return found

    def processes(self) -> list[int]:
        """Those that stand by here."""
        found = []
        for entry in Path("/proc").iterdir():
            with suppress(OSError):
                told = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
                if b"grader.standby.process" in told and str(self.runtime).encode() in told:
                    found.append(int(entry.name))
        return found

    def close(self) -> None:
        for pid in self.processes():
            with suppress(OSError):
                os.kill(pid, signal.SIGTERM)


@pytest.fixture
def place() -> Iterator[Place]:
    """In a folder with a short name, as that of a socket has to be."""
    with tempfile.TemporaryDirectory(prefix="gs") as folder:
        made = Place(Path(folder))
        try:
            yield made
        finally:
            made.close()


def test_it_gives_what_the_command_gives(place: Place) -> None:
    """Every stream and the exit code are the same; what it reads is read anew each time."""
    alone = place.run("check", "mean", GRADER_STANDBY="0")
    assert alone[0] == 1
    assert "[mean-forgets-to-share]" in alone[1]
    assert place.processes() == []
    assert place.run("check", "mean") == alone
    assert place.until_somebody_stands_by("check", "mean") == alone
    assert place.ask("-C", str(place.home), "check", "mean", "--json")[1].startswith("{")
    place.write(SOLUTION)
    code, told, said = place.ask("check")
    assert (code, said) == (0, "Lecture 1 averages: checking 2 exercises ...\n")
    assert "Lecture 1 is complete" in told
    assert place.ask("check", "median")[0] == 2
    assert place.ask("list")[0] == 99  # what needs no judge is not asked of it
    assert place.ask("check", "mean", "--debug")[0] == 99  # nor what somebody sits at the keys of
    assert place.ask("panel", "check", "mean")[1].startswith('{"findings": [')
    assert place.run("check", "mean", NO_COLOR="1", COLUMNS="60")[0] == 0
    assert len(place.processes()) == 1


def test_another_kit_is_another_process(place: Place) -> None:
    """Whoever changes a suite never meets the old one."""
    place.run("check", "mean")
    place.until_somebody_stands_by("check", "mean")
    suite = place.course / "lectures" / LECTURE / "public.py"
    text = suite.read_text(encoding="utf-8")
    suite.write_text(text.replace("shared out evenly", "shared out fairly"), encoding="utf-8")
    assert place.ask("check", "mean")[0] == 99
    assert "shared out fairly" in place.run("check", "mean")[1]


def test_several_at_once(place: Place) -> None:
    """One has the warm process that is ready, the others start their own; all give the same."""
    alone = place.run("check")
    place.until_somebody_stands_by("check")
    with ThreadPoolExecutor(4) as several:
        assert set(several.map(lambda _: place.run("check"), range(4))) == {alone}
    assert place.ask("check") == alone


def test_ctrl_c_ends_the_command_and_not_who_stands_by(place: Place) -> None:
    """As a command that does everything itself is ended by it, with the same word."""
    place.run("check", "mean")
    place.until_somebody_stands_by("check", "mean")
    place.write(SOLUTION.replace("return sum(xs) / len(xs)", "while True: pass"))
    with place.start("-m", "grader", "check") as process:
        assert process.stderr
        process.stderr.readline()
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said.strip()) == (1, "Aborted!")
    place.write(SOLUTION)
    assert place.until_somebody_stands_by("check", "mean")[0] == 0


def test_it_goes_on_when_a_command_is_killed(place: Place) -> None:
    """What was in use is not used again."""
    place.run("check", "mean")
    place.until_somebody_stands_by("check", "mean")
    place.write(SOLUTION.replace("return sum(xs) / len(xs)", "while True: pass"))
    with place.start("-m", "grader", "check") as process:
        assert process.stderr
        process.stderr.readline()
        time.sleep(0.3)
        process.kill()
    place.write(SOLUTION)
    assert place.until_somebody_stands_by("check", "mean")[0] == 0


def test_who_is_killed_is_missed_by_nobody(place: Place) -> None:
    """A command that finds nobody does its work itself, and sees to the next."""
    alone = place.run("check", "mean")
    place.until_somebody_stands_by("check", "mean")
    for pid in place.processes():
        os.kill(pid, signal.SIGKILL)
    assert place.run("check", "mean") == alone
    assert place.until_somebody_stands_by("check", "mean") == alone


def test_it_ends_when_nobody_asks(place: Place) -> None:
    """And leaves nothing behind."""
    code = "from grader.standby import process; process.IDLE = 0.5; process.main()"
    with place.start("-c", code, LECTURE) as process:
        assert process.wait(PATIENCE) == 0
    assert list(next(place.runtime.iterdir()).iterdir()) == []


def test_other_commands_start_none(place: Place) -> None:
    """What has a sandbox of its own now and then, such as the doctor, or one where somebody sits at the keys."""
    assert place.run("doctor")[0] == 0
    place.run("check", "mean", "--debug")
    assert place.processes() == []


@pytest.mark.parametrize("variable", [{"CI": "true"}, {standby.OFF: "0"}])
def test_nothing_is_left_behind_where_it_is_not_wanted(place: Place, variable: dict[str, str]) -> None:
    """In CI, and where the environment says so."""
    place.run("check", "mean", **variable)
    assert place.processes() == []
    assert list(place.runtime.iterdir()) == []


def test_a_folder_that_others_may_open_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nor a link, nor a file in its place."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    folder = tmp_path / f"grader-standby-{os.geteuid()}"
    folder.mkdir()
    folder.chmod(0o755)
    assert standby.socket_path() is None
    folder.rmdir()
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    folder.symlink_to(tmp_path / "elsewhere")
    assert standby.socket_path() is None
    folder.unlink()
    folder.write_text("", encoding="utf-8")
    assert standby.socket_path() is None
