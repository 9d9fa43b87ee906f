"""Where our solution and copies of it are run that nobody has read, or that this process has no torch for: in a worker.

A slip may well crash or never end; it costs no more than that worker.
"""

import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from grader.course import Lecture, reference_sources
from grader.inside.levels import PROCESS
from grader.inside.probe import Probe
from grader.sandbox import Limits, Sandbox
from grader.sandbox.observation import Asked, Observation
from grader.sandbox.sandboxed import Sandboxed

LIMITS = Limits(submission_seconds=100_000.0)
PATIENCE = 10  # so many times as long as our solution takes, a slip may take
LEAST_SECONDS = 0.5


class Workshop:
    """Our solution in a worker, which is started when the first question is put, with files edited for each question.

    `beside` is a sandbox of the same lecture, if there is one, from whose warm process it can begin at once.
    """

    def __init__(self, lecture: Lecture, level: str = PROCESS, beside: Sandbox | None = None) -> None:
        self.lecture = lecture
        self.level = level
        self.beside = beside
        self.stack = ExitStack()
        self.worker: Sandboxed | None = None
        self.seconds: dict[tuple[str, bytes], float] = {}

    def observe(
        self, edited: Mapping[str, str], probe: Probe, inputs: Mapping[str, Any], in_full: bool = False
    ) -> Observation:
        """What our solution gives with these files as they are here; `in_full`: it has all the time of the probe."""
        worker, asked = self._worker(), Asked.of(inputs)
        seconds = probe.seconds if in_full else self._patience(probe, asked)
        worker.edited, worker.broken, worker.has_no_time_for_many = dict(edited), {}, False
        worker.seconds_left = LIMITS.submission_seconds
        return worker.observe(replace(probe, seconds=seconds), asked)

    def _worker(self) -> Sandboxed:
        if self.worker is None:
            box = self.stack.enter_context(Sandbox(self.lecture.id, LIMITS, self.level, self.beside))
            self.worker = self.stack.enter_context(Sandboxed(box, reference_sources(self.lecture)))
        return self.worker

    def _patience(self, probe: Probe, asked: Asked) -> float:
        """The seconds that a slip may take here."""
        key = probe.name, asked.sha256
        if not self.seconds:  # the worker is started by the first question, which is no part of what that takes
            self.observe({}, probe, asked, in_full=True)
        if key not in self.seconds:
            started = time.perf_counter()
            self.observe({}, probe, asked, in_full=True)
            self.seconds[key] = max(LEAST_SECONDS, PATIENCE * (time.perf_counter() - started))
        return min(probe.seconds, self.seconds[key])

    def close(self) -> None:
        """End the worker, if one was started."""
        self.worker = None
        self.stack.close()
