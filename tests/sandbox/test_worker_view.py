"""What a worker sees."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sandbox_kit import LECTURE, observe, returned, unconfined

from grader.course import PROJECT
from grader.sandbox import Sandbox
from grader.sandbox.observation import RAISED

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")


@unconfined
def test_a_worker_has_six_descriptors_and_none_of_ours(box: Sandbox, tmp_path: Path) -> None:
    """Only descriptors 0 to 5 are open in a worker, even where this process has left some inheritable."""
    with open(tmp_path / "marks.csv", "w") as ours:
        os.set_inheritable(ours.fileno(), True)
        code = """
            import os
            def slope(f, x, h):
                found = {}
                for name in os.listdir("/proc/self/fd"):
                    try:
                        found[int(name)] = os.readlink("/proc/self/fd/" + name)
                    except OSError:
                        pass    # the descriptor that listed the folder
                return found
            """
        with Sandbox(LECTURE.id) as later:
            seen = [returned(box, code), returned(later, code)]
    for descriptors in seen:
        assert set(descriptors) == {0, 1, 2, 3, 4, 5}
        assert descriptors[0] == os.devnull
        assert all(descriptors[number].startswith("pipe:") for number in (1, 2, 3, 4, 5))


def test_programs_that_a_student_starts_do_not_get_the_pipes_of_the_kit(box: Sandbox) -> None:
    """Requests, replies and trace are closed in a program that a student's code starts."""
    code = """
        import os
        def slope(f, x, h):
            return [os.get_inheritable(number) for number in range(6)]
        """
    assert returned(box, code) == [True, True, True, False, False, False]


def test_standard_input_is_empty(box: Sandbox) -> None:
    """input() ends at once instead of waiting for somebody."""
    observation = observe(box, "def slope(f, x, h):\n    return input()\n")
    assert (observation.kind, observation.type) == (RAISED, "EOFError")


def test_the_environment_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of our environment reaches a student's code, and nothing of the kit's either."""
    monkeypatch.setenv("GRADER_SECRET_TOKEN", "do not tell")
    code = """
        import os, subprocess
        def slope(f, x, h):
            with open("/proc/self/environ") as environ:
                child = subprocess.run(["/usr/bin/env"], capture_output=True)
                return [dict(os.environ), environ.read(), child.stdout]
        """
    with Sandbox(LECTURE.id) as box:
        now, at_start, of_a_child = returned(box, code)
    assert now == {}
    assert of_a_child == b""
    assert "GRADER_SECRET_TOKEN" not in at_start
    assert str(PROJECT) not in at_start


@unconfined
def test_a_worker_has_an_empty_folder_of_its_own(box: Sandbox, folders: Path) -> None:
    """Every worker begins in an empty folder of its own, which is removed with all its contents."""
    code = """
        import os
        def slope(f, x, h):
            before = os.listdir(".")
            os.makedirs("a/b")
            open("a/b/file", "w").write("left behind")
            os.symlink("/", "a/link")
            return [os.getcwd(), before]
        """
    first, second = returned(box, code), returned(box, code)
    assert first[1] == second[1] == []
    assert first[0] != second[0]
    assert Path(first[0]).is_relative_to(folders)
    assert list(box.folder.iterdir()) == []


def test_the_hash_seed_is_fixed(box: Sandbox) -> None:
    """The order of sets and hash() are the same in every worker and every run."""
    code = """
        def slope(f, x, h):
            return [hash("micrograd"), list({"a", "list", "of", "words", "in", "no", "order"})]
        """
    with Sandbox(LECTURE.id) as other:
        seen = [returned(box, code), returned(box, code), returned(other, code)]
    command = [sys.executable, "-c", "print(hash('micrograd'))"]
    expected = int(subprocess.run(command, env={"PYTHONHASHSEED": "0"}, capture_output=True, check=True).stdout)
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][0] == expected


@unconfined
def test_one_thread_and_a_session_of_its_own(box: Sandbox) -> None:
    """A worker starts with one thread, leads its own session, and has no terminal to type on."""
    code = """
        import os
        def slope(f, x, h):
            try:
                terminal = os.open("/dev/tty", os.O_RDWR)
            except OSError:
                terminal = None
            return [len(os.listdir("/proc/self/task")), os.getsid(0) == os.getpid(), terminal]
        """
    assert returned(box, code) == [1, True, None]
