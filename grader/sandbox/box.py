"""The sandbox of one lecture: a warm process that is replaced when it is lost, and one worker at a time."""

import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from grader.course import names
from grader.errors import Fault
from grader.inside.levels import PROCESS
from grader.sandbox.folders import remove
from grader.sandbox.loading import confinement_at, slow_libraries, what_to_load
from grader.sandbox.spare import SHELF
from grader.sandbox.warm_process import Twin, WarmProcess
from grader.sandbox.worker import Limits, Worker


class Sandbox:
    """One warm process, from which one worker at a time is forked, confined as the level says. Use it with `with`.

    Entering raises NoIsolation if this machine does not offer the level. One `beside` another of the same lecture is
    there at once, since the warm process of that one forks its own.
    """

    def __init__(
        self,
        lecture: str,
        limits: Limits = Limits(),  # noqa: B008
        level: str = PROCESS,
        beside: "Sandbox | None" = None,
    ) -> None:
        self.beside = beside if level == PROCESS else None  # elsewhere a fork would lie in a worker's own world
        self.lecture = lecture
        self.limits = limits
        self.level = level
        self.names = names.needed_by(lecture)

    def __enter__(self) -> Self:
        self.current: Worker | None = None
        self.spare = None if self.beside else SHELF.take(self.lecture, self.level, self._to_load())
        if self.spare:
            self.folder = self.spare.folder
            self.warm: WarmProcess = self.spare.warm
            return self
        self.folder = Path(tempfile.mkdtemp(prefix="grader-"))
        try:
            self._start(self.beside)
        except BaseException:
            remove(self.folder)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.spare and self.warm is self.spare.warm and kind is None:
            SHELF.give_back()
            return
        self.warm.stop()
        remove(self.folder)

    def _start(self, beside: "Sandbox | None" = None) -> None:
        self.current = None
        self.warm = Twin(beside.warm) if beside else WarmProcess(self.level, self.folder, self._to_load())

    def _to_load(self) -> dict[str, Any]:
        return what_to_load(self.lecture, self.names, confinement_at(self.level))

    def restart(self) -> None:
        """A new warm process in place of one that is gone."""
        self.warm.stop()
        self._start()
        self.warm.wait_until_loaded()

    def worker(self, files: dict[str, str]) -> Worker:
        """A new worker that has been handed these files (name to source text) and nothing else."""
        if self.current is not None and not self.current.has_ended:
            raise Fault("a sandbox has one worker at a time, and there is one already")
        self.warm.wait_until_loaded()
        if self.folder.is_symlink():
            self.folder.unlink()
        self.folder.mkdir(mode=0o700, exist_ok=True)  # a student's code may have removed it
        if self.warm.is_changed():
            self.restart()
        self.warm.import_libraries({library for source in files.values() for library in slow_libraries(source)})
        try:
            self.current = self._forked(files)
        except Fault:  # once more, with a new warm process
            self.restart()
            self.current = self._forked(files)
        return self.current

    def _forked(self, files: dict[str, str]) -> Worker:
        worker = Worker(self.warm, self.folder, self.limits)
        worker.greet(self.lecture, files)
        return worker
