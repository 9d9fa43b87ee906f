"""The isolation levels, from none to all, and the layers that each is made of."""

import sys

PROCESS, LANDLOCK, NAMESPACES = LEVELS = ("process", "landlock", "namespaces")  # each holds all that is before it
LINUX = sys.platform == "linux"

_LAYERS = (
    (PROCESS, "own process, forked from a clean one that holds no answers"),
    (PROCESS, "cleared environment, own empty folder, no inherited descriptors"),
    (PROCESS, "limits on time, processor time, file size and output"),
    (PROCESS, "limit on memory"),
    (PROCESS, "the whole process tree is killed at the end, daemons too"),
    (LANDLOCK, "system-call filter: no new processes, no programs, no network, no signals to others"),
    (LANDLOCK, "Landlock: libraries can be read, the own folder written, nothing else"),
    (LANDLOCK, "no capabilities, no new privileges"),
    (NAMESPACES, "own user, process, mount, network, IPC and host-name namespaces"),
    (NAMESPACES, "a file system that holds the libraries and a private folder in memory, and no /proc"),
)
_LINUX_ALONE = ("limit on memory", "the whole process tree is killed at the end, daemons too")


def said(level: str) -> str:
    """A level as a gradebook and a report put it."""
    return "none: graded without a sandbox" if level == PROCESS else level


def holds(level: str, wanted: str) -> bool:
    """Whether a level is at least the one wanted."""
    return LEVELS.index(level) >= LEVELS.index(wanted)


def layers(level: str) -> list[tuple[str, bool]]:
    """Every layer, and whether it is in force at a level on this system."""
    return [(what, holds(level, least) and (LINUX or what not in _LINUX_ALONE)) for least, what in _LAYERS]
