"""A submission's files in a worker, observed: what is asked of them, and every way in which they may fail to answer."""

import re
import signal
import time
from collections.abc import Mapping
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from grader.course.safe_text import clean
from grader.errors import WarmProcessGone
from grader.inside import plain
from grader.inside.probe import Probe
from grader.sandbox import Sandbox, Worker, signal_name
from grader.sandbox.channel import Silence
from grader.sandbox.familiar import FAMILIAR
from grader.sandbox.observation import (
    DIED,
    NOT_PLAIN,
    RAISED,
    RETURNED,
    TIMED_OUT,
    TODO,
    Asked,
    Frame,
    Observation,
    concluded,
)

KILLED = "SIGKILL"
GAP = re.compile(r" {3,}")  # as before a remark that stands in a column


class Sandboxed:
    """A submission's files in a worker. A worker that dies or hangs costs one observation; then comes a fresh one.

    Use it with `with`, or `end` it.
    """

    def __init__(self, sandbox: Sandbox, files: dict[str, str]) -> None:
        self.sandbox = sandbox
        self.files = files
        self.worker: Worker | None = None
        self.edited: dict[str, str] = {}  # files as they are for the next questions alone; the worker stays the same
        self.asked = 0
        self.seconds_left = sandbox.limits.submission_seconds
        self.broken: dict[str, Observation] = {}
        self.has_no_time_for_many = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def observe(self, probe: Probe, inputs: Mapping[str, Any]) -> Observation:
        for name in probe.modules:
            if f"{name}.py" in self.broken:  # its import hangs or dies, and would again
                text = f"not run: {name}.py did not get through its import"
                return replace(self.broken[f"{name}.py"], text=text, printed="")
        if probe.is_many and self.has_no_time_for_many:
            return Observation(TIMED_OUT, text="not run, because many at once have taken too long before")
        if self.seconds_left <= 0:
            limit = self.sandbox.limits.submission_seconds
            return Observation(
                TIMED_OUT, text=f"not run, because the {limit:g} s for the whole submission were used up"
            )
        started = time.monotonic()
        observation = concluded(probe, inputs, self._observe_with_care(probe, inputs))
        seconds = time.monotonic() - started
        self.seconds_left -= seconds
        observation = replace(observation, seconds=seconds)
        self.has_no_time_for_many |= probe.is_many and observation.kind == TIMED_OUT
        if self.seconds_left > 0:  # it had its full time, and not just what was left of the submission's
            self._remember_broken(observation)
        return observation

    def end(self) -> None:
        """Kill the worker, if there is one."""
        worker, self.worker = self.worker, None
        if worker is not None:
            try:
                worker.end()
            except WarmProcessGone:
                self.sandbox.restart()

    def _observe_with_care(self, probe: Probe, inputs: Mapping[str, Any]) -> Observation:
        """What is killed, the worker or the warm process, may be killed from outside: killed again, it is this code."""
        observation = Observation(DIED, text="the process was killed, and with it the one that had started it")
        for _ in range(2):
            try:
                observation = self._observe(probe, inputs)
            except WarmProcessGone:
                self.worker = None
                self.sandbox.restart()
                continue
            if observation.type != KILLED:
                break
        return observation

    def _observe(self, probe: Probe, inputs: Mapping[str, Any]) -> Observation:
        if self.worker is not None and self.worker.channel.has_unasked():
            self.end()  # it spoke out of turn: what it said is not the answer to anything
        if self.worker is None:
            self.worker = self.sandbox.worker(self.files)
        self.asked += 1
        edited = {"files": self.edited} if self.edited else {}
        question = plain.encode({"id": self.asked, "probe": probe.name, **edited}), Asked.of(inputs).encoded
        limit = min(probe.seconds, self.sandbox.limits.check_seconds, self.seconds_left)
        try:
            head, body = self.worker.channel.ask(*question, answers=2, deadline=time.monotonic() + limit)
            observation = self._read(probe, head, body)
        except (Silence, plain.NotPlain, TypeError, KeyError, ValueError) as error:
            return self._lost(error.why if isinstance(error, Silence) else "noise", limit)
        return replace(observation, printed=self._printed(self.worker))

    def _read(self, probe: Probe, head: bytes, body: bytes) -> Observation:
        """A worker's answer, every part of which may be hostile."""
        reply = plain.decode(head)
        if reply["id"] != self.asked or reply["kind"] not in (RETURNED, RAISED, TODO, NOT_PLAIN):
            raise ValueError("not the answer to the question")
        if reply["kind"] == RETURNED:
            # whoever draws conclusions from raw values gets values of his own
            return Observation(RETURNED, plain.decode(body) if probe.conclude else FAMILIAR.read(body))
        frames = tuple(self._frame(file, line, name) for file, line, name, _ in reply.get("frames", ())[:5])
        return Observation(
            reply["kind"],
            type=clean(str(reply.get("type", "")), 100),
            text=clean(str(reply["text"])),
            frames=frames,
        )

    def _lost(self, why: str, limit: float) -> Observation:
        """The worker hangs, is gone, or talks nonsense: find out where it was, and end it."""
        worker = self.worker
        assert worker is not None
        self.worker = None
        lines = worker.running_lines() if why == "time" else worker.channel.running_lines(wait=0)
        own = [line for line in lines if self._is_own(line[0])]
        frames = tuple(self._frame(*line) for line in [*own[:3], *own[3:][-2:]])
        printed = self._printed(worker)
        status = worker.end()
        if why == "time" or status == signal.SIGXCPU:
            how = f"stopped after {limit:g} s" if why == "time" else "stopped, because it took too much processor time"
            return Observation(TIMED_OUT, text=how, frames=frames, printed=printed)
        killer = signal_name(-status) if status < 0 else ""
        return Observation(DIED, type=killer, text=_ending(why, status), frames=frames, printed=printed)

    def _remember_broken(self, observation: Observation) -> None:
        if observation.kind in (TIMED_OUT, DIED) and observation.at_import:
            for frame in observation.frames:
                if frame.function == "<module>":
                    self.broken.setdefault(frame.file.rpartition("/")[2], observation)

    def _is_own(self, file: str) -> bool:
        return file.startswith(self.sandbox.lecture + "/")

    def _frame(self, file: Any, line: Any, function: Any) -> Frame:
        """A frame as the worker tells it, with the line's text from the file that was handed in."""
        lines = self.files.get(str(file).rpartition("/")[2], "").splitlines()
        number = line if type(line) is int and 0 < line <= len(lines) else 0
        text = lines[number - 1] if number else ""
        source = "" if "\0" in text else clean(GAP.sub("  ", text.strip()), 120)
        return Frame(clean(str(file), 100), number, clean(str(function), 60), source)

    def _printed(self, worker: Worker) -> str:
        text, more = worker.channel.take_printed()
        shown = clean(text, 2000, keep_newlines=True)
        return f"{shown} ... ({more:,} more bytes)" if more else shown


def _ending(why: str, status: int) -> str:
    if why == "full":
        return "stopped, because it put too many or too large files into its folder"
    if why == "noise":
        return "the answer of the process cannot be read (does your code write to file descriptors?)"
    if status < 0:
        return f"the process was killed by {signal_name(-status)}"
    return f"the process left with exit status {status} in the middle of the check"
