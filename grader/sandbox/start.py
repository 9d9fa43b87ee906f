"""How the warm process is started: the command line and the environment, for each level.

It is always a clean interpreter: no site, no user site, no folder of the caller's on the path, no environment but ours.
(That is what `-I` does, but `-I` would also ignore that strings shall hash alike in every run.)
At level "namespaces", bubblewrap starts it in a world of its own; each worker then gets its own namespaces within.
"""

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import grader.inside
from grader.errors import NoIsolation
from grader.inside.levels import NAMESPACES
from grader.sandbox import view

ADDR_NO_RANDOMIZE = 0x0040000
NOBODY = 61000  # whom root becomes before a student's code can run: a user id that owns nothing
BOX = "/box"  # where each worker's own folder is mounted, at level "namespaces"
WARM_BYTES = 1 << 24
WARM = Path(grader.inside.__file__).parent / "warm.py"


def command(level: str, control: int, files: Sequence[str]) -> list[str]:
    """What to execute. `control` is the descriptor that becomes descriptor 3, `files` is what must be in view."""
    if level == NAMESPACES:
        return bubblewrapped(_warm(view.interpreter(), control), [*files, str(WARM)])
    return _warm(view.interpreter(), control)


def environment(level: str, folder: Path) -> dict[str, str]:
    """All that the warm process sees: one thread, one hash seed, UTF-8, and where libraries may put what they keep."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    own = BOX if level == NAMESPACES else str(folder)
    places = {"TMPDIR": own, "MPLBACKEND": "Agg", "MPLCONFIGDIR": f"{own}/matplotlib"}
    return {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "PATH": os.defpath, **threads, **places}


def _warm(interpreter: str, control: int) -> list[str]:
    clean = [interpreter, "-s", "-S", "-P"]
    return [*clean, "-c", _bootstrap(control), *clean, str(WARM)]


def _bootstrap(control: int) -> str:
    """What the new interpreter does first: the socket becomes descriptor 3, and addresses stop being random.

    A set of objects is ordered by their addresses: where a mistake shows in some orders only, marks would be a lottery.
    """
    return (
        "import ctypes, os, sys\n"
        f"{control} == 3 or (os.dup2({control}, 3), os.close({control}))\n"
        "os.set_inheritable(3, True)\n"
        f"sys.platform == 'linux' and ctypes.CDLL(None).personality({ADDR_NO_RANDOMIZE})\n"
        "os.execv(sys.argv[1], sys.argv[1:])"
    )


def bubblewrapped(inner: Sequence[str], files: Sequence[str]) -> list[str]:
    """The command in a new world: own namespaces, a read-only view of the libraries, no network, no /proc.

    It keeps two capabilities, inside that world alone: to give each worker namespaces, and to take all rights from it.
    Root first becomes a user that owns nothing, once all is in view; only root can see what lies in its home.
    """
    program = shutil.which("bwrap")
    if program is None:
        raise NoIsolation("bubblewrap is not installed (Debian, Ubuntu, Fedora: package bubblewrap)")
    binds = _binds(files)
    own = [f"--unshare-{kind}" for kind in ("user", "pid", "net", "ipc", "uts", "cgroup-try")]
    rights = [part for right in ("CAP_SYS_ADMIN", "CAP_SETPCAP") for part in ("--cap-add", right)]
    box = ["--size", str(WARM_BYTES), "--tmpfs", BOX]  # the warm process's own; each worker's is mounted over it
    world = [program, "--die-with-parent", *own, *rights, *binds, *box, "--remount-ro", "/", "--chdir", "/"]
    command = [*world, "--", *inner]
    return command if os.geteuid() else _as_nobody(program, _binds([*files, program]), command)


def _binds(files: Iterable[str]) -> list[str]:
    links = [part for path in view.SYSTEM if os.path.islink(path) for part in ("--symlink", os.readlink(path), path)]
    devices = [part for path in view.DEVICES for part in ("--dev-bind", path, path)]
    read = [*view.readable(), *files]
    folders = sorted({str(folder) for path in (*read, *view.DEVICES) for folder in Path(path).parents} - {"/"})
    opened = [part for folder in folders for part in ("--dir", folder)]  # bubblewrap would make them for its user alone
    return [*opened, *links, *(part for path in read for part in ("--ro-bind", path, path)), *devices]


def _as_nobody(program: str, binds: list[str], command: list[str]) -> list[str]:
    """The command as a user that owns nothing, in a view that root has made, where that user may look."""
    drop = (
        "import os, sys\n"
        f"os.setgroups([]); os.setresgid({NOBODY}, {NOBODY}, {NOBODY}); os.setresuid({NOBODY}, {NOBODY}, {NOBODY})\n"
        "os.execv(sys.argv[1], sys.argv[1:])"
    )
    rights = ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--die-with-parent"]
    seen = ["--bind", "/proc", "/proc", *binds]
    return [program, *rights, *seen, "--", view.interpreter(), "-s", "-S", "-P", "-c", drop, *command]
