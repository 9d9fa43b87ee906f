"""Marking on other machines, with the workers of dask.distributed. They need the same kit, course and versions.

A submission travels as its files' bytes, a record comes back as text. A worker that is lost costs a retry.
"""

import logging
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar, cast

from grader.course import Lecture, load
from grader.errors import UsageError
from grader.office.gradebook.crew import Crew
from grader.office.gradebook.marking import DESK
from grader.office.gradebook.terms import OtherTerms, check_terms, terms_of
from grader.sandbox import isolation

T = TypeVar("T")
ANSWER_SECONDS = 10.0
IDLE_SECONDS = 60.0  # so long a cluster may be without a single worker
HOW = "Start one with: dask scheduler, and workers with: dask worker ADDRESS --nworkers auto --nthreads 1"


class Cluster(Crew):
    """The workers behind one scheduler: `where` is its address, or the path of its scheduler file."""

    patience = 5.0

    def __init__(self, where: str, lecture: Lecture | None, seed: int, level: str) -> None:
        self.where = where
        self.client = _client(where)
        try:
            with self._reached():
                self._wait_for_workers()
                self._check_workers(terms_of(lecture or load().lectures[0], seed, level))
        except BaseException:
            self.client.close()
            raise
        from distributed.scheduler import KilledWorker

        self.losses = (KilledWorker, CancelledError)
        self.executor = self.client.get_executor(pure=False)
        self.seen = time.monotonic()

    @property
    def width(self) -> int:
        return 2 * max(1, sum(self._threads().values()))

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        with self._reached():
            future: Future[T] = self.executor.submit(_at_worker, fn, *args, **kwargs)
            return future

    def check(self) -> None:
        if self._threads():
            self.seen = time.monotonic()
        elif time.monotonic() - self.seen > IDLE_SECONDS:
            raise UsageError(f"No worker is left at {self.where}. What was done is kept: start workers, run it again.")

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        with suppress(OSError):  # the scheduler may be gone
            self.executor.shutdown(wait=wait and not cancel_futures)
            self.client.run(_rest, on_error="ignore")
        self.client.close()

    def _threads(self) -> dict[str, int]:
        with self._reached():
            return dict(self.client.nthreads())

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """A scheduler that cannot be reached, or no longer, is one sentence."""
        try:
            yield
        except (OSError, RuntimeError, ValueError) as error:
            raise UsageError(
                f"The scheduler at {self.where} is gone ({type(error).__name__}). What was done is kept: "
                "start it and its workers, and run the same command again."
            ) from None

    def _wait_for_workers(self) -> None:
        try:
            self.client.wait_for_workers(1, timeout=ANSWER_SECONDS)
        except TimeoutError:
            raise UsageError(f"The scheduler at {self.where} has no workers. {HOW}") from None

    def _check_workers(self, terms: str) -> None:
        """Every worker marks by the same terms as this process, or the class is not begun."""
        found = self.client.run(_check, terms, on_error="return")
        for address, error in found.items():
            if isinstance(error, OtherTerms):
                raise error
            if error is not None:
                raise UsageError(
                    f"The worker {address} cannot mark ({type(error).__name__}: {error}). "
                    "Install the same kit there, and start it again."
                )


def _client(where: str) -> Any:
    if not find_spec("distributed"):
        raise UsageError("--cluster needs the package dask.distributed. Install it: pip install -e '.[cluster]'")
    from distributed import Client

    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what is lost comes back as an error
    if "://" not in where and not Path(where).is_file():
        raise UsageError(f"{where} is neither an address such as tcp://host:8786 nor a scheduler file. {HOW}")
    try:
        way = {"address": where} if "://" in where else {"scheduler_file": where}
        return cast(Any, Client)(**way, timeout=ANSWER_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"No scheduler answers at {where} ({type(error).__name__}). {HOW}") from None


def _at_worker(fn: Callable[..., T], *args: Any) -> T:
    """On a worker: mark in the folder that the worker cleans up, also after one that was killed."""
    from distributed import get_worker

    worker = get_worker()
    tempfile.tempdir = worker.local_directory
    return fn(*args, f"The worker {worker.address}")


def _check(terms: str, dask_worker: Any) -> None:
    """The worker's terms are these, and its machine offers the isolation that they name."""
    *_, level = check_terms(terms, f"The worker {dask_worker.address}")
    if isolation.missing(level):
        raise OtherTerms(f"The worker {dask_worker.address} offers no isolation {level!r}: {isolation.missing(level)}")


def _rest() -> None:
    DESK.rest()
