"""A class on a cluster: a real scheduler, two real workers of which one is killed; the same bytes as on one machine."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from gradebook_kit import LECTURE, SEED, SOLUTION, eventually, folder, graded

from grader.errors import UsageError
from grader.office.gradebook import Row
from grader.office.gradebook.terms import OtherTerms, check_terms, terms_of

pytest.importorskip("distributed")
STUDENTS = [f"student{number}" for number in range(8)]
SLOWER = "import time\ntime.sleep(0.03)\n"


@pytest.fixture(scope="module")
def inbox(tmp_path_factory) -> Path:
    inbox = tmp_path_factory.mktemp("class") / "inbox"
    for student in STUDENTS:
        folder(inbox, student, {"derivatives.py": f"{SLOWER}{SOLUTION['derivatives.py']}# {student}\n"})
    (inbox / "torn.zip").write_bytes(b"PK\x03\x04")
    return inbox


@contextmanager
def running(place: Path, program: str, *words: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A scheduler or a worker of its own, which is killed at the end."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{program}", "--no-dashboard", *words]
    with (place / f"{program}.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=place, stdout=log, stderr=log, env={**os.environ, **environment}, start_new_session=True
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def scheduler(tmp_path) -> Iterator[Path]:
    """The scheduler file of a scheduler on this machine's loopback."""
    file = tmp_path / "scheduler.json"
    words = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file), "--pid-file", f"{file}.pid")
    with running(tmp_path, "scheduler", *words):
        assert eventually(file.is_file)
        yield file


def worker(scheduler: Path, **environment: str) -> contextmanager:
    """One worker without a nanny: when it is killed, nobody replaces it."""
    place = str(scheduler.parent / "dask")
    words = ("--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--local-directory", place)
    return running(scheduler.parent, "worker", "--scheduler-file", str(scheduler), *words, **environment)


def warm_processes(of: int) -> list[int]:
    """The warm processes that a worker has."""
    children = Path(f"/proc/{of}/task").glob("*/children")
    return [int(pid) for file in children for pid in file.read_text().split()]


def test_a_worker_is_killed_and_the_class_is_the_same(inbox, scheduler, tmp_path):
    """Two workers, one of them killed in the middle: nobody's marks differ by a byte, and nothing is left running."""
    graded(inbox, tmp_path / "here")
    killed: list[int] = []

    def kill_one(row: Row) -> None:
        if row.status == "graded" and not killed:
            killed.extend(warm_processes(first.pid))
            os.kill(first.pid, signal.SIGKILL)

    with worker(scheduler) as first, worker(scheduler) as second:
        address = json.loads(scheduler.read_text())["address"]
        assert eventually(lambda: scheduler.parent.joinpath("worker.log").read_text().count("Registered to") == 2)
        rows = graded(inbox, tmp_path / "there", cluster=address, arrived=kill_one)
        assert first.wait() == -signal.SIGKILL
        assert second.poll() is None
        assert eventually(lambda: not warm_processes(second.pid))  # a class that is done keeps nothing warm
    assert killed
    assert eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in killed))
    assert {row.status for row in rows.values()} == {"graded", "rejected"}
    assert (tmp_path / "here" / "gradebook.csv").read_bytes() == (tmp_path / "there" / "gradebook.csv").read_bytes()


def test_a_scheduler_that_is_lost_is_one_sentence(inbox, scheduler, tmp_path):
    """What was done is kept, and the class can be finished on this machine alone."""

    def kill_scheduler(row: Row) -> None:
        if row.status == "graded":
            with suppress(ProcessLookupError):
                os.kill(int(Path(f"{scheduler}.pid").read_text()), signal.SIGKILL)

    with (
        worker(scheduler),
        pytest.raises(UsageError, match=r"The scheduler at .* is gone .* run the same command again"),
    ):
        graded(inbox, tmp_path / "marks", cluster=str(scheduler), arrived=kill_scheduler)
    rows = graded(inbox, tmp_path / "marks")
    assert any(row.reused for row in rows.values())
    assert {row.status for row in rows.values()} == {"graded", "rejected"}


def test_a_worker_with_another_kit_does_not_mark(inbox, scheduler, tmp_path):
    """The class is not begun, and the sentence says which worker differs in what."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "sitecustomize.py").write_text("import platform\nplatform.python_version = lambda: '3.99.0'\n")
    with (
        worker(scheduler, PYTHONPATH=str(other)),
        pytest.raises(UsageError, match=r"worker tcp://127\.0\.0\.1:\d+ would mark otherwise: python 3\.99\.0 there"),
    ):
        graded(inbox, tmp_path / "marks", cluster=str(scheduler))
    assert not list((tmp_path / "marks").glob("*/report.json"))


def test_a_process_with_other_terms_refuses():
    """Also one that joins later: each submission comes with the terms it is to be marked under."""
    terms = terms_of(LECTURE, SEED, "process")
    assert check_terms(terms) == (LECTURE, SEED, "process")
    with pytest.raises(
        OtherTerms, match=r"this process would mark otherwise: course [0-9a-f]{12}\.\.\. there, other here"
    ):
        check_terms(json.dumps({**json.loads(terms), "course": "other"}, sort_keys=True))


def grade(place: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "grader", "grade", *words]
    return subprocess.run(
        command, cwd=place, capture_output=True, text=True, env={**os.environ, **environment}, check=False
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--cluster", "tcp://127.0.0.1:9"], "No scheduler answers at tcp://127.0.0.1:9"),
        (["--cluster", "nowhere.json"], "nowhere.json is neither an address such as tcp://host:8786 nor a scheduler"),
        (["--cluster", "tcp://127.0.0.1:9", "--jobs", "2"], "--jobs is for this machine alone."),
    ],
)
def test_a_cluster_that_is_not_there_is_one_sentence(inbox, tmp_path, words, sentence):
    """What was looked for, where, and how to start one."""
    done = grade(tmp_path, str(inbox), "--out", "marks", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"ERROR  {sentence}")
    assert len(done.stderr.splitlines()) == 1


def test_without_the_extra_it_is_one_sentence(inbox, tmp_path):
    """Which package, and the command that installs it."""
    hidden = "None if name == 'distributed' else find(name, *more)"
    hide = f"import importlib.util as u\nfind = u.find_spec\nu.find_spec = lambda name, *more: {hidden}\n"
    (tmp_path / "sitecustomize.py").write_text(hide)
    done = grade(tmp_path, str(inbox), "--out", "marks", "--cluster", "tcp://127.0.0.1:9", PYTHONPATH=str(tmp_path))
    assert done.returncode == 2
    assert "pip install -e '.[cluster]'" in done.stderr


def test_one_machine_imports_nothing_of_a_cluster(tmp_path):
    """The default needs nothing."""
    folder(tmp_path / "inbox", "ada", {"derivatives.py": SOLUTION["derivatives.py"]})
    program = (
        "import sys\nfrom pathlib import Path\nfrom grader.office import gradebook\n"
        "gradebook.grade(Path('inbox'), Path('marks'), None, jobs=1, seed=7, arrived=lambda row: None)\n"
        "assert not {'dask', 'distributed', 'torch'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True)
