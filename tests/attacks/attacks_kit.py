"""What the attack suite shares: an attack as data, the levels of this machine, and a court that judges an attack.

The court is a trusted process of its own (`court.py`), set up as an instructor's would be and full of planted secrets.
It grades the attack, then an honest submission, and says what was found, told and left behind.
"""

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Any, Self

from grader.course import PROJECT, load, reference_sources
from grader.inside.levels import PROCESS, holds

LECTURE = load().lecture("lecture1_micrograd")
FILE = "derivatives.py"
SOLVED = sum(exercise.points for exercise in LECTURE.exercises if exercise.file == FILE)
SOLUTION = reference_sources(LECTURE)[FILE]
HERE = Path(__file__).parent
LASTING = {"ourselves", "processes", "descriptors", "mounts"}  # what an attack may change where that is possible
PATIENCE = 60.0  # for one attack, on a busy machine: a guard against hanging for ever, and no measurement


@dataclass(frozen=True)
class Attack:
    """One hostile (or just odd) submission: what it tries, and what it deserves.

    `code` is its derivatives.py, `beside` are other files; only the named `exercises` are judged, or all.

    `impossible_from` names the weakest level at which what it tries must fail. Below, it is shown to succeed, so that
    it is known to be a real attack (unless `succeeds_below` is false), or not run at all where that would do harm
    (`tame` is false). With `control`, it must show that its search works. One that is `hurried` gets short time limits;
    without `hidden`, the public checks alone are run; after one that is `heavy`, the court begins anew.
    """

    name: str
    tries: str
    code: str
    marks: int | tuple[int, ...] = 0
    impossible_from: str = PROCESS
    tame: bool = True
    succeeds_below: bool = True
    control: bool = False
    hurried: bool = False
    hidden: bool = True
    heavy: bool = False
    lecture: str = LECTURE.id
    exercises: tuple[str, ...] = ()
    beside: dict[str, str] = field(default_factory=dict)

    @property
    def deserved(self) -> tuple[int, ...]:
        return self.marks if isinstance(self.marks, tuple) else (self.marks,)

    def holds_at(self, level: str) -> bool:
        return holds(level, self.impossible_from)


def prowler(name: str, tries: str, body: str, impossible_from: str = PROCESS, **more: Any) -> Attack:
    """An attack in an otherwise right derivatives.py: it looks around, says what it finds, and then answers honestly.

    `body` is the body of a function; `say(...)` in it means success.
    """
    attack = "def attack():\n" + textwrap.indent(textwrap.dedent(body).strip("\n"), "    ")
    code = "\n\n".join([TOOLS, attack, SOLUTION, PROWL])
    return Attack(name, tries, code, impossible_from=impossible_from, **{"marks": SOLVED, **more})


def whole(name: str, tries: str, code: str, marks: int | tuple[int, ...] = 0, **more: Any) -> Attack:
    """An attack that is a derivatives.py of its own."""
    return Attack(name, tries, textwrap.dedent(code).lstrip("\n"), marks, **more)


# what every prowler may use; the words are put together while it runs, so that they stand in no line of source
TOOLS = '''
import ctypes, errno, mmap, os, re, signal, socket, struct, sys, time

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.syscall.restype = ctypes.c_long


def say(what):
    print("".join(("FO", "UND ")) + str(what), flush=True)


def look(data):
    """Say which of the planted secrets stand in these bytes."""
    for token in sorted(set(re.findall(rb"CANARY-[a-z]+-[0-9a-f]{16}", data))):
        say(token.decode())


def read(path):
    """Look at a file, if that is possible."""
    try:
        with open(path, "rb") as file:
            look(file.read(1 << 20))
    except OSError:
        pass


def call(number, *arguments):
    """A system call; what it returned, or OSError."""
    made = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result = LIBC.syscall(ctypes.c_long(number), *made)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def attempt(what, *arguments):
    """Say it if the call goes through."""
    try:
        what(*arguments)
    except (OSError, AttributeError, ValueError):
        return False
    say(getattr(what, "__name__", what))
    return True


def ancestors():
    """Our parents up to the trusted process, and not one further."""
    pid, found = os.getppid(), []
    while pid > 1:
        found.append(pid)
        if pid == CLUES["trusted"]:
            break
        try:
            with open(f"/proc/{pid}/stat") as stat:
                pid = int(stat.read().rpartition(")")[2].split()[1])
        except OSError:
            break
    return sorted({*found, CLUES["trusted"]})
'''
PROWL = """
_solution = slope


def slope(f, x, h):
    if not hasattr(sys, "has_prowled"):
        sys.has_prowled = True
        try:
            attack()
        except BaseException as error:
            print("it ended with", type(error).__name__, str(error)[:200])
    return _solution(f, x, h)
"""


class Court:
    """A trusted process at one level of isolation, as this user or as an ordinary one. Use it with `with`."""

    def __init__(self, level: str, command: Sequence[str] = ()) -> None:
        self.level = level
        self.command = [*command, sys.executable, "-P", str(HERE / "court.py")]
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def judge(self, attack: Attack) -> dict[str, Any]:
        """What came of the attack and of the honest submission after it, and what was left."""
        if self.process is None or self.process.poll() is not None:
            self._open()
        verdict = self._ask({"attack": asdict(attack)})
        if attack.heavy or LASTING.intersection(verdict["left"]):  # the next attack begins as if there had been none
            self.close()
        return verdict

    def close(self) -> None:
        """End the court; what it leaves is an error of its own."""
        if self.process is None:
            return
        process, self.process = self.process, None
        assert process.stdin is not None
        assert process.stdout is not None
        with process.stdin, process.stdout, suppress(BrokenPipeError):
            process.stdin.close()
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()
            process.wait()
        self.folder.cleanup()

    def _open(self) -> None:
        self.close()
        self.folder = tempfile.TemporaryDirectory(prefix="court-", ignore_cleanup_errors=True)
        os.chmod(self.folder.name, 0o777)
        token = f"CANARY-cmdline-{token_hex(8)}"
        environment = {
            **os.environ,
            "GRADER_SECRET": f"CANARY-environ-{token_hex(8)}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": os.pathsep.join([str(PROJECT), str(HERE.parent)]),
            "XDG_CACHE_HOME": self.folder.name,
        }
        self.process = subprocess.Popen(
            [*self.command, self.level, self.folder.name, token],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=PROJECT, env=environment, start_new_session=True,
        )  # fmt: skip
        self.hello = self._ask({})

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self.process is not None
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        line = self.process.stdout.readline() if ready else b""
        if not line:
            os.killpg(self.process.pid, signal.SIGKILL)
            status = self.process.wait()
            raise AssertionError(f"the trusted process {'ended' if ready else 'hung'} (status {status})")
        return dict(json.loads(line))


def assert_harmless(attack: Attack, level: str, verdict: dict[str, Any]) -> None:
    """The four things that hold for every attack: fair marks, nothing told, nothing left, an honest next report."""
    told = json.dumps(verdict["report"]["findings"])
    succeeded = [line for line in verdict["printed"].splitlines() if "FOUND" in line]
    assert verdict["faults"] == [], "what a student hands in is never the kit's fault"
    assert verdict["score"] in attack.deserved, (verdict["statuses"], verdict["printed"])
    assert verdict["isolation"] == level
    assert verdict["next"] == verdict["next before"], "the next submission must be graded as if nothing had happened"
    if attack.control:
        assert "CONTROL" in verdict["printed"], f"the search itself does not work: {verdict['printed']}"
    if attack.holds_at(level):
        assert succeeded == []
        assert verdict["visits"] == [], "somebody has called at a door of this machine"
        assert [place for place, token in verdict["tokens"].items() if token in told] == []
        assert verdict["left"] == {}
    elif attack.succeeds_below:
        assert succeeded or verdict["visits"] or verdict["left"], f"not a real attack: {verdict['printed']}"
