"""A run that is killed, wherever and whenever: the same command finishes the class, and nothing is left running."""

import ctypes
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from gradebook_kit import SEED, SOLUTION, eventually, folder, graded, packed, table

from grader.errors import UsageError
from grader.inside.levels import PROCESS
from grader.office.gradebook.marks_folder import Marks
from grader.sandbox import isolation

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
STUDENTS = [f"student{number}" for number in range(5)]
POOL, WARM, WORKER = "one of the pool", "a warm process", "a worker"
PR_SET_CHILD_SUBREAPER = 36
STARTED: set[int] = set()  # who waits for these is known
STANDING: set[int] = set()  # what ran before the test, such as warm processes that other tests share
SLOWER = "import time\ntime.sleep(0.03)\n"  # for each measurement, so that there is a middle to be killed in


@pytest.fixture(scope="module")
def inbox(tmp_path_factory) -> Path:
    """Five students with a file each, a sixth who handed in the first one's, and an entry that is none."""
    inbox = tmp_path_factory.mktemp("class") / "inbox"
    for student in STUDENTS:
        folder(inbox, student, {"derivatives.py": f"{SLOWER}{SOLUTION['derivatives.py']}# {student}\n"})
    folder(inbox, "twin", {"derivatives.py": (inbox / STUDENTS[0] / "derivatives.py").read_text(encoding="utf-8")})
    (inbox / "torn.zip").write_bytes(b"PK\x03\x04")
    return inbox


@pytest.fixture(scope="module")
def undisturbed(inbox) -> bytes:
    """The gradebook of a run that nobody disturbs, at the isolation that the command chooses."""
    out = inbox.parent / "undisturbed"
    graded(inbox, out, level=isolation.best())
    return (out / "gradebook.csv").read_bytes()


@pytest.fixture
def place(tmp_path, monkeypatch) -> Iterator[Path]:
    """Where the command runs, and has its scratch folder; afterwards no process is left, and no scratch file."""
    if isolation.best() == PROCESS:
        pytest.skip("without isolation the command runs nothing")
    (tmp_path / "scratch").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "scratch"))
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)  # what loses its parent becomes a child of the tests
    before = family()
    STANDING.clear()
    STANDING.update(before)
    yield tmp_path
    assert eventually(lambda: not family().keys() - before.keys()), f"left running: {family().keys() - before.keys()}"
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)
    assert os.listdir(tmp_path / "scratch") == []


def start(inbox: Path, place: Path, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "grader", "grade", str(inbox), "--out", "marks", "--seed", str(SEED), *words]
    run = subprocess.Popen(
        command, cwd=place, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    STARTED.add(run.pid)
    return run


def finish(inbox: Path, place: Path, *words: str) -> str:
    """Run the command to its end, which is a good one."""
    run = start(inbox, place, *words)
    said, _ = run.communicate(timeout=100)
    assert run.returncode == 0
    return said


def kept(place: Path) -> dict[Path, int]:
    """The records, and when each was written."""
    return {path: path.stat().st_mtime_ns for path in (place / "marks" / ".records").glob("*.json")}


def wait_for(place: Path, records: int) -> None:
    """Until so many submissions are done."""
    assert eventually(lambda: len(kept(place)) >= records)


def family() -> dict[int, tuple[int, list[str]]]:
    """All living processes that descend from this one: the parent and the command line of each."""
    found: dict[int, tuple[int, list[str]]] = {os.getpid(): (0, [])}
    everybody = {}
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, parent, *_ = (process / "stat").read_text().rpartition(")")[2].split()
            words = (process / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
            if state == "Z" and int(parent) == os.getpid() and int(process.name) not in STARTED:
                os.waitpid(int(process.name), os.WNOHANG)
            elif state != "Z":
                everybody[int(process.name)] = int(parent), words
    while more := {pid: one for pid, one in everybody.items() if one[0] in found and pid not in found}:
        found |= more
    return found


def one_of(part: str, chance: random.Random) -> int | None:
    """One of the processes of this kind, if there is one right now."""
    them = family()
    found = [pid for pid in sorted(them) if pid not in STANDING and kind_of(pid, them) == part]
    return chance.choice(found) if found else None


def kind_of(pid: int, them: dict[int, tuple[int, list[str]]]) -> str:
    """Of the pool, a warm process, or a worker that was forked from one."""
    parent, words = them.get(pid, (0, []))
    if any("spawn_main" in word for word in words):
        return POOL
    if not Path(words[0] if words else "").name.startswith("python") or not any("warm.py" in word for word in words):
        return ""
    return WORKER if kind_of(parent, them) == WARM else WARM


def test_a_killed_command_is_finished_by_the_same_command(inbox, place, undisturbed):
    """Killed at a random moment, three times: what was done stands, and the gradebook is the same to the byte."""
    chance = random.Random(1)
    for _ in range(3):
        run = start(inbox, place, "--jobs", "2")
        wait_for(place, records=min(len(kept(place)) + chance.randrange(3), len(STUDENTS) - 1))
        run.kill()
        run.communicate()
    before = kept(place)
    finish(inbox, place, "--jobs", "2")
    assert (place / "marks" / "gradebook.csv").read_bytes() == undisturbed
    assert before.items() <= kept(place).items()
    assert len(kept(place)) == len(STUDENTS)


def test_a_killed_command_without_other_processes(inbox, place, undisturbed):
    """With one job it marks for itself."""
    run = start(inbox, place, "--jobs", "1")
    wait_for(place, records=2)
    run.kill()
    run.communicate()
    said = finish(inbox, place, "--jobs", "1")
    assert (place / "marks" / "gradebook.csv").read_bytes() == undisturbed
    assert "had not changed since an earlier run" in said


@pytest.mark.parametrize("part", [POOL, WARM, WORKER])
def test_a_lost_process_costs_a_retry_and_no_mark(inbox, place, undisturbed, part):
    """One that marks, one that forks workers, or one that runs a student's code: the run finishes the class."""
    chance = random.Random(3)
    run = start(inbox, place, "--jobs", "2")
    for records in (1, 3):
        wait_for(place, records)
        while not (found := one_of(part, chance)) and run.poll() is None:
            time.sleep(0.005)
        with suppress(ProcessLookupError, TypeError):
            os.kill(found, signal.SIGKILL)
    run.communicate(timeout=100)
    assert run.returncode == 0
    assert (place / "marks" / "gradebook.csv").read_bytes() == undisturbed


def test_a_submission_that_always_takes_its_process_with_it_is_a_fault(tmp_path, inbox):
    """It is tried three times; the others have their marks, and the reason says what happened."""
    deed = "import os\n\ndef parent():\n    with open(f'/proc/{os.getppid()}/stat') as file:\n"
    deed += "        return int(file.read().rpartition(')')[2].split()[1])\n\nos.kill(parent(), 9)\n"
    hostile = tmp_path / "inbox"
    folder(hostile, "adversary", {"derivatives.py": deed})
    for student in STUDENTS[:2]:
        packed(hostile, student, {"derivatives.py": SOLUTION["derivatives.py"] + f"# {student}\n"})
    rows = graded(hostile, tmp_path / "marks", jobs=2)
    assert [row.status for row in rows.values() if row.student != "adversary"] == ["graded"] * 2
    assert rows["adversary"].status == "fault"
    assert rows["adversary"].reason == "the process that graded this was killed, 3 times"


def test_ctrl_c_is_one_sentence(inbox, place):
    """It says how many are done, and the same command goes on from there."""
    run = start(inbox, place, "--jobs", "2")
    wait_for(place, records=2)
    os.killpg(run.pid, signal.SIGINT)
    said, complained = run.communicate(timeout=60)
    assert (run.returncode, said) == (130, "")
    last = complained.splitlines()[-1]
    assert last.startswith("Stopped. ")
    assert last.endswith(f" of {len(STUDENTS) + 2} are done; the same command goes on from there.")
    assert "Traceback" not in complained
    done = sum(line["status"] != "waiting" for line in table(place / "marks"))
    assert f"Stopped. {done} of" in last
    assert "waiting" not in finish(inbox, place, "--jobs", "2")


def test_two_runs_never_write_to_the_same_folder(inbox, place):
    """The second one ends in a sentence that names the first; a lock of a dead run holds nobody up."""
    with Marks(place / "marks"):
        run = start(inbox, place)
        _, complained = run.communicate(timeout=60)
    assert run.returncode == 2
    assert f"Another run is writing to marks right now (process {os.getpid()})." in complained
    assert not (place / "marks" / "seed.txt").exists()


def test_what_a_killed_run_has_left_is_removed(place):
    """Its scratch folder and its unfinished files; nothing else, whatever the lock says."""
    left, other = place / "scratch" / "grader-class-of-old", place / "other"
    for found in (left, other):
        found.mkdir()
        with Marks(place / "marks"):
            pass
        (place / "marks" / ".lock").write_text(f"1\n{found}\n")
        (place / "marks" / ".seed.txt.123.tmp").write_text("half")
        with Marks(place / "marks"):
            pass
        assert not list((place / "marks").glob(".*.tmp"))
    assert not left.exists()
    assert other.exists()


def test_without_room_for_a_scratch_folder_it_is_one_sentence(tmp_path, monkeypatch):
    """And the folder is not locked any more."""
    with monkeypatch.context() as here:
        here.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
        with pytest.raises(UsageError, match=r"No scratch folder can be made .* TMPDIR"), Marks(tmp_path / "marks"):
            pass
    with Marks(tmp_path / "marks"):
        pass
