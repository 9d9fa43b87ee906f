"""The trusted end of the pipes, without any worker."""

import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from sandbox_kit import within

from grader.course import PROJECT
from grader.inside.frames import HEAD, frame
from grader.sandbox.channel import MAX_FRAME, MAX_TRACE, Channel, Silence

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")


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
        from grader.inside.frames import frame, read_frame, write
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


def test_a_worker_met_between_two_lines_is_asked_again(pipes: Pipes) -> None:
    """An exception that has just been caught belongs to no line; a moment later the line is known."""
    told = iter([b'  File "a.py", line ??? in f\n', b'  File "a.py", line ??? in f\n', b'  File "a.py", line 7 in f\n'])
    assert pipes.channel.running_lines_asked(lambda: os.write(pipes.trace, next(told)), wait=0.3) == [("a.py", 7, "f")]


def test_a_line_that_is_never_known_costs_a_few_questions(pipes: Pipes) -> None:
    """The function is told all the same."""
    always = b'  File "a.py", line ??? in f\n'
    assert pipes.channel.running_lines_asked(lambda: os.write(pipes.trace, always), wait=0.3) == [("a.py", 0, "f")]


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
