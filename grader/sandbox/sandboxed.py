"""A submission's files in a worker, observed: what is asked of them, and every way in which they may fail to answer."""

import signal
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from grader.errors import WarmProcessGone
from grader.inside import plain
from grader.inside.probe import Probe
from grader.sandbox import Sandbox, Worker, replies, signal_name
from grader.sandbox.channel import Silence
from grader.sandbox.foreseen import Course, Foreseen, Sent
from grader.sandbox.observation import DIED, TIMED_OUT, Asked, Observation, concluded

KILLED = "SIGKILL"


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
        self.sent: Sent | None = None  # what the worker is at
        self.foreseen = Course()
        self.is_one_by_one = False
        self.reading = replies.Reading(sandbox.lecture, files)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def foresee(self, questions: Iterable[Foreseen]) -> None:
        """What will be asked next, in this order: the worker begins with it as soon as it has answered the last one.

        That ends with the first answer that is none: from then on it begins when it is asked.
        """
        self.foreseen = Course(() if self.is_one_by_one else questions)

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
        observation = concluded(probe, inputs, self._observe_with_care(probe, Asked.of(inputs)))
        self.seconds_left -= time.monotonic() - started
        self.has_no_time_for_many |= probe.is_many and observation.kind == TIMED_OUT
        if self.seconds_left > 0:  # it had its full time, and not just what was left of the submission's
            self._remember_broken(observation)
        return observation

    def end(self) -> None:
        """Kill the worker, if there is one."""
        worker, self.worker, self.sent = self.worker, None, None
        if worker is not None:
            try:
                worker.end()
            except WarmProcessGone:
                self.sandbox.restart()

    def _observe_with_care(self, probe: Probe, inputs: Asked) -> Observation:
        """What is killed, the worker or the warm process, may be killed from outside: killed again, it is this code."""
        observation = Observation(DIED, text="the process was killed, and with it the one that had started it")
        for _ in range(2):
            try:
                observation = self._observe(probe, inputs)
            except WarmProcessGone:
                self.worker = self.sent = None
                self.sandbox.restart()
                continue
            if observation.type != KILLED:
                break
        return observation

    def _observe(self, probe: Probe, inputs: Asked) -> Observation:
        if self.sent and (self.sent.probe is not probe or self.sent.inputs is not inputs):
            self.end()  # nobody will ask for what it is at
        limit = min(probe.seconds, self.sandbox.limits.check_seconds, self.seconds_left)
        worker, is_early = self._ready(), self.sent is not None
        try:
            if not is_early:
                self._send(worker, probe, inputs, limit)
            return self._answer(worker, limit)
        except (Silence, *replies.BAD) as error:
            why = error.why if isinstance(error, Silence) else "noise"
        if is_early and why != "time":  # what it did before may have shown only now
            self._go_one_by_one()
            return self._observe(probe, inputs)
        return self._lost(worker, why, limit)

    def _ready(self) -> Worker:
        """The worker; a fresh one if there is none, or if it spoke out of turn: that is not the answer to anything."""
        if self.worker is not None and self.sent is None and self.worker.channel.has_unasked():
            self.end()
        if self.worker is None:
            self.worker = self.sandbox.worker(self.files)
        return self.worker

    def _send(self, worker: Worker, probe: Probe, inputs: Asked, limit: float) -> None:
        self.asked += 1
        self.sent = Sent(self.asked, probe, inputs)
        head = replies.question(self.asked, probe.name)
        if self.edited:
            head = plain.encode({"id": self.asked, "probe": probe.name, "files": self.edited})
        worker.channel.send((head, inputs.encoded), time.monotonic() + limit)

    def _answer(self, worker: Worker, limit: float) -> Observation:
        """The answer to what was sent; the worker is given what comes next, before anybody looks at this one."""
        assert self.sent is not None
        id, probe, inputs = self.sent
        head, body = worker.channel.wait(answers=2, deadline=time.monotonic() + limit)
        observation = self.reading.read(probe, id, head, body)
        self.sent = None
        has_unasked = worker.channel.has_unasked()  # whatever was printed has come as well
        said = replies.printed(*worker.channel.take_printed())
        if not has_unasked:
            self._go_on(worker, probe, inputs)
        return replace(observation, printed=said) if said else observation

    def _go_on(self, worker: Worker, probe: Probe, inputs: Asked) -> None:
        """Send what surely comes after this question."""
        following = self.foreseen.after(probe, inputs)
        if following and not self.edited:
            try:
                self._send(worker, following.probe, following.inputs, following.probe.seconds)
            except Silence:
                self._go_one_by_one()

    def _go_one_by_one(self) -> None:
        """A fresh worker begins with the next question when it is asked, and so on."""
        self.is_one_by_one = True
        self.foreseen = Course()
        self.end()

    def _lost(self, worker: Worker, why: str, limit: float) -> Observation:
        """The worker hangs, is gone, or talks nonsense: find out where it was, and end it."""
        self.worker = self.sent = None
        self.is_one_by_one = True
        self.foreseen = Course()
        lines = worker.running_lines() if why == "time" else worker.channel.running_lines(wait=0)
        frames, printed = self.reading.running(lines), replies.printed(*worker.channel.take_printed())
        status = worker.end()
        if why == "time" or status == signal.SIGXCPU:
            how = f"stopped after {limit:g} s" if why == "time" else "stopped, because it took too much processor time"
            return Observation(TIMED_OUT, text=how, frames=frames, printed=printed)
        killer = signal_name(-status) if status < 0 else ""
        text = replies.ending(why, killer, status)
        return Observation(DIED, type=killer, text=text, frames=frames, printed=printed)

    def _remember_broken(self, observation: Observation) -> None:
        if observation.kind in (TIMED_OUT, DIED) and observation.at_import:
            for frame in observation.frames:
                if frame.function == "<module>":
                    self.broken.setdefault(frame.file.rpartition("/")[2], observation)
