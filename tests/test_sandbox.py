"""The sandbox: what a worker can see and use, that nothing of it is left, and that its pipes cannot hurt us.

Real processes throughout. Students' code reports what it saw as plain data, through the probe of the forward
difference, which hands on whatever `slope` returns.
"""

import json
import os
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from grader import plain, sandbox, suite
from grader.course import PROJECT, load, reference_sources
from grader.errors import Fault
from grader.misconceptions import known_mistakes
from grader.probes import lecture1_micrograd as probes
from grader.sandbox import Limits, Sandbox, signal_name
from grader.sandbox.channel import MAX_FRAME, MAX_TRACE, Channel, Silence
from grader.sandbox.frames import HEAD, frame
from grader.subjects import DIED, RAISED, RETURNED, TIMED_OUT, Observation, Sandboxed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")

LECTURE = load().lecture("lecture1_micrograd")
REFERENCE = reference_sources(LECTURE)
INPUTS = {"f": "x**2", "x": 3.0, "h": 0.01}
BESIDE_STUDENTS = {
    "grader", "grader.plain", "grader.probes", "grader.probes.expressions", f"grader.probes.{LECTURE.id}",
    *(f"grader.probes.{LECTURE.id}.{part}" for part in ("shared", *(file[:-3] for file in LECTURE.files))),
    "grader.sandbox", "grader.sandbox.frames", "grader.sandbox.modules", "grader.sandbox.worker",
}  # fmt: skip
# what students' code below may use: a process as [pid, time of its start], and children that ignore TERM
PROCESSES = """
import os, signal, time

def me():
    with open("/proc/self/stat") as stat:
        return [os.getpid(), stat.read().rpartition(")")[2].split()[19]]

def linger(write):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    pid, start = me()
    os.write(write, f"{pid} {start}\\n".encode())
    while True:
        time.sleep(60)

def tree():
    "The worker, a child, a grandchild in a session of its own, and a daemon that forked twice."
    read, write = os.pipe()
    if os.fork() == 0:
        if os.fork() == 0:
            os.setsid()
            linger(write)
        linger(write)
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            linger(write)
        os.kill(os.getpid(), signal.SIGKILL)
    said = b""
    while said.count(b"\\n") < 3:
        said += os.read(read, 100)
    return [me()] + [line.split() for line in said.decode().splitlines()]
"""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail instead of hanging for ever. A generous bound, never a measurement."""

    def give_up(signum: int, frame: object) -> None:
        raise AssertionError(f"still not done after {seconds:g} s")

    before = signal.signal(signal.SIGALRM, give_up)
    left, _ = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, left)
        signal.signal(signal.SIGALRM, before)


def wait_for(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Whether the condition comes true."""
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.01)
    return condition()


def alive(process: list[int | str]) -> bool:
    """Whether the process [pid, time of its start] still runs; a zombie does not."""
    try:
        fields = Path(f"/proc/{process[0]}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return False
    return fields[19] == str(process[1]) and fields[0] not in "ZX"


def remove(processes: list[list[int | str]]) -> None:
    """End what a failed test left behind."""
    for process in processes:
        if alive(process):
            with suppress(ProcessLookupError):
                os.kill(int(process[0]), signal.SIGKILL)


def open_here() -> int:
    """How many descriptors this process has open."""
    return len(os.listdir("/proc/self/fd"))


def observe(box: Sandbox, code: str, seconds: float = 5.0, **inputs: object) -> Observation:
    """One observation of a submission that is nothing but a derivatives.py."""
    subject = Sandboxed(box, {"derivatives.py": textwrap.dedent(code)})
    try:
        return subject.observe(replace(probes.slope_of_curve, seconds=seconds), {**INPUTS, **inputs})
    finally:
        subject.end()


def returned(box: Sandbox, code: str) -> plain.Plain:
    """What `slope` returned."""
    observation = observe(box, code)
    assert observation.kind == RETURNED, observation
    return observation.value


def assert_still_good(box: Sandbox) -> None:
    """The next submission is measured as if nothing had been before it."""
    subject = Sandboxed(box, REFERENCE)
    found = subject.observe(probes.slope_of_curve, INPUTS)
    subject.end()
    assert (found.kind, found.value) == (RETURNED, pytest.approx(6.01))


@pytest.fixture(autouse=True)
def _guarded() -> Iterator[None]:
    with within(30):
        yield


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders of this test are made, so that it can be seen which are left."""
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    return made


@pytest.fixture
def box(folders: Path) -> Iterator[Sandbox]:
    with Sandbox(LECTURE.id) as made:
        yield made


# ---- what a worker sees


def test_the_level_in_force_is_said_and_every_layer_with_it() -> None:
    """Reports name the isolation that was really in force, and each layer is either there or not."""
    assert sandbox.LEVEL == "process"
    assert len(sandbox.LAYERS) > 4
    for what, is_there in sandbox.LAYERS:
        assert is_there != ("namespaces" in what or "system-call filter" in what), what


def test_a_worker_has_six_descriptors_and_none_of_ours(box: Sandbox, tmp_path: Path) -> None:
    """Only descriptors 0 to 5 are open in a worker, even where this process has left some inheritable."""
    with open(tmp_path / "marks.csv", "w") as ours:
        os.set_inheritable(ours.fileno(), True)
        code = """
            import os
            def slope(f, x, h):
                found = {}
                for name in os.listdir("/proc/self/fd"):
                    try:
                        found[int(name)] = os.readlink("/proc/self/fd/" + name)
                    except OSError:
                        pass    # the descriptor that listed the folder
                return found
            """
        with Sandbox(LECTURE.id) as later:
            seen = [returned(box, code), returned(later, code)]
    for descriptors in seen:
        assert set(descriptors) == {0, 1, 2, 3, 4, 5}
        assert descriptors[0] == os.devnull
        assert all(descriptors[number].startswith("pipe:") for number in (1, 2, 3, 4, 5))


def test_programs_that_a_student_starts_do_not_get_the_pipes_of_the_kit(box: Sandbox) -> None:
    """Requests, replies and trace are closed in a program that a student's code starts."""
    code = """
        import os
        def slope(f, x, h):
            return [os.get_inheritable(number) for number in range(6)]
        """
    assert returned(box, code) == [True, True, True, False, False, False]


def test_standard_input_is_empty(box: Sandbox) -> None:
    """input() ends at once instead of waiting for somebody."""
    observation = observe(box, "def slope(f, x, h):\n    return input()\n")
    assert (observation.kind, observation.type) == (RAISED, "EOFError")


def test_the_environment_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of our environment reaches a student's code, and nothing of the kit's either."""
    monkeypatch.setenv("GRADER_SECRET_TOKEN", "do not tell")
    code = """
        import os, subprocess
        def slope(f, x, h):
            with open("/proc/self/environ") as environ:
                child = subprocess.run(["/usr/bin/env"], capture_output=True)
                return [dict(os.environ), environ.read(), child.stdout]
        """
    with Sandbox(LECTURE.id) as box:
        now, at_start, of_a_child = returned(box, code)
    assert now == {}
    assert of_a_child == b""
    assert "GRADER_SECRET_TOKEN" not in at_start
    assert str(PROJECT) not in at_start


def test_a_worker_has_an_empty_folder_of_its_own(box: Sandbox, folders: Path) -> None:
    """Every worker begins in an empty folder of its own, which is removed with all its contents."""
    code = """
        import os
        def slope(f, x, h):
            before = os.listdir(".")
            os.makedirs("a/b")
            open("a/b/file", "w").write("left behind")
            os.symlink("/", "a/link")
            return [os.getcwd(), before]
        """
    first, second = returned(box, code), returned(box, code)
    assert first[1] == second[1] == []
    assert first[0] != second[0]
    assert Path(first[0]).is_relative_to(folders)
    assert list(box.folder.iterdir()) == []


def test_the_hash_seed_is_fixed(box: Sandbox) -> None:
    """The order of sets and hash() are the same in every worker and every run."""
    code = """
        def slope(f, x, h):
            return [hash("micrograd"), list({"a", "list", "of", "words", "in", "no", "order"})]
        """
    with Sandbox(LECTURE.id) as other:
        seen = [returned(box, code), returned(box, code), returned(other, code)]
    command = [sys.executable, "-c", "print(hash('micrograd'))"]
    expected = int(subprocess.run(command, env={"PYTHONHASHSEED": "0"}, capture_output=True, check=True).stdout)
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][0] == expected


def test_one_thread_and_a_session_of_its_own(box: Sandbox) -> None:
    """A worker starts with one thread, leads its own session, and has no terminal to type on."""
    code = """
        import os
        def slope(f, x, h):
            try:
                terminal = os.open("/dev/tty", os.O_RDWR)
            except OSError:
                terminal = None
            return [len(os.listdir("/proc/self/task")), os.getsid(0) == os.getpid(), terminal]
        """
    assert returned(box, code) == [1, True, None]


# ---- what a worker must not reach


def kit_modules() -> list[str]:
    """Every module of the kit, and the packages beside it in the project."""
    files = [*(PROJECT / "grader").rglob("*.py"), *(PROJECT / "reference").rglob("*.py")]
    names = {".".join(file.relative_to(PROJECT).with_suffix("").parts) for file in files}
    return sorted({name.removesuffix(".__init__") for name in names} | {"reference", "exercises", "tests"})


def test_no_module_of_the_kit_can_be_imported_but_those_that_measure(box: Sandbox) -> None:
    """Importing the reference, suites, misconceptions, subjects or any other part fails in a worker."""
    forbidden = [name for name in kit_modules() if name not in BESIDE_STUDENTS and name != "grader.sandbox.warm"]
    assert {"grader.subjects", "grader.compare", f"grader.misconceptions.{LECTURE.id}"} <= set(forbidden)
    assert f"grader.suites.hidden.test_{LECTURE.id}" in forbidden
    assert f"reference.{LECTURE.id}.engine" in forbidden
    code = f"""
        import importlib
        def slope(f, x, h):
            found = []
            for name in {forbidden!r}:
                try:
                    importlib.import_module(name)
                    found.append(name)
                except ImportError:
                    pass
            return found
        """
    assert returned(box, code) == []


def test_only_the_modules_that_measure_are_loaded(box: Sandbox) -> None:
    """sys.modules holds plain, probes and the worker's own parts; sys.path holds no folder of the kit."""
    code = """
        import sys
        def slope(f, x, h):
            ours = [name for name in sys.modules if name.startswith(("grader", "reference", "tests"))]
            return [ours, sys.path]
        """
    names, path = returned(box, code)
    assert set(names) == BESIDE_STUDENTS
    assert "" not in path
    assert not [folder for folder in path if Path(folder).resolve() in (PROJECT, PROJECT / "grader", Path.cwd())]


def test_no_object_of_the_kit_is_reachable_but_those_that_measure(box: Sandbox) -> None:
    """Walking everything the garbage collector knows finds no function or class of the rest of the kit."""
    code = """
        import gc, types
        def slope(f, x, h):
            gc.unfreeze()
            objects = gc.get_objects()
            for _ in range(2):
                objects += gc.get_referents(*objects)
            found = {o.__module__ for o in objects if isinstance(o, (types.FunctionType, type))}
            found |= {o.__name__ for o in objects if isinstance(o, types.ModuleType)}
            return [name for name in map(str, found) if name.startswith(("grader", "reference", "tests"))]
        """
    assert set(returned(box, code)) <= BESIDE_STUDENTS
    assert "grader.probes" in returned(box, code)


def test_the_frames_below_a_student_are_those_that_measure(box: Sandbox) -> None:
    """Walking the stack meets the probe, the worker and the warm process, whose variables hold no answer."""
    code = """
        import sys
        def slope(f, x, h):
            at, found = sys._getframe(), []
            while at:
                found.append([at.f_code.co_filename.rpartition("/")[2], sorted(map(str, at.f_locals))])
                at = at.f_back
            return found
        """
    frames = returned(box, code)
    ours = {
        "derivatives.py",
        f"{LECTURE.id}.py",
        "__init__.py",
        "worker.py",
        "warm.py",
        "<frozen runpy>",
        "<string>",
    }
    assert {file for file, _ in frames} <= ours
    assert not [names for _, names in frames if {"expected", "reference", "seed"} & set(names)]


def test_no_answer_is_in_the_memory_of_a_worker(box: Sandbox) -> None:
    """Reading all of one's memory finds no line of the reference, no hidden check and no misconception."""
    hidden = next(test.sentence for test in suite.tests_of(LECTURE) if test.visibility == suite.HIDDEN)
    mistake = next(iter(known_mistakes(LECTURE.id))).sentence
    line = max(REFERENCE["engine.py"].splitlines(), key=len).strip()
    present = "this sentence stands in the student's own file"
    halves = [(text[:16][::-1], text[16:32][::-1]) for text in (hidden, mistake, line, present)]
    code = f"""
        # {present}
        def count(memory, start, rest):
            found, at = 0, memory.find(start)
            while at >= 0:
                found += memory[at + len(start):at + 2 * len(start)][::-1] == rest
                at = memory.find(start, at + 1)
            return found

        def slope(f, x, h):
            found = [0] * {len(halves)}
            with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
                for line in maps.read().splitlines():
                    start, end = (int(number, 16) for number in line.split()[0].split("-"))
                    if " rw" not in line:
                        continue
                    try:
                        memory.seek(start)
                        read = memory.read(end - start)
                    except (OSError, OverflowError):
                        continue
                    for i, (start, rest) in enumerate({halves!r}):
                        found[i] += count(read, start.encode()[::-1], rest.encode())
            return found
        """
    *answers, control = returned(box, code)
    assert control > 0, "the search itself does not work"
    assert answers == [0, 0, 0]


# ---- limits


def test_memory_is_limited_and_the_worker_goes_on(folders: Path) -> None:
    """Asking for more memory than is allowed raises MemoryError; less than that works in the same worker."""
    code = """
        def slope(f, x, h):
            return len(bytearray(int(x)))
        """
    with Sandbox(LECTURE.id, Limits(memory_bytes=200 << 20)) as box:
        subject = Sandboxed(box, {"derivatives.py": textwrap.dedent(code)})
        too_much = subject.observe(probes.slope_of_curve, {**INPUTS, "x": float(300 << 20)})
        enough = subject.observe(probes.slope_of_curve, {**INPUTS, "x": float(50 << 20)})
        subject.end()
    assert (too_much.kind, too_much.type) == (RAISED, "MemoryError")
    assert enough.value == 50 << 20


def test_the_size_of_a_file_is_limited(folders: Path) -> None:
    """Writing a larger file than is allowed fails in the student's code."""
    code = """
        def slope(f, x, h):
            with open("large", "wb") as file:
                file.write(bytes(1 << 20))
        """
    with Sandbox(LECTURE.id, Limits(file_bytes=1 << 16)) as box:
        observation = observe(box, code)
        assert_still_good(box)
    assert observation.kind in (RAISED, DIED)
    assert observation.type == "OSError" or "SIGXFSZ" in observation.text


def test_descriptors_are_limited(box: Sandbox) -> None:
    """A student who opens files without end gets an error, not the machine's last descriptor."""
    code = """
        import os
        def slope(f, x, h):
            while True:
                os.open("/dev/null", os.O_RDONLY)
        """
    observation = observe(box, code)
    assert (observation.kind, observation.type) == (RAISED, "OSError")
    assert "Too many open files" in observation.text


def test_limits_cannot_be_raised(box: Sandbox) -> None:
    """Soft and hard limits are the same, and no core file is written."""
    code = """
        import resource
        def slope(f, x, h):
            names = ("AS", "FSIZE", "NOFILE", "CORE")
            return [resource.getrlimit(getattr(resource, "RLIMIT_" + name)) for name in names]
        """
    memory, file, descriptors, core = returned(box, code)
    assert memory[0] == memory[1] != resource.RLIM_INFINITY
    assert tuple(file) == (Limits().file_bytes, Limits().file_bytes)
    assert tuple(descriptors) == (64, 64)
    assert tuple(core) == (0, 0)


def test_processor_time_is_limited_by_the_kernel_too(box: Sandbox) -> None:
    """Code that burns processor time is ended by the kernel too, at the probe's own limit."""
    code = """
        def slope(f, x, h):
            while True:
                pass
        """
    observation = observe(box, code, seconds=28.0)  # the probe as registered, which the worker knows, says 2 s
    assert observation.kind == TIMED_OUT
    assert [(frame.line, frame.source) for frame in observation.frames[:1]] in (
        [(4, "pass")],
        [(3, "while True:")],
    )


FLOODS = {
    "output": "while True: os.write(1, bytes(65536))",
    "errors": "while True: os.write(2, bytes(65536))",
    "trace": "while True: os.write(5, b'  File \"lecture1_micrograd/x.py\", line 1 in f\\n' * 1000)",
    "a wide pipe": "fcntl.fcntl(1, 1031, 1 << 20)\n    while True: os.write(1, bytes(1 << 20))",
    "print": "while True: print('more ' * 1000)",
}


@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_neither_blocks_nor_grows_memory(box: Sandbox, flood: str) -> None:
    """Endless output is stopped at the time limit like any endless loop; a few kilobytes of it are kept."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    observation = observe(box, f"import fcntl, os\ndef slope(f, x, h):\n    {FLOODS[flood]}\n", seconds=0.6)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert observation.kind == TIMED_OUT
    assert len(observation.printed) < 10_000
    assert grown < 32_000, "kilobytes"
    assert_still_good(box)


def test_output_is_kept_up_to_its_limit_and_the_rest_is_counted(box: Sandbox) -> None:
    """Long output does not block the student's code, and how much of it was thrown away is said."""
    observation = observe(box, "def slope(f, x, h):\n    print('x' * 3_000_000)\n    return 1\n")
    assert (observation.kind, observation.value) == (RETURNED, 1)
    assert observation.printed.endswith(f"({3_000_001 - Limits().output_bytes:,} more bytes)")


# ---- the trusted end of the pipes, without any worker


class Pipes:
    """A channel, and the worker's ends of its pipes in our hand."""

    def __init__(self, output: int | None = None) -> None:
        (self.requests, ours_in), (ours_out, self.replies) = os.pipe(), os.pipe()
        (out, self.output), (trace, self.trace) = os.pipe(), os.pipe()
        if output is not None:
            os.close(out)
        self.channel = Channel(ours_in, ours_out, out if output is None else output, trace, max_output=1000)

    def ask(self, seconds: float = 0.2) -> list[bytes]:
        return self.channel.ask(b"question", answers=2, deadline=time.monotonic() + seconds)

    def close(self) -> None:
        self.channel.close()
        for descriptor in (self.requests, self.replies, self.output, self.trace):
            with suppress(OSError):
                os.close(descriptor)


@pytest.fixture
def pipes() -> Iterator[Pipes]:
    made = Pipes()
    yield made
    made.close()


def silence(pipes: Pipes, seconds: float = 0.2) -> str:
    """Why there was no answer."""
    with within(5), pytest.raises(Silence) as caught:
        pipes.ask(seconds)
    return caught.value.why


def test_two_frames_are_an_answer(pipes: Pipes) -> None:
    """Frames are taken in order, whatever is printed and traced meanwhile."""
    os.write(pipes.output, b"printed")
    os.write(pipes.replies, frame(b"head") + frame(b"body"))
    assert pipes.ask() == [b"head", b"body"]
    assert pipes.channel.take_printed() == ("printed", 0)
    os.write(pipes.trace, b'  File "engine.py", line 7 in backward\n')
    assert pipes.channel.running_lines(wait=0) == [("engine.py", 7, "backward")]
    assert os.read(pipes.requests, 100) == frame(b"question")


def test_no_answer_until_the_deadline_is_silence(pipes: Pipes) -> None:
    """A worker that says nothing is given up at the deadline."""
    assert silence(pipes) == "time"


UNFINISHED = [b"", b"\x05", b"\x05\x00\x00\x00", b"\x05\x00\x00\x00hell", frame(b"head") + b"\x01\x00"]


@pytest.mark.parametrize("said", UNFINISHED)
def test_a_frame_that_never_ends_is_given_up_at_the_deadline(pipes: Pipes, said: bytes) -> None:
    """The deadline holds for the whole answer: half a frame does not put it off."""
    os.write(pipes.replies, said)
    assert silence(pipes) == "time"


@pytest.mark.parametrize("said", [b"", b"\x05\x00\x00\x00hell", frame(b"head")])
def test_a_closed_reply_pipe_is_the_end(pipes: Pipes, said: bytes) -> None:
    """A worker that is gone, or has closed the pipe, is not waited for."""
    os.write(pipes.replies, said)
    os.close(pipes.replies)
    assert silence(pipes, seconds=4) == "end"


def test_a_whole_answer_counts_even_if_the_pipe_closes_behind_it(pipes: Pipes) -> None:
    """What was said before the end was said."""
    os.write(pipes.replies, frame(b"head") + frame(b"body"))
    os.close(pipes.replies)
    assert pipes.ask() == [b"head", b"body"]


@pytest.mark.parametrize("size", [MAX_FRAME + 1, 2**31, 2**32 - 1])
def test_a_giant_length_is_noise_before_anything_is_read(pipes: Pipes, size: int) -> None:
    """A frame that announces more than is allowed is refused at once, and no memory is set aside for it."""
    os.write(pipes.replies, HEAD.pack(size))
    assert silence(pipes, seconds=4) == "noise"


def test_closed_output_and_trace_pipes_do_not_matter(pipes: Pipes) -> None:
    """A student may close standard output; the answer still arrives."""
    os.close(pipes.output)
    os.close(pipes.trace)
    os.write(pipes.replies, frame(b"head") + frame(b"body"))
    assert pipes.ask() == [b"head", b"body"]


def test_a_closed_request_pipe_is_the_end(pipes: Pipes) -> None:
    """Nobody reads: the same as a worker that is gone."""
    os.close(pipes.requests)
    assert silence(pipes) == "end"


def test_the_deadline_holds_while_something_is_always_printed() -> None:
    """Output that never runs dry does not put off the deadline."""
    endless = os.open("/dev/random", os.O_RDONLY)  # always readable, by nature
    pipes = Pipes(output=endless)
    try:
        assert silence(pipes) == "time"
    finally:
        pipes.close()


def test_nobody_reads_the_requests_while_replies_flood_in(pipes: Pipes) -> None:
    """While a long question waits for room, replies nobody asked for do not pile up beyond one frame."""
    flood = "import os, sys\nwhile True: os.write(1, bytes(1 << 16))"
    with subprocess.Popen([sys.executable, "-c", flood], stdout=pipes.replies) as student:
        try:
            select.select([pipes.channel.replies], [], [], 20)
            with within(10), pytest.raises(Silence):
                pipes.channel.ask(bytes(1 << 20), answers=2, deadline=time.monotonic() + 1)
        finally:
            student.kill()
    piled_up = len(pipes.channel.inbox)
    assert piled_up <= 3 * MAX_FRAME


def test_a_long_question_reaches_a_slow_reader(pipes: Pipes) -> None:
    """A question larger than the pipe is sent bit by bit, without waiting for ever."""
    code = """if True:
        import sys
        from grader.sandbox.frames import frame, read_frame, write
        question = read_frame(0)
        write(1, frame(str(len(question)).encode()) + frame(question[-4:]))
        """
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdin=pipes.requests, stdout=pipes.replies, cwd=PROJECT) as reader:
        found = pipes.channel.ask(b"x" * 3_000_000 + b"last", answers=2, deadline=time.monotonic() + 20)
        assert reader.wait(20) == 0
    assert found == [b"3000004", b"last"]


def test_the_trace_is_cut(pipes: Pipes) -> None:
    """A worker that writes megabytes where running lines belong fills no memory."""
    for _ in range(5):
        os.write(pipes.trace, b'  File "engine.py", line 7 in backward\n' * 1000)
        pipes.channel.running_lines(wait=0)
    assert len(pipes.channel.traced) == MAX_TRACE


def test_lines_that_were_running_earlier_are_not_told_again(pipes: Pipes) -> None:
    """What stood in the trace before the question is not where the worker was when it hung."""
    os.write(pipes.trace, b'  File "old.py", line 1 in before\n')
    os.write(pipes.replies, frame(b"head") + frame(b"body"))
    pipes.ask()
    assert silence(pipes) == "time"
    os.write(pipes.trace, b'  File "new.py", line 2 in now\n')
    assert pipes.channel.running_lines(wait=0.3)[:1] == [("new.py", 2, "now")]


@pytest.mark.parametrize(
    "text",
    [
        'File "a.py", line 1 in f', '  File "a.py", line 12345678 in f', '  File "a\nb.py", line 1 in f',
        '  File "' + "a" * 500 + '.py", line 1 in f', '  File "a.py", line -1 in f', "\x1b[31m", "\0" * 100,
    ],
)  # fmt: skip
def test_text_that_is_no_trace_gives_no_lines(pipes: Pipes, text: str) -> None:
    """Only lines in the exact form of faulthandler are taken."""
    os.write(pipes.trace, text.encode())
    assert pipes.channel.running_lines(wait=0) == []


# ---- nothing is left


def test_the_whole_tree_is_gone_at_the_end(box: Sandbox) -> None:
    """A child, a grandchild in its own session and a daemon, all ignoring TERM, end with their worker."""
    subject = Sandboxed(box, {"derivatives.py": PROCESSES + "\ndef slope(f, x, h):\n    return tree()\n"})
    processes = subject.observe(replace(probes.slope_of_curve, seconds=10), INPUTS).value
    assert len(processes) == 4
    assert all(map(alive, processes)), "they should be there before the end"
    subject.end()
    assert [alive(process) for process in processes] == [False] * 4
    assert_still_good(box)


def test_the_whole_tree_is_gone_after_a_time_out(box: Sandbox) -> None:
    """The same for a worker that had to be stopped."""
    code = PROCESSES + "\ndef slope(f, x, h):\n    print(tree(), flush=True)\n    while True: pass\n"
    observation = observe(box, code, seconds=1.5)
    assert observation.kind == TIMED_OUT
    processes = json.loads(observation.printed.replace("'", '"'))
    assert len(processes) == 4
    assert [alive(process) for process in processes] == [False] * 4
    assert_still_good(box)


def test_the_whole_tree_is_gone_when_the_worker_dies_by_itself(box: Sandbox) -> None:
    """Children do not outlive a worker that left in the middle of a check."""
    code = PROCESSES + "\ndef slope(f, x, h):\n    print(tree(), flush=True)\n    os._exit(0)\n"
    observation = observe(box, code, seconds=1.5)
    assert observation.kind in (
        DIED,
        TIMED_OUT,
    )  # its children still hold the pipe, so it may look like a time-out
    processes = json.loads(observation.printed.replace("'", '"'))
    assert [alive(process) for process in processes] == [False] * 4


def test_closing_the_sandbox_ends_a_worker_that_nobody_ended(folders: Path) -> None:
    """Leaving the `with` block ends everything and removes the folder."""
    with Sandbox(LECTURE.id) as box:
        subject = Sandboxed(box, {"derivatives.py": PROCESSES + "\ndef slope(f, x, h):\n    return tree()\n"})
        processes = subject.observe(replace(probes.slope_of_curve, seconds=10), INPUTS).value
        warm = box.process
        assert subject.worker is not None
        subject.worker.channel.close()
    assert [alive(process) for process in processes] == [False] * 4
    assert warm.poll() is not None
    assert list(folders.iterdir()) == []


TRUSTED = """
import json, sys, time
from dataclasses import replace
from grader.probes import lecture1_micrograd as probes
from grader.sandbox import Sandbox
from grader.subjects import Sandboxed

with Sandbox("lecture1_micrograd") as box:
    subject = Sandboxed(box, {"derivatives.py": sys.argv[1]})
    found = subject.observe(replace(probes.slope_of_curve, seconds=10), {"f": "x + 1", "x": 1.0, "h": 1.0})
    print(json.dumps([box.process.pid, found.value]), flush=True)
    if "hang" in sys.argv:
        subject.observe(replace(probes.slope_of_curve, seconds=60), {"f": "x + 1", "x": 2.0, "h": 1.0})
    time.sleep(60)
"""
HANGS_AT_TWO = """
def slope(f, x, h):
    while x == 2.0:
        pass
    return [me()]
"""


@contextmanager
def another_kit(code: str, *options: str) -> Iterator[tuple[subprocess.Popen[str], int, plain.Plain]]:
    """A trusted process of its own, its warm process, and what `slope` returned there."""
    with tempfile.TemporaryDirectory() as folder, subprocess.Popen(
        [sys.executable, "-c", TRUSTED, PROCESSES + code, *options],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=PROJECT,
        env={**os.environ, "TMPDIR": folder}, start_new_session=True,
    ) as trusted:  # fmt: skip
        try:
            assert trusted.stdout is not None
            warm, value = json.loads(trusted.stdout.readline())
            yield trusted, warm, value
        finally:
            trusted.kill()


def running(pid: int) -> bool:
    """Whether a process with this number runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@pytest.mark.parametrize("busy", [(), ("hang",)], ids=["idle", "in an endless loop"])
@pytest.mark.parametrize("victim", ["trusted", "warm"])
def test_a_worker_does_not_outlive_its_parents(victim: str, busy: tuple[str, ...]) -> None:
    """Kill -9 of the trusted process or of the warm process ends the worker, whatever it is doing."""
    with another_kit(HANGS_AT_TWO, *busy) as (trusted, warm, processes):
        assert alive(processes[0])
        os.kill(trusted.pid if victim == "trusted" else warm, signal.SIGKILL)
        assert wait_for(lambda: not running(warm) and not alive(processes[0]))


NEEDS_NAMESPACE = pytest.mark.xfail(reason="only a process namespace reaches what the warm process leaves behind")


@pytest.mark.parametrize("victim", ["trusted", pytest.param("warm", marks=NEEDS_NAMESPACE)])
def test_no_child_of_a_worker_outlives_the_kit(victim: str) -> None:
    """Kill -9 of the trusted or of the warm process leaves nothing of what a student's code has started."""
    with another_kit("def slope(f, x, h):\n    return tree()\n") as (trusted, warm, processes):
        try:
            assert all(map(alive, processes))
            os.kill(trusted.pid if victim == "trusted" else warm, signal.SIGKILL)
            wait_for(lambda: not any(map(alive, processes)), seconds=3)
            assert [alive(process) for process in processes] == [False] * 4
        finally:
            remove(processes)


def test_ctrl_c_reaches_the_command_alone() -> None:
    """Ctrl-C, which the whole group receives, ends in one KeyboardInterrupt and never in a Fault."""
    with another_kit(HANGS_AT_TWO, "hang") as (trusted, warm, processes):
        time.sleep(0.1)
        os.killpg(trusted.pid, signal.SIGINT)
        _, said = trusted.communicate(timeout=20)
        assert wait_for(lambda: not running(warm) and not alive(processes[0]))
    assert "warm.py" not in said
    assert said.count("Traceback (most recent call last)") == 1
    assert said.rstrip().endswith("KeyboardInterrupt")


def test_two_hundred_workers_leave_nothing(box: Sandbox) -> None:
    """Two hundred workers in a row leave no process, no descriptor and no folder, on either side."""

    def left() -> list[object]:
        warm = Path(f"/proc/{box.process.pid}")
        children = (warm / "task" / warm.name / "children").read_text().split()
        return [open_here(), len(list((warm / "fd").iterdir())), children, list(box.folder.iterdir())]

    box.worker({"derivatives.py": "x = 1\n"}).end()
    before = left()
    for _ in range(200):
        box.worker({"derivatives.py": "x = 1\n"}).end()
    assert left() == before
    assert_still_good(box)


@pytest.mark.parametrize("code", ["def slope(f, x, h):\n    while True: pass\n", "import os\nos._exit(1)\n"])
def test_workers_that_end_badly_leave_nothing(box: Sandbox, code: str) -> None:
    """A worker that hangs or dies gives back its descriptors and its folder as well."""
    observe(box, code, seconds=0.3)
    before = open_here()
    for _ in range(3):
        observe(box, code, seconds=0.3)
    assert open_here() == before
    assert list(box.folder.iterdir()) == []


def test_a_sandbox_that_cannot_start_leaves_nothing(folders: Path) -> None:
    """If the warm process cannot be set up, neither it nor its folder stays."""
    before = open_here()
    with pytest.raises(Exception, match="lecture0_nothing"), Sandbox("lecture0_nothing"):
        pass
    assert open_here() == before
    assert list(folders.iterdir()) == []


# ---- the warm process under attack


def test_a_warm_process_killed_from_outside_is_replaced(box: Sandbox) -> None:
    """If the warm process dies, the question is asked once more of a new one, and nobody is blamed."""
    subject = Sandboxed(box, REFERENCE)
    subject.observe(probes.slope_of_curve, INPUTS)
    box.process.kill()
    box.process.wait()
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
    monkeypatch.setattr(sandbox, "START_SECONDS", 2.0)
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
            assert observe(box, code).kind == RETURNED
            assert_still_good(box)
        assert list(folders.iterdir()) == []
    except RecursionError as error:  # whose own traceback would take seconds to show
        pytest.fail(f"removing the folder: {error}")
    finally:
        subprocess.run(["rm", "-rf", str(folders)], check=True)  # which copes with any depth
    assert (keep / "precious").exists()


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
    children = Path(f"/proc/{box.process.pid}/task/{box.process.pid}/children")
    assert children.read_text() == ""
    assert_still_good(box)


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


# ---- handing over the files


@pytest.mark.parametrize("text", ["\x01", '"', "\u20ac"])
def test_every_submission_that_may_be_handed_in_can_be_handed_over(box: Sandbox, text: str) -> None:
    """Files as large as submission.py lets through reach the worker, whatever characters they hold."""
    filler = "#" + text * (990_000 // len(text.encode()))
    files = {name: f"{filler}\n{source}" for name, source in REFERENCE.items()}
    del files["training.py"]  # five files of a megabyte each are what a package may hold
    subject = Sandboxed(box, files)
    found = subject.observe(replace(probes.slope_of_curve, seconds=20), INPUTS)
    subject.end()
    assert (found.kind, found.value) == (RETURNED, pytest.approx(6.01))


def test_a_worker_that_cannot_start_is_a_fault_that_says_why(box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure before any student code runs is ours, has a reason, and leaves nothing."""
    before = open_here()
    shutil.rmtree(box.folder)
    monkeypatch.setattr(tempfile, "mkdtemp", lambda dir, **_: str(Path(dir) / "is not there"))
    with pytest.raises(Fault, match=r"could not be (started|confined)"):
        box.worker(REFERENCE)
    assert open_here() == before


def test_signals_have_names() -> None:
    """Messages say SIGSEGV, not 11; a number without a name stays a number."""
    assert signal_name(11) == "SIGSEGV"
    assert signal_name(200) == "signal 200"
