"""The warm process under attack."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from sandbox_kit import INPUTS, LECTURE, REFERENCE, assert_still_good, observe, open_here, returned, unconfined, within

from grader.errors import Fault
from grader.inside.probes import lecture1_micrograd as probes
from grader.sandbox import Sandbox, warm_process
from grader.sandbox.observation import DIED, RETURNED, TIMED_OUT
from grader.sandbox.sandboxed import Sandboxed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")


def test_a_warm_process_killed_from_outside_is_replaced(box: Sandbox) -> None:
    """If the warm process dies, the question is asked once more of a new one, and nobody is blamed."""
    subject = Sandboxed(box, REFERENCE)
    subject.observe(probes.slope_of_curve, INPUTS)
    box.warm.process.kill()
    box.warm.process.wait()
    assert subject.observe(probes.slope_of_curve, INPUTS).kind == RETURNED
    subject.end()
    assert_still_good(box)


@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGINT", "SIGUSR1", "SIGSEGV", "SIGHUP"])
def test_a_student_who_kills_the_warm_process_harms_nobody_else(box: Sandbox, name: str) -> None:
    """That is a Fault at most, in the student's own report; the next submission is measured as ever."""
    code = f"import os, signal\ndef slope(f, x, h):\n    os.kill(os.getppid(), signal.{name})\n    return 1\n"
    before = open_here()
    for _ in range(2):
        with suppress(Fault):
            observe(box, code)
    assert_still_good(box)
    assert open_here() <= before


def test_a_student_who_stops_the_warm_process_does_not_stop_the_kit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A warm process that no longer answers is given up after a while and replaced."""
    monkeypatch.setattr(warm_process, "START_SECONDS", 2.0)
    code = "import os, signal\ndef slope(f, x, h):\n    os.kill(os.getppid(), signal.SIGSTOP)\n    return 1\n"
    with Sandbox(LECTURE.id) as box, within(15):
        with suppress(Fault):
            observe(box, code)
        assert_still_good(box)


INHERITED = {
    "descriptors": "resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE, (4, 4))",
    "data": "resource.prlimit(os.getppid(), resource.RLIMIT_DATA, (40 << 20, 40 << 20))",
    "stack": "resource.prlimit(os.getppid(), resource.RLIMIT_STACK, (1 << 18, 1 << 18))",
    "processor time": "resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (20, 20))",
    "niceness": "os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)",
    "processors": "os.sched_setaffinity(os.getppid(), {min(os.sched_getaffinity(0))})",
}


@unconfined
@pytest.mark.parametrize("what", INHERITED)
def test_a_student_who_changes_what_later_workers_inherit_harms_nobody_else(box: Sandbox, what: str) -> None:
    """Limits and priority of the warm process are those of later workers: if they were changed, it is replaced."""
    look = """
        import os, resource
        def slope(f, x, h):
            names = ("CPU", "DATA", "NOFILE", "STACK")
            limits = [resource.getrlimit(getattr(resource, "RLIMIT_" + name)) for name in names]
            return [limits, os.nice(0), sorted(os.sched_getaffinity(0))]
        """
    before = returned(box, look)
    with suppress(Fault):
        observe(box, f"import os, resource\ndef slope(f, x, h):\n    {INHERITED[what]}\n    return 1\n")
    assert returned(box, look) == before


FOLDERS = {
    "very deep": "for _ in range(3000): os.mkdir('d'); os.chdir('d')",
    "many entries": "for i in range(2000): open(str(i), 'w').close()",
    "a link in its place": "here = os.getcwd(); os.chdir('/'); os.rmdir(here); os.symlink(keep, here)",
    "gone": "shutil.rmtree(os.getcwd())",
    "gone with the folder around it": "shutil.rmtree(os.path.dirname(os.getcwd()))",
    "not to be entered": "os.mkdir('d'); open('d/file', 'w').close(); os.chmod('d', 0); os.chmod('.', 0)",
}


TOO_MANY = ("very deep", "many entries")


@pytest.mark.parametrize("state", FOLDERS)
def test_whatever_is_left_in_the_working_folder_the_next_submission_is_fine(
    folders: Path, tmp_path: Path, state: str
) -> None:
    """A student's leftovers neither stop the kit nor lead it astray when it removes them."""
    keep = tmp_path / "keep"
    keep.mkdir()
    (keep / "precious").touch()
    code = f"import os, shutil\nkeep = {str(keep)!r}\ndef slope(f, x, h):\n    {FOLDERS[state]}\n    return 1\n"
    try:
        with Sandbox(LECTURE.id) as box:
            assert observe(box, code).kind == (DIED if state in TOO_MANY else RETURNED)
            assert_still_good(box)
        assert list(folders.iterdir()) == []
    except RecursionError as error:  # whose own traceback would take seconds to show
        pytest.fail(f"removing the folder: {error}")
    finally:
        subprocess.run(["rm", "-rf", str(folders)], check=True)  # which copes with any depth
    assert (keep / "precious").exists()


@unconfined
def test_a_fork_bomb_of_fifty_is_cleared(box: Sandbox) -> None:
    """Many processes at once, half of them zombies, are gone at the end."""
    code = """
        import os, time
        def slope(f, x, h):
            for i in range(50):
                if os.fork() == 0:
                    os.setsid()
                    while i % 2:
                        time.sleep(60)
                    os.kill(os.getpid(), 9)
            return 1
        """
    assert observe(box, code).value == 1
    children = Path(f"/proc/{box.warm.process.pid}/task/{box.warm.process.pid}/children")
    assert children.read_text() == ""
    assert_still_good(box)


@unconfined
def test_a_worker_held_by_its_own_debugger_is_ended(box: Sandbox) -> None:
    """A dead process that a daemon of the student's still traces does not keep the kit waiting."""
    code = """
        import ctypes, os, posix, time
        libc = ctypes.CDLL(None)
        libc.ptrace.argtypes = [ctypes.c_long] * 4
        def slope(f, x, h):
            worker, (read, write) = os.getpid(), os.pipe()
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    os.write(write, b"%d" % libc.ptrace(0x4206, worker, 0, 0))  # PTRACE_SEIZE
                    time.sleep(15)
                posix._exit(0)
            return int(os.read(read, 10))
        """
    with within(15):
        found = observe(box, code)  # if its child ends while it is traced, the signal stops it where it is
    assert found.kind == TIMED_OUT or found.value in (0, -1)
    assert_still_good(box)
