"""The worker: measures one student's modules and answers in plain data. It holds no expected value.

Runs in a process forked for one submission; of the kit only what `loading` lists is loaded beside it.
"""

import faulthandler
import math
import os
import resource
import signal
import sys
import time
from types import TracebackType
from typing import Any, NoReturn

from grader.inside import plain
from grader.inside.around import Home, furnish
from grader.inside.frames import frame, read_frame, write
from grader.inside.kernel import leave_on
from grader.inside.modules import Modules
from grader.inside.probe import REGISTRY, NotAsStated, is_unwritten

REQUESTS, REPLIES, TRACE = 3, 4, 5  # descriptors; 0 is empty, 1 and 2 carry what the student prints
MAX_JOB = 64_000_000  # all files of a submission, each byte written as an escape
MAX_TEXT = 4000  # cut again, with a count, where it is shown
MAX_FRAMES = 4
PROMPT = 0.02  # seconds that an answer may wait for others that travel with it


def serve() -> NoReturn:
    """Answer requests until there are no more. The first frame brings the submission's files, two make a request."""
    first = read_frame(REQUESTS)
    if first is None:
        os._exit(0)
    job = plain.decode(first, limit=MAX_JOB)
    home = Home(job["lecture"], job["files"])
    modules = Modules(job["lecture"], job["files"], home.folder)
    furnish()
    leave_on(signal.SIGXCPU)
    _leave_a_trace()
    write(REPLIES, frame(b"ready"))
    while questions := _questions():
        answers, told = b"", time.monotonic()
        for place, (asked, inputs) in enumerate(questions, 1):
            home.tidy()
            # a question may bring some of the files as they are to be for it alone
            answers += _answer(asked, plain.decode(inputs), modules.edited(asked.get("files", {})))
            if place == len(questions) or time.monotonic() - told > PROMPT:
                write(REPLIES, answers)
                answers, told = b"", time.monotonic()
    os._exit(0)


def _questions() -> list[tuple[dict[str, Any], bytes]]:
    """A question and those that come with it: none of them lies in the pipe while a student's code runs."""
    first = _question()
    following = first[0].get("following", 0) if first else 0
    return [one for one in (first, *(_question() for _ in range(following))) if one]


def _question() -> tuple[dict[str, Any], bytes] | None:
    request = read_frame(REQUESTS)
    inputs = None if request is None else read_frame(REQUESTS)
    return None if request is None or inputs is None else (plain.decode(request), inputs)


def _answer(request: dict[str, Any], inputs: dict[str, Any], modules: Modules) -> bytes:
    probe = REGISTRY[request["probe"]]
    _limit_cpu(probe.seconds)
    try:
        with modules.fresh(probe.modules) as loaded:
            body = plain.encode(probe(loaded, inputs))
        reply: dict[str, Any] = {"kind": "returned"}
    except plain.NotPlain as error:
        body, reply = b"", {"kind": "not plain", "text": str(error)[:MAX_TEXT]}
    except BaseException as error:
        body, reply = b"", _raised(error, modules.lecture)
    reply["id"] = request["id"]
    _flush()
    return frame(plain.encode(reply)) + frame(body)


def _raised(error: BaseException, lecture: str) -> dict[str, Any]:
    """An exception as data: where in the student's files, which type, which text."""
    frames = _own_frames(error.__traceback__, lecture)
    text, line = _text(error), frames[-1][3] if frames else ""
    kind = "todo" if is_unwritten(error, text, line) else "raised"
    if isinstance(error, SyntaxError) and str(error.filename).startswith(lecture + "/"):
        text = str(error.msg)[:MAX_TEXT]
        frames = [(str(error.filename), error.lineno or 0, "", (error.text or "").strip()[:MAX_TEXT])]
    if isinstance(error, NotAsStated):
        frames = []
    return {"kind": kind, "type": type(error).__name__[:100], "text": text, "frames": frames}


def _text(error: BaseException) -> str:
    try:
        return str(error)[:MAX_TEXT]
    except Exception:
        return "(its text cannot be shown)"


def _own_frames(trace: TracebackType | None, lecture: str) -> list[tuple[str, int, str, str]]:
    """The outermost frame that lies in the student's files, and the innermost: file, line, function, the line's text.

    A comprehension has a frame of its own; where it stands in one line with what it is in, that one is enough.
    """
    import linecache

    found: list[tuple[str, int, str, str]] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        again = found and code.co_name.startswith("<") and found[-1][:2] == (code.co_filename, trace.tb_lineno)
        if code.co_filename.startswith(lecture + "/") and not again:
            line = linecache.getline(code.co_filename, trace.tb_lineno).strip()
            found.append((code.co_filename, trace.tb_lineno, code.co_name[:100], line[:MAX_TEXT]))
        trace = trace.tb_next
    return [*found[:1], *found[1:][1 - MAX_FRAMES :]]


def _limit_cpu(seconds: float) -> None:
    """A second line behind the parent's clock: the kernel ends a measurement that burns time on many processors."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(used.ru_utime + used.ru_stime + seconds) + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    if hard == resource.RLIM_INFINITY or soft < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _leave_a_trace() -> None:
    """Let the lines that are running be written to TRACE on a crash, on demand, and on a quiet exit."""
    faulthandler.enable(TRACE, all_threads=False)
    faulthandler.register(signal.SIGUSR1, TRACE, all_threads=False)
    leave = os._exit

    def traced_exit(status: int) -> NoReturn:
        faulthandler.dump_traceback(TRACE, all_threads=False)
        leave(status)

    os._exit = traced_exit


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            os.write(2, b"(output could not be flushed)\n")
