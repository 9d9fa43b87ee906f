"""`grader data` as a user runs it: words, exit codes, and what lies in the cache afterwards."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.course import names


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Where the command below keeps the lectures' list."""
    return tmp_path / "cache" / names.FOLDER / names.FILE


@pytest.fixture
def data(tmp_path: Path):
    """A `grader data` process of its own, with a cache of its own and no way to the network."""
    nowhere = dict.fromkeys(("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"), "http://127.0.0.1:9")
    environment = {**os.environ, **nowhere, "XDG_CACHE_HOME": str(tmp_path / "cache")}

    def run(*words: object, command: str = "data") -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "grader", command, *map(str, words)]
        return subprocess.run(
            line, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    return run


def damage(cache: Path) -> None:
    cache.parent.mkdir(parents=True)
    cache.write_bytes(b"emma\n")


def test_show_says_which_list_is_in_use_and_how_to_get_the_lectures(data, cache):
    """Title, file, count, hash, and two ways; nothing is fetched."""
    done = data("--show")
    assert (done.returncode, done.stderr) == (0, "")
    for part in (names.OURS.title, str(names.OURS.path), "32,469", names.OURS.sha256, "grader data --from FILE"):
        assert part in done.stdout
    assert not cache.parent.exists()


def test_without_a_network_the_other_way_is_said(data, cache):
    """One sentence, exit 2, nothing left in the cache."""
    done = data()
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("ERROR  The lectures' list could not be fetched (ProxyError)")
    assert "grader data --from FILE" in done.stderr
    assert not cache.exists()


@pytest.mark.parametrize("content", [None, "emma\nolivia\n"], ids=["no such file", "another list"])
def test_a_wrong_file_is_refused(data, cache, tmp_path, content):
    """One sentence, exit 2, and the list in use stays what it was."""
    if content:
        (tmp_path / "mine.txt").write_text(content)
    done = data("--from", "mine.txt")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "mine.txt" in done.stderr
    assert not cache.exists()


def test_one_thing_at_a_time(data):
    """--show with --remove means nothing."""
    done = data("--show", "--remove")
    assert (done.returncode, "Choose one of" in done.stderr) == (2, True)


def test_removing_nothing_is_said(data):
    """And it is no error."""
    done = data("--remove")
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "The lectures' list was not there.")


def test_a_damaged_list_is_a_fault_with_two_ways_out(data, cache):
    """Exit 3 and one sentence; the doctor tells it as well; the second way works without a network."""
    damage(cache)
    shown, told, removed = data("--show"), data(command="doctor"), data("--remove")
    assert (shown.returncode, shown.stdout) == (3, "")
    assert shown.stderr.startswith(f"FAULT  The list of names {cache} has the SHA-256 ")
    assert f"LOOK  names         The list of names {cache} has the SHA-256 " in told.stdout
    assert (removed.returncode, names.OURS.title in removed.stdout) == (0, True)


def test_a_damaged_list_does_not_count_as_being_there(data, cache):
    """The first way out fetches it anew; where that fails, nothing is changed."""
    damage(cache)
    assert "could not be fetched" in data().stderr
    assert cache.read_bytes() == b"emma\n"


def test_the_lectures_list_from_a_copy_and_back_again(data, cache, lecture_file):
    """Installed, in use, not fetched again, seen by the doctor, removed."""
    installed, again, told = data("--from", lecture_file), data(), data(command="doctor")
    assert [done.returncode for done in (installed, again, told)] == [0, 0, 0]
    assert installed.stdout.splitlines()[0] == "Installed the lectures' list."
    assert again.stdout.splitlines()[0] == "The lectures' list is there already."
    assert f"ok    names         {names.LECTURES.title}: 32,033, in {cache}" in told.stdout
    assert data("--remove").stdout.splitlines()[0] == "Removed the lectures' list."
    assert not cache.exists()


def test_the_command_is_light():
    """What fetches is imported when something is fetched."""
    program = "import grader.cli, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"pooch", "platformdirs", "requests"} & set(done.stdout.split())
