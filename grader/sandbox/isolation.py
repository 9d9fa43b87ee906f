"""Which isolation this machine offers, found out by trying: a real worker tries to break out of each level."""

import os
from functools import cache

from grader.errors import Fault, NoIsolation
from grader.inside.kernel import landlock_version
from grader.inside.levels import LANDLOCK, LEVELS, NAMESPACES, PROCESS, holds, layers
from grader.inside.probes import self_test
from grader.sandbox import Limits, Sandbox
from grader.sandbox.observation import RETURNED
from grader.sandbox.sandboxed import Sandboxed

SELF_TEST, FILE = "self_test", "own.py"
# what a submission could try: the names of those attempts come back that got through
ATTEMPTS = """
import os, socket, subprocess

def leave_the_process():
    if os.fork() == 0:
        os._exit(0)

def answer():
    attempts = {
        "a network socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        "a new process": leave_the_process,
        "a program": lambda: subprocess.run(["/bin/true"]),
        "a signal to its parent": lambda: os.kill(os.getppid() or 1, 0),
        "a file of this machine": lambda: open("/etc/passwd").close(),
        "a list of processes": lambda: os.listdir("/proc/1"),
        "writing outside its folder": lambda: open("/tmp/grader-attempt", "x").close(),
    }
    open("inside", "w").close()
    return [name for name, attempt in attempts.items() if succeeds(attempt)] + [os.getpid()]

def succeeds(attempt):
    try:
        attempt()
    except OSError:
        return False
    return True
"""


def offered() -> tuple[str, ...]:
    """The levels that can be had here, from none to all."""
    return tuple(level for level in LEVELS if not missing(level))


def best(least: str = PROCESS) -> str:
    """The best level that can be had here. Raises NoIsolation if that is below `least`."""
    found = next(level for level in reversed(LEVELS) if not missing(level))
    if holds(found, least):
        return found
    reasons = "; ".join(f"{level}: {missing(level)}" for level in LEVELS if missing(level))
    trust = "" if holds(found, LANDLOCK) else "; or, if you trust everybody whose code this is, say --unsafe"
    raise NoIsolation(
        f"Nothing was run: isolation level '{least}' is asked for, and this machine offers '{found}' ({reasons}). "
        f"Install what is missing, or grade in a container or a virtual machine (Windows: WSL 2) that offers it{trust}"
    )


def for_strangers(least: str, unsafe: bool) -> str:
    """The best level for code of people one does not know. Raises NoIsolation.

    Without any isolation it is run only if that is asked for (`unsafe`), and never as root.
    """
    found = best(PROCESS if unsafe else least)
    if found == PROCESS and os.geteuid() == 0:
        raise NoIsolation("Nothing was run: as root, without a sandbox, this code could do anything to this machine.")
    return found


@cache
def missing(level: str) -> str:
    """What is missing for a level, as the one who would install it needs to hear it; empty if nothing is."""
    if level == PROCESS:
        return ""
    try:
        limits = Limits(submission_seconds=5.0)
        with Sandbox(SELF_TEST, limits, level) as box, Sandboxed(box, {FILE: ATTEMPTS}) as subject:
            found = subject.observe(self_test.answer, {})
    except (NoIsolation, Fault) as error:
        return str(error)
    if found.kind != RETURNED or not isinstance(found.value, list):
        return f"a worker in it {found.kind} ({found.text})"
    *through, pid = found.value
    if level == NAMESPACES and pid != 1:
        through.append("a process number of the machine's own")
    return f"a worker got through to {', '.join(through)}" if through else ""


def facts(level: str) -> list[tuple[str, bool]]:
    """Every layer of isolation, and whether it is in force at a level on this machine."""
    known = layers(level)
    if level == NAMESPACES and not landlock_version():  # the other layers of the level hold without it
        return [(what, there and not what.startswith("Landlock")) for what, there in known]
    return known
