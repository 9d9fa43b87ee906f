"""The isolation levels: what is in force is seen from outside, and what is not to be had is refused."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sandbox_kit import LECTURE, REFERENCE, alive, assert_still_good, observe, returned, wait_for

from grader.course import PROJECT, Folders, load, reference_sources
from grader.errors import NoIsolation
from grader.inside.levels import LANDLOCK, LEVELS, NAMESPACES, PROCESS, holds, layers
from grader.judging.subjects import Reference
from grader.judging.suite import questions
from grader.sandbox import Limits, Sandbox, isolation, view
from grader.sandbox.observation import DIED, RAISED
from grader.sandbox.sandboxed import Sandboxed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what is in force is looked up in /proc")
KINDS = ("user", "pid", "mnt", "net", "ipc", "uts")
FLOOD = "def slope(f, x, h):\n    for i in range(5000): open(str(i), 'w').close()\n    return 1\n"


def worker_of(box: Sandbox) -> Path:
    """The folder in /proc of the worker that the warm process has forked."""
    warm = Path(f"/proc/{box.warm.pid}")
    (pid,) = (warm / "task" / warm.name / "children").read_text().split()
    return Path("/proc") / pid


def status_of(process: Path) -> dict[str, str]:
    """What the kernel says of a process: its capabilities, its filter and so on."""
    lines = (process / "status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def test_a_confined_worker_has_no_rights_and_a_filter(box: Sandbox) -> None:
    """The kernel itself says so: no capability, no new privileges, a filter on system calls; at level "process" not."""
    worker = box.worker(REFERENCE)
    status = status_of(worker_of(box))
    worker.end()
    confined = holds(box.level, LANDLOCK)
    assert (status["NoNewPrivs"], status["Seccomp"]) == (("1", "2") if confined else ("0", "0"))
    if confined:
        assert {status[name].strip("0") for name in ("CapInh", "CapPrm", "CapEff", "CapAmb")} == {""}
    if box.level == NAMESPACES:
        assert status["CapBnd"].strip("0") == ""


def test_namespaces_are_the_workers_own(box: Sandbox) -> None:
    """At level "namespaces" a worker shares none with us, and with the process it is forked from the user's alone."""
    worker = box.worker(REFERENCE)
    own, ours, warm = ({kind: os.readlink(f"{at}/ns/{kind}") for kind in KINDS}
                       for at in (worker_of(box), "/proc/self", f"/proc/{box.warm.pid}"))  # fmt: skip
    worker.end()
    shared = {kind for kind in KINDS if own[kind] == ours[kind]}
    assert shared == (set() if box.level == NAMESPACES else set(KINDS))
    if box.level == NAMESPACES:
        assert {kind for kind in KINDS if own[kind] == warm[kind]} == {"user"}


def test_root_does_not_stay_root_where_there_are_namespaces(box: Sandbox) -> None:
    """A worker's user owns nothing on this machine."""
    worker = box.worker(REFERENCE)
    uid = int(status_of(worker_of(box))["Uid"].split()[0])
    worker.end()
    if box.level == NAMESPACES and os.geteuid() == 0:
        assert uid == 61000
    else:
        assert uid == os.geteuid()


def test_the_slow_libraries_are_in_memory_before_the_fork(box: Sandbox) -> None:
    """At every level the warm process can import them, and a worker finds them there, in no time."""
    code = """
        import sys
        import numpy, torch.optim, matplotlib.pyplot
        def slope(f, x, h):
            torch.optim.SGD([torch.ones(1, requires_grad=True)], lr=0.1)
            return [name in sys.modules for name in ("numpy", "torch._dynamo", "matplotlib.font_manager")]
        """
    assert returned(box, code) == [True, True, True]
    box.warm.said.seek(0)
    assert box.warm.said.read() == b""


def test_temporary_files_go_where_a_worker_may_write(box: Sandbox) -> None:
    """Wherever that is, it is not the place of the process that the worker is forked from."""
    code = """
        import os, tempfile
        def slope(f, x, h):
            with tempfile.NamedTemporaryFile("w+") as file:
                return os.path.dirname(os.path.realpath(file.name))
        """
    assert returned(box, code) != str(box.folder)


def test_what_can_be_read_cannot_be_emptied(box: Sandbox) -> None:
    """The filter itself refuses it, since early versions of Landlock do not; writing into one's own folder is fine."""
    code = f"""
        import os

        def refused(act):
            try:
                act()
            except OSError as error:
                return error.errno
            return 0

        def slope(f, x, h):
            with open("mine", "w") as mine:
                mine.write("twice")
            with open("mine", "w") as mine:
                mine.write("once")
            path = {os.__file__!r}
            emptied = [lambda: os.open(path, os.O_RDONLY | os.O_TRUNC), lambda: os.truncate(path, 1 << 20)]
            return [open("mine").read(), *map(refused, emptied)]
        """
    if holds(box.level, LANDLOCK):
        assert returned(box, code) == ["once", errno.EPERM, errno.EPERM]


def test_too_many_files_end_the_check_at_every_level(box: Sandbox) -> None:
    """A flood of files costs the check that makes it, whoever counts: the kernel or we."""
    found = observe(box, FLOOD)
    assert found.kind == (RAISED if box.level == NAMESPACES else DIED)
    assert "No space left" in found.text or "too many or too large files" in found.text
    assert_still_good(box)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("number", [1, 3, 4])
def test_a_worker_computes_the_same_bits_as_we_do(number: int, level: str) -> None:
    """No isolation changes a digit: not the instructions that torch chooses, not the number of threads."""
    if isolation.missing(level):
        pytest.skip(f"not offered here: {isolation.missing(level)}")
    lecture = load().lecture(str(number))
    reference = Reference(lecture)
    with Sandbox(lecture.id, Limits(), level) as box:
        subject = Sandboxed(box, reference_sources(lecture))
        different = [
            probe.name
            for probe, inputs in questions(lecture, seed=3)[:60]
            if subject.observe(probe, inputs).value != reference.observe(probe, inputs).value
        ]
        subject.end()
    assert different == []


@pytest.mark.parametrize("victim", ["trusted", "warm", "bubblewrap"])
def test_nobody_outlives_whoever_started_it(victim: str, tmp_path: Path) -> None:
    """Kill -9 of any of the processes around a worker ends the worker, at level "namespaces" too."""
    if isolation.missing(NAMESPACES):
        pytest.skip(f"not offered here: {isolation.missing(NAMESPACES)}")
    code = f"""
import sys, time
from grader.sandbox import Limits, Sandbox
with Sandbox({LECTURE.id!r}, Limits(), "namespaces") as box:
    worker = box.worker({{"derivatives.py": ""}})
    print(box.warm.process.pid, box.warm.pid, flush=True)
    time.sleep(60)
"""
    scratch = {**os.environ, "TMPDIR": str(tmp_path)}  # what is killed cannot clean up
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=scratch) as trusted:
        assert trusted.stdout is not None
        bubblewrap, warm = map(int, trusted.stdout.readline().split())
        worker = next(iter(Path(f"/proc/{warm}/task/{warm}/children").read_text().split()))
        start = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()[19]
        os.kill({"trusted": trusted.pid, "warm": warm, "bubblewrap": bubblewrap}[victim], signal.SIGKILL)
        if victim == "bubblewrap":  # which is not needed any more; the next to go is the kit itself
            trusted.kill()
        gone = wait_for(lambda: not alive([worker, start]))
        trusted.kill()
    assert gone


def test_without_bubblewrap_the_level_below_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing is named, with the package to install, and the next best is used."""
    monkeypatch.setattr(shutil, "which", lambda name: None)
    isolation.missing.cache_clear()
    try:
        assert "package bubblewrap" in isolation.missing(NAMESPACES)
        assert isolation.best() == (PROCESS if isolation.missing(LANDLOCK) else LANDLOCK)
        with pytest.raises(NoIsolation, match="Nothing was run: isolation level 'namespaces' is asked for"):
            isolation.best(NAMESPACES)
    finally:
        isolation.missing.cache_clear()


def test_without_a_filter_nothing_above_process_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where libseccomp is missing, neither level is had: the filter is what both rest on."""
    from grader.sandbox import syscalls

    monkeypatch.setitem(sys.modules, "pyseccomp", None)
    syscalls.filter_program.cache_clear()
    isolation.missing.cache_clear()
    try:
        assert isolation.offered() == (PROCESS,)
        assert "libseccomp" in isolation.missing(LANDLOCK)
    finally:
        syscalls.filter_program.cache_clear()
        isolation.missing.cache_clear()


def test_layers_add_up_from_level_to_level() -> None:
    """Each level has what the one below has, and something more."""
    counts = [sum(there for _, there in layers(level)) for level in LEVELS]
    assert counts == sorted(set(counts))
    assert all(there for _, there in layers(NAMESPACES))


def test_a_kit_among_the_libraries_is_left_out_of_the_view(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the kit itself is installed among the packages, what lies beside it is in view, and the kit is not."""
    for name in ("numpy", "grader/lectures", "reference", "torch/lib"):
        (tmp_path / "site" / name).mkdir(parents=True)
    monkeypatch.setattr(view, "hidden", lambda: tuple(tmp_path / "site" / name for name in ("grader", "reference")))
    monkeypatch.setattr(view, "library_path", lambda: [str(tmp_path / "site")])
    inside = [Path(path).relative_to(tmp_path) for path in view.readable() if Path(path).is_relative_to(tmp_path)]
    assert inside == [Path("site/numpy"), Path("site/torch")]


def test_the_kit_and_the_course_in_use_are_out_of_view(monkeypatch: pytest.MonkeyPatch) -> None:
    """What judges is hidden from every worker, wherever the course lies."""
    here = {PROJECT / name for name in ("grader", "reference", "exercises", "tests")}
    assert {*here, load().folders.lectures, load().folders.alternatives} <= set(view.hidden())
    elsewhere = replace(load(), folders=Folders(*(Path("/course") / name for name in "erpla")))
    monkeypatch.setattr(view, "load", lambda: elsewhere)
    assert {*here, *(Path("/course") / name for name in "erpla")} <= set(view.hidden())
