"""Subjects: whatever a student's code does, an observation comes of it, and the next one is not touched by it.

Submissions here are mostly a derivatives.py whose `slope` misbehaves when x is 666 and is right otherwise.
"""

import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

import pytest

from grader.course import PROJECT, load, reference_sources
from grader.errors import Fault
from grader.inside import plain
from grader.inside.probe import EXACT, Probe
from grader.inside.probes import lecture1_micrograd as probes
from grader.judging import suite
from grader.judging.comparison import first_difference
from grader.judging.examiner import Examiner
from grader.judging.findings import FAULT, PASSED
from grader.judging.mistakes.known import known_mistakes
from grader.judging.subjects import REMEMBERED, Misconceived, Reference
from grader.sandbox import Limits, Sandbox
from grader.sandbox.observation import DIED, NOT_PLAIN, RAISED, RETURNED, TIMED_OUT, TODO, Frame, Observation
from grader.sandbox.sandboxed import Sandboxed
from grader.submission import Submission

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what a worker does to itself differs elsewhere")

LECTURE = load().lecture("lecture1_micrograd")
SOURCES = reference_sources(LECTURE)
KINDS = {RETURNED, RAISED, TODO, TIMED_OUT, DIED, NOT_PLAIN}
FILE = f"{LECTURE.id}/derivatives.py"
GOOD, BAD = {"f": "x**2", "x": 3.0, "h": 0.01}, {"f": "x**2", "x": 666.0, "h": 0.01}
RIGHT = pytest.approx(6.01)


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


@pytest.fixture(autouse=True)
def _guarded() -> Iterator[None]:
    with within(30):
        yield


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with Sandbox(LECTURE.id) as made:
        yield made


class Attempt:
    """One submission: the reference with some files of the student's own."""

    def __init__(self, box: Sandbox, files: Mapping[str, str], alone: bool = False) -> None:
        own = {name: textwrap.dedent(text) for name, text in files.items()}
        self.subject = Sandboxed(box, own if alone else {**SOURCES, **own})

    def observe(
        self, inputs: Mapping[str, Any], probe: Probe = probes.slope_of_curve, seconds: float = 5
    ) -> Observation:
        return self.subject.observe(replace(probe, seconds=seconds), inputs)

    def __enter__(self) -> "Attempt":
        return self

    def __exit__(self, *error: object) -> None:
        self.subject.end()


def misbehaving(statement: str, before: str = "") -> dict[str, str]:
    """A derivatives.py that is right but for x = 666, where it runs the statement in line 3 of the file."""
    assert "\n" not in before
    body = f"{before}\ndef slope(f, x, h):\n    if x == 666: {statement}\n    return (f(x + h) - f(x)) / h\n"
    return {"derivatives.py": body}


def assert_next_is_fine(attempt: Attempt, box: Sandbox) -> None:
    """Neither the rest of the submission nor the next one is touched."""
    after = attempt.observe(GOOD)
    assert (after.kind, after.value) == (RETURNED, RIGHT)
    attempt.subject.end()  # one worker at a time
    assert_next_submission_is_fine(box)


def assert_next_submission_is_fine(box: Sandbox) -> None:
    with Attempt(box, {}) as another:
        found = another.observe(GOOD)
        assert (found.kind, found.value) == (RETURNED, RIGHT)


# ---- misbehaviour costs one observation

LOST = {
    # statement, kind, part of the text, whether the line is known
    "an endless loop": ("[0 for _ in iter(int, 1)]", TIMED_OUT, "stopped after 0.5 s", True),
    "a sleep": ("__import__('time').sleep(60)", TIMED_OUT, "stopped after 0.5 s", True),
    "waiting for a lock": ("L.acquire(); L.acquire()", TIMED_OUT, "stopped after 0.5 s", True),
    "stopping itself": ("os.kill(os.getpid(), 19)", TIMED_OUT, "stopped after 0.5 s", False),
    "leaving": ("os._exit(3)", DIED, "exit status 3", True),
    "leaving with success": ("os._exit(0)", DIED, "exit status 0", True),
    "a segmentation fault": ("ctypes.string_at(0)", DIED, "SIGSEGV", True),
    "an abort": ("os.abort()", DIED, "SIGABRT", True),
    "killing itself": ("os.kill(os.getpid(), 9)", DIED, "SIGKILL", False),
    "killing its group": ("os.killpg(0, 9)", DIED, "SIGKILL", False),
    "ending politely": ("os.kill(os.getpid(), 15); time.sleep(9)", DIED, "SIGTERM", False),
    "becoming another program": ("os.execv('/bin/sleep', ['sleep', '60'])", DIED, "", False),
    "running out of stack in C": ("deep()", DIED, "SIGSEGV", True),
    "leaving by exception": ("sys.exit(0)", RAISED, "0", True),
    "leaving by interrupt": ("raise KeyboardInterrupt", RAISED, "", True),
    "an exception without text": ("raise Silent", RAISED, "cannot be shown", True),
    "endless recursion": ("again()", RAISED, "maximum recursion depth", True),
    "running out of memory": ("bytearray(1 << 40)", RAISED, "", True),
}  # fmt: skip
PREPARED = (
    "import ctypes, os, sys, threading, time; L = threading.Lock(); again = lambda: again(); "
    "deep = lambda: (sys.setrecursionlimit(10**9), str(nest()))[1]; "
    "nest = lambda: [n := [], [n := [n] for _ in range(10**6)]][0] or n; "
    "Silent = type('Silent', (Exception,), {'__str__': lambda self: 1 / 0})"
)


@pytest.mark.parametrize("deed", LOST)
def test_misbehaviour_costs_one_observation(box: Sandbox, deed: str) -> None:
    """Whatever a student's code does to its process costs one observation, which names the line that was running."""
    statement, kind, text, line_is_known = LOST[deed]
    with Attempt(box, misbehaving(statement, before=PREPARED)) as attempt:
        lost = attempt.observe(BAD, seconds=0.5 if kind == TIMED_OUT else 8)
        assert lost.kind == kind, lost
        assert text in lost.text
        assert lost.value is None
        places = [(frame.file, frame.line) for frame in lost.frames]
        assert ((FILE, 3) in places) == line_is_known, lost.frames
        assert all(frame.source.startswith("if x == 666") for frame in lost.frames if frame.line == 3)
        assert_next_is_fine(attempt, box)


def test_a_loop_that_catches_everything_is_stopped(box: Sandbox) -> None:
    """`except BaseException` in an endless loop cannot catch the end of its time."""
    code = """
        import signal
        for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
            signal.signal(number, signal.SIG_IGN)
        def slope(f, x, h):
            while x == 666:
                try:
                    while True:
                        pass
                except BaseException:
                    continue
            return (f(x + h) - f(x)) / h
        """
    with Attempt(box, {"derivatives.py": code}) as attempt:
        assert attempt.observe(BAD, seconds=0.5).kind == TIMED_OUT
        assert_next_is_fine(attempt, box)


@pytest.mark.parametrize("handler", ["signal.SIG_IGN", "signal.SIG_DFL", "lambda *_: None", "lambda *_: os._exit(0)"])
def test_without_our_signal_handler_the_line_is_unknown_and_the_end_is_the_same(box: Sandbox, handler: str) -> None:
    """A student who takes SIGUSR1 loses the line in the message; the worker is stopped in time nevertheless."""
    before = f"import os, signal; signal.signal(signal.SIGUSR1, {handler})"
    with Attempt(box, misbehaving("[0 for _ in iter(int, 1)]", before)) as attempt:
        lost = attempt.observe(BAD, seconds=0.5)
        assert (lost.kind, lost.text) == (TIMED_OUT, "stopped after 0.5 s")
        assert_next_is_fine(attempt, box)


def test_the_line_of_a_hang_is_the_one_that_hangs(box: Sandbox) -> None:
    """Frames come innermost first and from the student's files only, with function and source."""
    code = """
        def inner():
            while True: pass
        def slope(f, x, h):
            return inner()
        """
    with Attempt(box, {"derivatives.py": code}) as attempt:
        lost = attempt.observe(GOOD, seconds=0.5)
    assert lost.frames == (
        Frame(FILE, 3, "inner", "while True: pass"),
        Frame(FILE, 5, "slope", "return inner()"),
    )
    assert not lost.at_import


def test_the_line_of_a_hang_is_not_that_of_another_thread(box: Sandbox) -> None:
    """Where a background thread is does not matter: the first frame is where the measurement hangs."""
    code = """
        import threading, time
        def background():
            while True: time.sleep(60)
        threading.Thread(target=background, daemon=True).start()
        def slope(f, x, h):
            while True: pass
        """
    with Attempt(box, {"derivatives.py": code}) as attempt:
        lost = attempt.observe(GOOD, seconds=0.5)
    assert lost.frames[:1] == (Frame(FILE, 7, "slope", "while True: pass"),)


def test_a_child_that_left_earlier_does_not_lend_its_line_to_a_later_hang(box: Sandbox) -> None:
    """The line in a message is where the worker was at its time limit, not where something else ended before."""
    code = """
        import os
        def slope(f, x, h):
            if x == 1.0:
                if os.fork() == 0: os._exit(0)
                os.wait()
            while x == 666.0: pass
            return 1
        """
    with Attempt(box, {"derivatives.py": code}) as attempt:
        assert attempt.observe({**GOOD, "x": 1.0}).kind == RETURNED
        lost = attempt.observe(BAD, seconds=0.5)
    assert [frame.line for frame in lost.frames] == [7]


def test_an_exception_names_where_it_was_raised(box: Sandbox) -> None:
    """Type, text and the student's own lines of an exception, the innermost last as Python shows them."""
    code = """
        def inner(x):
            return 1 / x
        def slope(f, x, h):
            return inner(0)
        """
    with Attempt(box, {"derivatives.py": code}) as attempt:
        found = attempt.observe(GOOD)
    assert (found.kind, found.type, found.text) == (RAISED, "ZeroDivisionError", "division by zero")
    assert [(frame.line, frame.function) for frame in found.frames] == [(5, "slope"), (3, "inner")]


def test_what_is_not_plain_is_refused_and_its_place_named(box: Sandbox) -> None:
    """A live object never crosses; the text says where in the result it sat."""
    with Attempt(box, {"derivatives.py": "def slope(f, x, h):\n    return {'w': [1, 2.0, object()]}\n"}) as attempt:
        found = attempt.observe(GOOD)
        assert (found.kind, found.value) == (NOT_PLAIN, None)
        assert 'result["w"][2]' in found.text.replace("'", '"')
    assert_next_submission_is_fine(box)


def test_an_unwritten_stub_is_todo_with_the_exercise_it_belongs_to(box: Sandbox) -> None:
    """NotImplementedError("slope") is no error but a stub, whose text is the exercise's id."""
    code = "def slope(f, x, h):\n    raise NotImplementedError('slope')\n"
    with Attempt(box, {"derivatives.py": code}) as attempt:
        found = attempt.observe(GOOD)
    assert (found.kind, found.text) == (TODO, "slope")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("raise NotImplementedError", TODO),
        ("raise NotImplementedError('comes later, after lunch')", TODO),
        ("import datetime; datetime.tzinfo().utcoffset(None)", RAISED),
    ],
)
def test_what_a_library_cannot_do_is_not_unwritten(box: Sandbox, body: str, kind: str) -> None:
    """Whoever leaves a stub says so in that line; torch raises the same for numbers of a kind that it does not take."""
    with Attempt(box, {"derivatives.py": f"def slope(f, x, h):\n    {body}\n"}) as attempt:
        assert attempt.observe(GOOD).kind == kind
    assert_next_submission_is_fine(box)


def test_what_is_printed_comes_with_its_observation(box: Sandbox) -> None:
    """Printed text, of child processes too, belongs to the observation during which it was printed."""
    code = """
        import os, sys
        def slope(f, x, h):
            print("printed", x)
            print("an error", file=sys.stderr)
            os.system("echo by a child")
            return 1
        """
    with Attempt(box, {"derivatives.py": code}) as attempt:
        first, second = attempt.observe(GOOD), attempt.observe({**GOOD, "x": 4.0})
    assert sorted(first.printed.splitlines()) == ["an error", "by a child", "printed 3.0"]
    assert "3.0" not in second.printed


def test_texts_from_a_student_hold_no_control_characters(box: Sandbox) -> None:
    """Terminal escapes in exceptions, output, names and source lines are shown as escapes, and long text is cut."""
    code = (
        "E = type('\\x1b[31mError', (Exception,), {})\n"
        "def slope(f, x, h):\n"
        "    print('\\x1b]0;title\\x07 \\u202e \\ud800')\n"
        "    raise E('\\x1b[2J' * 10_000)  # \x1b[31m\n"
    )
    with Attempt(box, {"derivatives.py": code}) as attempt:
        found = attempt.observe(GOOD)
    shown = [found.type, found.text, found.printed, *(frame.source for frame in found.frames)]
    assert found.kind == RAISED
    assert not [text for text in shown if set(text) & set("\x1b\x07\u202e\ud800")]
    assert len(found.text) < 2500


# ---- attacks on the descriptors

DECEIT = (
    "import json, os, struct, sys; "
    "fr = lambda b: struct.pack('<I', len(b)) + b; "
    "tag = lambda d: json.dumps({'d': [[k, v] for k, v in d.items()]}).encode(); "
    "at = lambda f: f.f_locals['request']['id'] if 'request' in f.f_locals else at(f.f_back); "
    "id = lambda: at(sys._getframe()); "
    "loop = lambda: [0 for _ in iter(int, 1)]; "
    "say = lambda *bodies: (os.write(4, b''.join(fr(b) for b in bodies)), os._exit(0)); "
    "reply = lambda body=b'7', **d: say(tag({'id': id(), 'kind': 'returned', **d}), body)"
)
FORGED = {
    # bytes on the reply descriptor that are no answer: all of them are the end of this observation
    "garbage": "os.write(4, b'x' * 100)",
    "a giant length": "os.write(4, b'\\xff\\xff\\xff\\x7f')",
    "the longest length": "os.write(4, b'\\xff\\xff\\xff\\xff' + bytes(100))",
    "empty frames": "say(b'', b'')",
    "no JSON": "say(b'no', b'no')",
    "no UTF-8": "say(b'\\xff\\xfe', b'1')",
    "a list for a head": "say(b'[1]', b'1')",
    "a number for a head": "say(b'1', b'1')",
    "nothing for a head": "say(b'null', b'1')",
    "text for a head": "say(b'\"id\"', b'1')",
    "an array for a head": "say(b'{\"a\": [\"bool\", [0], \"\"]}', b'1')",
    "an empty head": "say(tag({}), b'1')",
    "no kind": "say(tag({'id': id()}), b'1')",
    "no text": "reply(kind='raised')",
    "another question's id": "reply(id=id() + 1)",
    "an old id": "reply(id=0)",
    "an id that is text": "reply(id=str(id()))",
    "a kind of ours": "reply(kind='timed out', text='')",
    "an unknown kind": "reply(kind='passed')",
    "a kind that is a list": "reply(kind=['returned'])",
    "a body that is no JSON": "reply(b'{')",
    "a bare constant": "reply(b'NaN')",
    "an unknown tag": "reply(b'{\"evil\": 1}')",
    "two tags": "reply(b'{\"f\": \"nan\", \"t\": []}')",
    "a key twice": "reply(b'{\"d\": [[1, 2], [1, 3]]}')",
    "a key that cannot be one": "reply(b'{\"d\": [[[], 2]]}')",
    "too deep": "reply(b'[' * 100 + b']' * 100)",
    "far too deep": "reply(b'[' * 1_000_000)",
    "too many digits": "reply(b'9' * 1000)",
    "far too many digits": "reply(b'9' * 1_000_000)",
    "an array of the wrong size": "reply(b'{\"a\": [\"float64\", [2], \"\"]}')",
    "an array of a negative size": "reply(b'{\"a\": [\"float64\", [-1, 0], \"\"]}')",
    "an array of an unknown dtype": "reply(b'{\"a\": [\"object\", [0], \"\"]}')",
    "an array that claims too much": "reply(b'{\"a\": [\"bool\", [2000000, 2000000], \"\"]}')",
    "an array that claims too much of nothing": "reply(b'{\"a\": [\"bool\", [2000000, 2000000, 0], \"\"]}')",
    "frames that are a dict": "reply(kind='raised', text='', frames={'d': []})",
    "frames that are a number": "reply(kind='raised', text='', frames=7)",
    "frames that are text": "reply(kind='raised', text='', frames='many')",
    "a frame that is too short": "reply(kind='raised', text='', frames=[[1, 2]])",
}  # fmt: skip
CLOSED = {
    "closes the replies": "os.close(4)",
    "closes everything": "os.closerange(0, 64); iter(int, 1).__next__()",
    "closes everything and loops": "(os.closerange(0, 64), [0 for _ in iter(int, 1)])",
    "turns the replies to nothing": "os.dup2(os.open(os.devnull, os.O_WRONLY), 4)",
    "a frame that never ends": "(os.write(4, struct.pack('<I', 1 << 20)), os.write(4, b'x' * 99), loop())",
    "a second frame that never comes": "(os.write(4, fr(tag({'id': id()}))), loop())",
    "reads the requests": "os.read(3, 1)",
}  # fmt: skip
HARMLESS = {
    "closes the requests": "os.close(3)",
    "closes the trace": "os.close(5)",
    "closes its output": "(os.close(1), os.close(2))",
    "closes its input": "os.close(0)",
    "writes into the trace": "os.write(5, b'  File \"lecture1_micrograd/derivatives.py\", line 2 in <module>\\n' * 99)",
    "writes binary into the trace": "os.write(5, bytes(range(256)) * 9)",
    "writes binary into its output": "os.write(1, bytes(range(256)) * 9)",
    "writes into the requests": "os.write(3, b'x') if 0 else None",
    "makes its output wait for nobody": "os.set_blocking(1, False)",
}  # fmt: skip


@pytest.mark.parametrize("forgery", FORGED)
def test_a_forged_answer_is_a_death(box: Sandbox, forgery: str) -> None:
    """An answer that is not in the agreed form ends the observation as `died`; the kit and what follows go on."""
    with Attempt(box, misbehaving(FORGED[forgery], before=DECEIT)) as attempt:
        lost = attempt.observe(BAD)
        assert lost.kind == DIED, lost
        assert lost.value is None
        assert_next_is_fine(attempt, box)


@pytest.mark.parametrize("deed", CLOSED)
def test_closed_and_misused_descriptors_end_one_observation(box: Sandbox, deed: str) -> None:
    """A worker whose pipes no longer carry an answer is given up, at its time limit at the latest."""
    with Attempt(box, misbehaving(CLOSED[deed], before=DECEIT)) as attempt:
        lost = attempt.observe(BAD, seconds=0.5)
        assert lost.kind in (DIED, TIMED_OUT), lost
        assert_next_is_fine(attempt, box)


@pytest.mark.parametrize("deed", HARMLESS)
def test_a_student_who_plays_with_descriptors_loses_two_observations_at_most(box: Sandbox, deed: str) -> None:
    """Where the answer still gets through it counts; a worker that is broken afterwards is replaced."""
    with Attempt(box, misbehaving(HARMLESS[deed], before=DECEIT)) as attempt:
        assert attempt.observe(BAD).kind == RETURNED
        assert attempt.observe(GOOD).kind in (RETURNED, DIED)
        assert_next_is_fine(attempt, box)


def test_an_answer_given_twice_counts_once(box: Sandbox) -> None:
    """The second answer to one question is never taken for the answer to the next."""
    statement = "os.write(4, (fr(tag({'id': id(), 'kind': 'returned'})) + fr(b'7')) * 2)"
    with Attempt(box, misbehaving(statement, before=DECEIT)) as attempt:
        first, second = attempt.observe(BAD), attempt.observe(GOOD)
        assert (first.kind, first.value) == (RETURNED, 7)
        assert second.kind == DIED or second.value == RIGHT
        assert_next_is_fine(attempt, box)


def test_a_worker_that_forks_answers_once(box: Sandbox) -> None:
    """If student and child both come back from `slope`, the second answer is nobody's."""
    with Attempt(box, misbehaving("os.fork()", before="import os")) as attempt:
        first, second = attempt.observe(BAD), attempt.observe(GOOD)
        assert first.kind == RETURNED
        assert second.kind == DIED or second.value == RIGHT
        assert_next_is_fine(attempt, box)


def test_a_forged_measurement_is_worth_what_it_says(box: Sandbox) -> None:
    """A worker may claim any number; claiming is not computing, so the comparison fails on a fresh input."""
    with Attempt(box, misbehaving("reply(b'6.01')", before=DECEIT)) as attempt:
        claimed = attempt.observe(BAD)
    expected = Reference(LECTURE).observe(probes.slope_of_curve, BAD)
    assert (claimed.kind, claimed.value) == (RETURNED, 6.01)
    assert first_difference(claimed.value, expected.value, probes.slope_of_curve.tolerance) is not None


# ---- attacks on the interpreter

PATCHED = {
    "os is emptied": "import os; os.__dict__.clear()",
    "os.write is gone": "import os; del os.write",
    "os.read lies": "import os; os.read = lambda fd, n: b''",
    "os.kill does nothing": "import os; os.kill = lambda *_: None",
    "os._exit does nothing": "import os; os._exit = lambda *_: None",
    "json is broken": "import json; json.dumps = json.loads = None",
    "json raises SystemExit": "import json; json.dumps = lambda *_, **__: __import__('sys').exit(0)",
    "time is broken": "import time; time.perf_counter = time.monotonic = time.time = None",
    "math is broken": "import math; math.ceil = None",
    "random is broken": "import random; random.Random = None",
    "no len": "import builtins; builtins.len = lambda x: 10**9",
    "no type": "import builtins; builtins.type = None",
    "no isinstance": "import builtins; builtins.isinstance = lambda *_: True",
    "no open, no print, no str": "import builtins; del builtins.open, builtins.print, builtins.str",
    "no import": "import builtins; builtins.__import__ = None",
    "builtins are emptied": "import builtins; builtins.__dict__.clear()",
    "sys.modules is emptied": "import sys; sys.modules.clear()",
    "sys.modules is a list": "import sys; sys.modules = []",
    "sys.meta_path is emptied": "import sys; sys.meta_path.clear()",
    "sys.path is emptied": "import sys; sys.path.clear()",
    "no standard output": "import sys; del sys.stdout, sys.stderr",
    "output that cannot be flushed": "import sys; sys.stdout = type('S', (), {'flush': lambda s: sys.exit(1)})()",
    "no recursion": "import sys; sys.setrecursionlimit(30)",
    "the registry is emptied": "import sys; sys.modules['grader.inside.probe'].REGISTRY.clear()",
    "the encoder is broken": "import sys; sys.modules['grader.inside.plain'].encode = lambda *_: b'{'",
    "the worker is broken": "import sys; sys.modules['grader.inside.worker'].__dict__.clear()",
    "a tracer": "import sys; sys.settrace(lambda *_: 1 / 0)",
    "a profiler": "import sys; sys.setprofile(lambda *_: sys.exit(2))",
    "the collector is frozen": "import gc; gc.disable(); gc.freeze()",
    "another user": "import os; os.getuid() or os.setuid(65534)",
    "another root folder": "import os; os.getuid() or os.chroot('.')",
    "niceness and affinity": "import os; os.nice(19); os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})",
    "its frames are cleared": "import sys; sys._getframe(1).f_back and sys._getframe(1).f_back.f_locals.clear()",
}  # fmt: skip


@pytest.mark.parametrize("when", ["at import", "when called"])
@pytest.mark.parametrize("deed", PATCHED)
def test_whatever_is_patched_the_kit_goes_on(box: Sandbox, deed: str, when: str) -> None:
    """Monkeypatching hurts its own submission at most: every observation is one of the six kinds, and none is wrong."""
    code = "{}def slope(f, x, h):\n    {}\n    return (f(x + h) - f(x)) / h\n"
    code = code.format(f"{PATCHED[deed]}\n", "pass") if when == "at import" else code.format("", PATCHED[deed])
    with Attempt(box, {"derivatives.py": code}) as attempt:
        for _ in range(3):
            found = attempt.observe(GOOD, seconds=1)
            assert found.kind in KINDS
            assert found.kind != RETURNED or found.value == RIGHT
    assert_next_submission_is_fine(box)


# ---- modules


@pytest.mark.parametrize("deed", ["while True: pass", "import os; os._exit(1)", "import ctypes; ctypes.string_at(0)"])
def test_a_module_that_hangs_or_exits_at_import_is_asked_once(box: Sandbox, deed: str) -> None:
    """Its import is not tried again for every check: the first observation stands for all of the module's."""
    with Attempt(box, {"derivatives.py": f"x = 1\n{deed}\n"}) as attempt:
        first = attempt.observe(GOOD, seconds=0.5)
        again = [attempt.observe(BAD), attempt.observe({"a": 1.0, "b": 2.0, "c": 3.0}, probes.gradient_by_hand)]
        assert first.kind in (TIMED_OUT, DIED)
        assert first.at_import
        assert first.frames[0].line == 2
        assert [(found.kind, found.frames) for found in again] == [(first.kind, first.frames)] * 2
        assert all("derivatives.py" in found.text for found in again)
        assert attempt.subject.asked == 1
        other = attempt.observe({"data": 2.0}, probes.text_of_value)
    assert (other.kind, other.value) == (RETURNED, "Value(data=2.0)")


def test_a_module_that_imports_a_hanging_one_hangs_too_and_others_do_not(box: Sandbox) -> None:
    """Remembered are the module that hangs and those that were importing it, and no others."""
    step = {"data": [1.0], "grads": [0.5], "lr": 0.1}
    with Attempt(box, {"engine.py": "while True: pass\n", "training.py": "import engine\n"}) as attempt:
        first = attempt.observe(step, probes.parameters_after_step, seconds=0.5)
        assert first.at_import
        assert attempt.observe({"data": 2.0}, probes.text_of_value).at_import
        assert attempt.subject.asked == 1
        assert attempt.observe(GOOD).value == RIGHT


def test_a_hang_after_import_is_not_taken_for_the_modules(box: Sandbox) -> None:
    """Only an import that fails is remembered; a function that hangs is tried again with other inputs."""
    with Attempt(box, misbehaving("exec('while True: pass')")) as attempt:
        assert attempt.observe(BAD, seconds=0.5).kind == TIMED_OUT
        assert attempt.observe(BAD, seconds=0.5).kind == TIMED_OUT
        assert attempt.observe(GOOD).value == RIGHT


@pytest.mark.parametrize(
    ("code", "type", "line"),
    [
        ("def slope(f, x, h:\n    return 1\n", "SyntaxError", 1),
        ("x = 1\nx +\n", "SyntaxError", 2),
        ("x = 1\n\ty = 2\n", "IndentationError", 2),
        ("x = 1\nimport nothing_of_this_name\n", "ModuleNotFoundError", 2),
        ("x = 1\n1 / 0\n", "ZeroDivisionError", 2),
        ("x = 1\nraise SystemExit(0)\n", "SystemExit", 2),
        ("slope = '\0'\n", "", 0),
        ("x = " + "(" * 500 + "\n", "SyntaxError", 1),
        ("x = " + "-" * 100_000 + "1\n", "", 0),
        ("", "AttributeError", 0),
    ],
)
def test_a_module_that_does_not_load_raises_where_the_student_made_the_mistake(
    box: Sandbox, code: str, type: str, line: int
) -> None:
    """A file that does not compile or does not run is an ordinary exception with its line."""
    with Attempt(box, {"derivatives.py": code}) as attempt:
        found = attempt.observe(GOOD)
    assert found.kind == RAISED
    assert type in found.type
    assert not line or found.frames[-1].line == line
    assert_next_submission_is_fine(box)


def test_state_of_a_module_never_reaches_the_next_observation(box: Sandbox) -> None:
    """Counters, caches and class attributes start afresh for every measurement, in sibling modules too."""
    files = {
        "derivatives.py": """
            import engine
            from lecture1_micrograd import nn
            calls, cache = 0, {}
            def slope(f, x, h, seen=[]):
                global calls
                calls += 1
                cache[len(cache)] = seen.append(1)
                engine.Value.count = getattr(engine.Value, "count", 0) + 1
                nn.count = getattr(nn, "count", 0) + 1
                return [calls, len(cache), len(seen), engine.Value.count, nn.count]
            """
    }
    with Attempt(box, files) as attempt:
        assert [attempt.observe(GOOD).value for _ in range(3)] == [[1, 1, 1, 1, 1]] * 3


IMPORTS = [
    "import engine as {}",
    "from . import engine as {}",
    "import lecture1_micrograd.engine as {}",
    "from lecture1_micrograd import engine as {}",
    "{} = __import__('importlib').import_module('engine')",
    "{} = __import__('importlib').import_module('.engine', __package__)",
    "{} = __import__('sys').modules['lecture1_micrograd.engine']",
]


@pytest.mark.parametrize("first", range(6))
@pytest.mark.parametrize("late", [False, True], ids=["at import", "when called"])
def test_every_way_to_import_a_sibling_gives_the_same_module(box: Sandbox, first: int, late: bool) -> None:
    """Plain, package and relative imports give one module, one class, executed once, in whatever order they come."""
    order = [IMPORTS[first], *IMPORTS[:first], *IMPORTS[first + 1 :]]
    lines = [line.format(f"m{i}") for i, line in enumerate(order)]
    same = f"[len(set(map(id, [{', '.join(f'm{i}' for i in range(7))}]))), m0.Value is m6.Value, __name__]"
    top, inside = ([], lines) if late else (lines, [])
    code = "\n".join([*top, "def slope(f, x, h):", *(f"    {line}" for line in inside), f"    return {same}", ""])
    files = {"derivatives.py": code, "engine.py": SOURCES["engine.py"] + "\nprint('executed')\n"}
    with Attempt(box, files) as attempt:
        found = attempt.observe(GOOD)
    assert (found.kind, found.value) == (RETURNED, [1, True, "lecture1_micrograd.derivatives"]), found
    assert found.printed == "executed\n"


@pytest.mark.parametrize("way", ["import {}", "from . import {}", "from lecture1_micrograd import {}"])
def test_siblings_may_import_each_other(box: Sandbox, way: str) -> None:
    """A circle of imports works as it does in a folder on disk."""
    files = {
        "derivatives.py": f"{way.format('engine')}\ndef slope(f, x, h):\n    return engine.two()\n",
        "engine.py": f"{way.format('derivatives')}\ndef two():\n    return derivatives.slope.__name__\n",
    }
    with Attempt(box, files) as attempt:
        found = attempt.observe(GOOD)
    assert (found.kind, found.value) == (RETURNED, "slope"), found


def test_a_file_that_was_not_handed_in_cannot_be_imported(box: Sandbox) -> None:
    """Only the submission's own files stand beside each other; a missing one is a ModuleNotFoundError."""
    code = "import engine\ndef slope(f, x, h):\n    return 1\n"
    with Attempt(box, {"derivatives.py": code}, alone=True) as attempt:
        found = attempt.observe(GOOD)
    assert (found.kind, found.type) == (RAISED, "ModuleNotFoundError")
    assert found.frames[-1].line == 1


def test_libraries_can_be_imported(box: Sandbox) -> None:
    """The standard library and what is installed are there, so that a solution may use them."""
    code = "import numpy\ndef slope(f, x, h):\n    return numpy.array([1.5, 2.5]) * 2\n"
    with Attempt(box, {"derivatives.py": code}) as attempt:
        found = attempt.observe(GOOD, seconds=20)
    assert (found.kind, found.value.dtype, found.value.shape) == (RETURNED, "float64", (2,))


@pytest.mark.parametrize("library", ["numpy", "torch"])
def test_libraries_compute_on_one_thread(box: Sandbox, library: str) -> None:
    """Students' code computes on one thread, so that limits mean the same and sums come out the same."""
    code = f"""
        import os, {library} as library
        def slope(f, x, h):
            a = library.ones((600, 600))
            return [float((a @ a)[0][0]), len(os.listdir("/proc/self/task"))]
        """
    with Attempt(box, {"derivatives.py": code}) as attempt:
        found = attempt.observe(GOOD, seconds=25)
    assert (found.kind, found.value) == (RETURNED, [600.0, 1])


def test_what_optimizers_need_is_imported_before_the_fork(box: Sandbox) -> None:
    """For its first optimizer torch imports a compiler, which takes over a second: no check's time is spent on that."""
    code = """
        import sys
        import torch
        at_import = "torch._dynamo" in sys.modules
        def slope(f, x, h):
            torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
            return at_import
        """
    with Attempt(box, {"derivatives.py": code}) as attempt:
        found = attempt.observe(GOOD, seconds=25)
    assert (found.kind, found.value) == (RETURNED, True)


def test_two_submissions_at_once_are_never_blamed_for_it(box: Sandbox) -> None:
    """A sandbox has one worker at a time; who asks for two gets right observations or a Fault, never a wrong one."""
    one, other = Sandboxed(box, SOURCES), Sandboxed(box, SOURCES)
    found = []
    with suppress(Fault):
        found.append(one.observe(probes.slope_of_curve, GOOD))
        found.append(other.observe(probes.slope_of_curve, GOOD))
        other.end()
        found.append(one.observe(probes.slope_of_curve, GOOD))
    for subject in (one, other):
        with suppress(Fault):
            subject.end()
    assert [(observation.kind, observation.value) for observation in found] == [(RETURNED, RIGHT)] * len(found)
    assert_next_submission_is_fine(box)


# ---- budgets


def test_when_the_time_of_the_submission_is_used_up_the_rest_says_so() -> None:
    """A submission has one budget: what comes after its end is not run, and says why."""
    with Sandbox(LECTURE.id, Limits(submission_seconds=1.0)) as box:
        with Attempt(box, misbehaving("[0 for _ in iter(int, 1)]")) as attempt:
            first = attempt.observe(BAD, seconds=0.6)
            second = attempt.observe(BAD, seconds=0.6)
            asked = attempt.subject.asked
            rest = [attempt.observe(GOOD), attempt.observe(BAD)]
            assert attempt.subject.asked == asked
        assert_next_submission_is_fine(box)
    assert [first.kind, second.kind] == [TIMED_OUT, TIMED_OUT]
    assert first.text == "stopped after 0.6 s"
    for observation in rest:
        assert observation.kind == TIMED_OUT
        assert "the 1 s for the whole submission were used up" in observation.text


def test_an_import_cut_short_by_the_end_of_the_budget_is_not_blamed_on_the_module() -> None:
    """If the budget ends while a module is being imported, the checks after it name the budget, not the module."""
    code = "import time\ntime.sleep(0.3)\ndef slope(f, x, h):\n    return 1\n"
    with Sandbox(LECTURE.id, Limits(submission_seconds=0.5)) as box, Attempt(box, {"derivatives.py": code}) as attempt:
        found = [attempt.observe(GOOD) for _ in range(3)]
    assert [observation.kind for observation in found[1:]] == [TIMED_OUT, TIMED_OUT]
    assert "for the whole submission were used up" in found[-1].text


def test_forged_lines_cost_no_time(box: Sandbox) -> None:
    """However many lines a worker claims to be running, only a few are looked up in its files."""
    claims = "os.write(5, b'  File \"lecture1_micrograd/derivatives.py\", line 9 in x\\n' * 900); os.abort()"
    with Attempt(box, misbehaving(claims, before="import os")) as attempt:
        lost = attempt.observe(BAD)
    assert lost.kind == DIED
    assert len(lost.frames) <= 100  # as many as faulthandler itself writes


# ---- hostile values on this side


def compared(value: plain.Plain, expected: plain.Plain = 6.01) -> object:
    """The first difference, found by a process of its own that has little memory and little time."""
    code = f"""if True:
        import resource, sys
        from grader.inside import plain
        from grader.judging.comparison import first_difference
        from grader.inside.probe import Tolerance
        resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
        value = plain.decode(sys.stdin.buffer.read())
        print(first_difference(value, {expected!r}, Tolerance(1e-9, "", 1e-9)) is not None)
        """
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, input=plain.encode(value), capture_output=True, timeout=20, check=False, cwd=PROJECT)
    assert done.returncode == 0, done.stderr.decode()[-300:]
    return done.stdout.decode().strip() == "True"


HOSTILE = {
    "an integer beyond every float": "10**399",
    "a negative one": "-10**399",
    "it in a list": "[10**399]",
    "infinity": "float('inf')",
    "nan": "float('nan')",
    "a truth value": "True",
    "text": "'6.01'",
    "a lone surrogate": "'\\udc80'",
    "a dict with odd keys": "{'\\udc80': 1, 2: 3, (4, 5): None}",
    "bytes": "b'6.01'",
    "nothing": "None",
    "an empty list": "[]",
    "deep lists": "eval('[' * 30 + ']' * 30)",
    "an array of one": "plain.Array('float64', (1,), bytes(8))",
    "an empty array": "plain.Array('float64', (0,), b'')",
    "an empty array of many dimensions": "plain.Array('float64', (0,) + (2_000_000,) * 10, b'')",
    "an empty array of a wide shape": "plain.Array('bool', (1000, 1000, 0), b'')",
    "an array of odd floats": "plain.Array('bfloat16', (2,), b'\\xff\\xff\\xff\\x7f')",
    "an array of odd truths": "plain.Array('bool', (2,), b'\\xff\\x02')",
}


@pytest.fixture(scope="module")
def examiner(box: Sandbox) -> Examiner:
    return Examiner(LECTURE, box, seed=1)


@pytest.mark.parametrize("value", HOSTILE)
def test_no_value_breaks_the_comparison(examiner: Examiner, value: str) -> None:
    """Whatever a student's function returns, the finding is `failed` or `errored` with a message, never a fault."""
    code = f"from grader.inside import plain\ndef slope(f, x, h):\n    return {HOSTILE[value]}\n"
    files = {**SOURCES, "derivatives.py": code}
    submission = Submission("student", LECTURE, {name: text.encode() for name, text in files.items()})
    with within(10):
        report = examiner.examine(submission, ["slope"])
    assert report.findings
    for finding in report.findings:
        assert finding.status not in (PASSED, FAULT), finding
        assert finding.message
        assert finding.points == 0
        finding.message.encode()


def test_a_wide_array_of_nothing_takes_no_memory() -> None:
    """A shape is no licence to build millions of empty lists: refused by the decoder, or compared by its shape."""
    array = plain.Array("bool", (2_000_000, 2_000_000, 0), b"")
    try:
        plain.decode(plain.encode(array))
    except plain.NotPlain:
        return
    assert compared(array)


def test_showing_a_large_result_does_not_visit_all_of_it() -> None:
    """A difference is shown in a line, so the time to show it does not grow with every level of nesting."""
    nested: plain.Plain = 0
    for _ in range(12):
        nested = [nested] * 50
    with within(5):
        assert first_difference(nested, 6.01, EXACT) is not None


# ---- the reference and its relatives


def cases() -> list[tuple[Probe, dict[str, Any]]]:
    """Every probe and its inputs that the suites ask for, in their order."""
    return suite.questions(LECTURE, seed=20)


def essence(observation: Observation) -> tuple[object, ...]:
    """What must be equal: all but the time it took."""
    return observation.kind, observation.value, observation.type, observation.text


def test_the_reference_gives_the_same_in_a_worker_as_here(box: Sandbox) -> None:
    """For every case of the suites, observing the reference in the sandbox and in this process gives equal results."""
    asked = cases()
    reference = Reference(LECTURE)
    assert len(asked) > 50
    with Attempt(box, {}) as attempt:
        attempt.subject.seconds_left = 1000.0
        different = [
            (probe.name, inputs)
            for probe, inputs in asked
            if essence(attempt.observe(inputs, probe, seconds=20)) != essence(reference.observe(probe, inputs))
        ]
    assert different == []


def test_observing_is_deterministic(box: Sandbox) -> None:
    """The same question to a fresh worker, in another order, gives the same observation bit by bit."""
    asked = cases()
    with Attempt(box, {}) as one, Sandbox(LECTURE.id) as another_box, Attempt(another_box, {}) as other:
        one.subject.seconds_left = other.subject.seconds_left = 1000.0
        first = [plain.encode(list(essence(one.observe(i, p, seconds=20)))) for p, i in asked]
        again = [plain.encode(list(essence(other.observe(i, p, seconds=20)))) for p, i in reversed(asked)]
    assert first == again[::-1]


def test_the_reference_answers_once_and_remembers() -> None:
    """Asking again gives the very same observation, and changing the inputs afterwards changes nothing."""
    reference = Reference(LECTURE)
    inputs = {"f": "x*y", "names": ["x", "y"], "at": [1.5, 2.5], "h": 0.01}
    first = reference.observe(probes.numerical_gradient_of_function, inputs)
    inputs["at"].append(9.0)
    inputs["at"].pop()
    assert reference.observe(probes.numerical_gradient_of_function, inputs) is first


def test_observing_the_reference_leaves_this_process_as_it_was() -> None:
    """No module of the lecture stays in sys.modules, and the import system is as before."""
    before, finders = dict(sys.modules), list(sys.meta_path)
    Reference(LECTURE).observe(probes.text_of_value, {"data": 1.0})
    Reference(LECTURE, {"engine.py": "1 / 0\n"}).observe(probes.text_of_value, {"data": 1.0})
    assert {name for name in sys.modules if name not in before} & {
        "engine",
        LECTURE.id,
        f"{LECTURE.id}.engine",
    } == set()
    assert sys.meta_path == finders


def test_an_unfinished_or_broken_reference_is_observed_as_such() -> None:
    """A reference that raises is an observation too: the caller decides that it is a fault."""
    unwritten = Reference(LECTURE, {"derivatives.py": "def slope(f, x, h):\n    raise NotImplementedError('slope')\n"})
    broken = Reference(LECTURE, {"derivatives.py": "def slope(f, x, h):\n    return 1 / 0\n"})
    assert unwritten.observe(probes.slope_of_curve, GOOD).kind == TODO
    found = broken.observe(probes.slope_of_curve, GOOD)
    assert (found.kind, found.type) == (RAISED, "ZeroDivisionError")


def test_a_misconceived_subject_is_the_reference_but_for_its_edit() -> None:
    """Files that a misconception does not touch are the reference's own."""
    wrong = Misconceived(LECTURE, {"derivatives.py": "def slope(f, x, h):\n    return 1.0\n"})
    assert wrong.observe(probes.slope_of_curve, GOOD).value == 1.0
    assert wrong.observe(probes.text_of_value, {"data": 2.0}).value == "Value(data=2.0)"
    assert known_mistakes(LECTURE.id)


def test_an_observation_is_at_import_if_a_module_was_being_executed() -> None:
    """`at_import` tells a module that hangs from a function that hangs."""
    assert Observation(TIMED_OUT, frames=(Frame(FILE, 1, "f"), Frame(FILE, 9, "<module>"))).at_import
    assert not Observation(TIMED_OUT, frames=(Frame(FILE, 1, "f"),)).at_import
    assert not Observation(RETURNED, 1).at_import


def test_the_reference_forgets_what_one_submission_alone_was_asked():
    """Its memory does not grow with a class; what everybody is asked stays in it."""
    reference, asked = Reference(LECTURE), {"f": "x**2", "x": 3.0, "h": 0.01}
    often = reference.observe(probes.slope_of_curve, asked)
    for number in range(REMEMBERED + 20):
        reference.observe(probes.slope_of_curve, {**asked, "x": number + 0.5})
        assert reference.observe(probes.slope_of_curve, asked) is often
    assert len(reference.known) == REMEMBERED
