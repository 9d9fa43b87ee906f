"""Who marks: this process alone, or several others on this machine. To the class both are executors of one kind.

`grader.gradebook.cluster` has the third kind, for other machines.
"""

import multiprocessing
import os
import signal
import tempfile
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.util import Finalize
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Any, NoReturn, TypeVar

from grader.office.gradebook.marking import DESK

T = TypeVar("T")


class Crew(Executor):
    """An executor that knows how many submissions it can hold at a time, and what says that a process was lost."""

    losses: tuple[type[Exception], ...] = ()
    patience: float | None = None  # seconds without any news, after which it is asked whether all is well

    @property
    def width(self) -> int:
        return 1

    def check(self) -> None:
        """Raises UsageError if nothing will come any more."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown(cancel_futures=kind is not None)


class Alone(Crew):
    """This process, one submission after the other."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        DESK.close()


class Pool(Crew):
    """`jobs` processes of this machine. One that is lost is replaced; what it was at comes back as BrokenProcessPool.

    They hold one end of a pipe. When the other end is closed, also by the death of this process, they end themselves.
    """

    losses = (BrokenProcessPool,)

    def __init__(self, jobs: int, folder: Path) -> None:
        self.jobs = jobs
        self.folder = folder
        self.theirs, self.ours = multiprocessing.Pipe(duplex=False)
        self.pool = self._pool()

    @property
    def width(self) -> int:
        return self.jobs + 2  # so that nobody waits while a report is being written

    def _pool(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.jobs, context, initializer=_begin, initargs=(self.theirs, self.folder))

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        try:
            return self.pool.submit(fn, *args, **kwargs)
        except BrokenProcessPool:
            self.pool.shutdown()
            self.pool = self._pool()
            return self.pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if cancel_futures:
            self.ours.close()
        self.pool.shutdown(wait, cancel_futures=cancel_futures)
        self.ours.close()
        self.theirs.close()


def _begin(lifeline: Connection, folder: Path) -> None:
    """What a process of the pool does first. Ctrl-C is for the command, which then closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: _leave(1))
    tempfile.tempdir = str(folder)
    Finalize(None, _leave, (0,), exitpriority=10)  # at once: to take torch apart in good order costs 0.6 s
    Thread(target=_watch, args=(lifeline,), daemon=True).start()


def _watch(lifeline: Connection) -> None:
    """Nothing ever comes through the pipe but its end."""
    with suppress(EOFError, OSError):
        lifeline.recv_bytes()
    os.kill(os.getpid(), signal.SIGTERM)


def _leave(status: int) -> NoReturn:
    try:
        DESK.close()
    finally:
        os._exit(status)
