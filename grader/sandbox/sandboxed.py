"""A submission's files in a worker, observed: what is asked of them, and every way in which they may fail to answer."""

import signal
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from grader.errors import WarmProcessGone
from grader.inside import plain
from grader.inside.probe import Probe
from grader.sandbox import Sandbox, Worker, replies, signal_name
from grader.sandbox.channel import Silence
from grader.sandbox.foreseen import Course, Foreseen
from grader.sandbox.observation import DIED, TIMED_OUT, Asked, Observation, concluded

KILLED = "SIGKILL"
PROMPT = 0.5  # seconds; questions that travel together have news after that, or are asked one by one


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
        self.foreseen = Course()
        self.early: list[tuple[Foreseen, Observation]] = []  # answers that came with others
        self.is_one_by_one = False
        self.reading = replies.Reading(sandbox.lecture, files)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def foresee(self, questions: Iterable[Foreseen]) -> None:
        """What will surely be asked next, in this order: it travels together.

        That ends with the first that is amiss: from then on each question waits until it is asked.
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
        worker, self.worker = self.worker, None
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
                self.worker = None
                self.sandbox.restart()
                continue
            if observation.type != KILLED:
                break
        return observation

    def _observe(self, probe: Probe, inputs: Asked) -> Observation:
        for place, (question, _) in enumerate(self.early):
            if question.is_this(probe, inputs):
                return self.early.pop(place)[1]
        together = self.foreseen.together(probe, inputs)
        answers = self._asked_together(together) if len(together) > 1 else ()
        if not answers:
            return self._asked_alone(probe, inputs)
        self.early += zip(together[1:], answers[1:], strict=True)
        return answers[0]

    def _asked_together(self, questions: Sequence[Foreseen]) -> Sequence[Observation]:
        """What these give, one after the other. Nothing, if one of them is amiss in any way, or prints."""
        worker, first, answers = self._ready(), self.asked + 1, list[Observation]()
        self.asked += len(questions)
        patience = min(PROMPT, self.sandbox.limits.check_seconds, self.seconds_left)
        with suppress(Silence, *replies.BAD):
            worker.channel.send(replies.questions(first, questions), time.monotonic() + patience)
            for id, (probe, *_) in enumerate(questions, first):
                answers.append(self._answer(worker, probe, id, patience))
            if not worker.channel.has_unasked() and not any(worker.channel.take_printed()):
                return answers
        self._go_one_by_one()
        return ()

    def _asked_alone(self, probe: Probe, inputs: Asked) -> Observation:
        limit, worker = min(probe.seconds, self.sandbox.limits.check_seconds, self.seconds_left), self._ready()
        self.asked += 1
        head = replies.question(self.asked, probe.name)
        if self.edited:
            head = plain.encode({"id": self.asked, "probe": probe.name, "files": self.edited})
        try:
            worker.channel.send((head, inputs.encoded), time.monotonic() + limit)
            observation = self._answer(worker, probe, self.asked, limit)
        except (Silence, *replies.BAD) as error:
            return self._lost(worker, error.why if isinstance(error, Silence) else "noise", limit)
        worker.channel.has_unasked()  # whatever was printed has come as well
        said = replies.printed(*worker.channel.take_printed())
        return replace(observation, printed=said) if said else observation

    def _answer(self, worker: Worker, probe: Probe, id: int, patience: float) -> Observation:
        head, body = worker.channel.wait(answers=2, deadline=time.monotonic() + patience)
        return self.reading.read(probe, id, head, body)

    def _ready(self) -> Worker:
        """The worker; a fresh one if there is none, or if it spoke out of turn: that is not the answer to anything."""
        if self.worker is not None and self.worker.channel.has_unasked():
            self.end()
        if self.worker is None:
            self.worker = self.sandbox.worker(self.files)
        return self.worker

    def _go_one_by_one(self) -> None:
        """From now on a worker, a fresh one first, is asked each question when its turn has come."""
        self.is_one_by_one = True
        self.foreseen = Course()
        self.end()

    def _lost(self, worker: Worker, why: str, limit: float) -> Observation:
        """The worker hangs, is gone, or talks nonsense: find out where it was, and end it."""
        self.worker = None
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
