"""Code of strangers on the command line: at which level it is run, when it is refused, and how that is said."""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader.course import PROJECT, load, reference_sources
from grader.inside.levels import LANDLOCK, NAMESPACES, PROCESS
from grader.sandbox import isolation

LECTURE = load().lectures[0]
needs_landlock = pytest.mark.skipif(bool(isolation.missing(LANDLOCK)), reason="this machine offers no isolation")
needs_bubblewrap = pytest.mark.skipif(bool(isolation.missing(NAMESPACES)), reason="this machine offers no namespaces")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """One submission, which leaves a mark on the machine if it is run where it can."""
    folder = tmp_path / "inbox" / "ada"
    folder.mkdir(parents=True)
    code = f"try:\n    open({str(tmp_path / 'was here')!r}, 'w').close()\nexcept OSError:\n    pass\n"
    (folder / "derivatives.py").write_text(code + reference_sources(LECTURE)["derivatives.py"], encoding="utf-8")
    return folder.parent


@pytest.fixture
def no_filter(tmp_path: Path) -> dict[str, str]:
    """An environment in which libseccomp cannot be had, and with it no isolation."""
    (tmp_path / "fake").mkdir()
    (tmp_path / "fake" / "pyseccomp.py").write_text("raise ImportError('libseccomp is not here')\n", encoding="utf-8")
    return {**os.environ, "PYTHONPATH": str(tmp_path / "fake")}


def grade(inbox: Path, *options: str, env: dict[str, str] | None = None, before: tuple[str, ...] = ()):
    """The finished command."""
    command = [
        *before,
        sys.executable,
        "-m",
        "grader",
        "grade",
        str(inbox),
        "--out",
        str(inbox.parent / "marks"),
        *options,
    ]
    return subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=env, check=False)


def level_of(inbox: Path) -> str:
    with open(inbox.parent / "marks" / "gradebook.csv", encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    return row["isolation"]


def assert_nothing_was_run(inbox: Path) -> None:
    assert not (inbox.parent / "was here").exists()
    assert not (inbox.parent / "marks").exists()


@needs_landlock
def test_the_best_level_is_used_and_said(inbox):
    """In the table, in each row, in the report."""
    done = grade(inbox)
    assert done.returncode == 0, done.stderr
    assert f"Isolation: {isolation.best()}" in done.stdout
    assert level_of(inbox) == isolation.best()
    page = (inbox.parent / "marks" / "ada" / "report.html").read_text(encoding="utf-8")
    assert f"<dd>{isolation.best()}</dd>" in page
    assert not (inbox.parent / "was here").exists()


@needs_landlock
def test_a_level_that_is_not_offered_is_refused(inbox, tmp_path):
    """With what is missing and what to do; nothing is run and nothing written."""
    (tmp_path / "empty").mkdir()
    done = grade(inbox, "--min-isolation", NAMESPACES, env={**os.environ, "PATH": str(tmp_path / "empty")})
    assert done.returncode == 3
    assert done.stderr.startswith("ERROR  Nothing was run: isolation level 'namespaces' is asked for")
    assert "package bubblewrap" in done.stderr
    assert "--unsafe" not in done.stderr
    assert_nothing_was_run(inbox)


def test_no_isolation_at_all_is_refused(inbox, no_filter):
    """Three ways out are named, --unsafe among them."""
    done = grade(inbox, env=no_filter)
    assert done.returncode == 3
    for part in ("this machine offers 'process'", "libseccomp", "container", "say --unsafe"):
        assert part in done.stderr
    assert_nothing_was_run(inbox)


@pytest.mark.skipif(os.geteuid() != 0, reason="for root alone")
def test_root_runs_nothing_without_a_sandbox(inbox, no_filter):
    """Not even if told to."""
    done = grade(inbox, "--unsafe", env=no_filter)
    assert done.returncode == 3
    assert "as root, without a sandbox" in done.stderr
    assert_nothing_was_run(inbox)


@needs_bubblewrap
def test_unsafe_is_said_first_and_stands_in_every_row(inbox, no_filter):
    """An ordinary user may, in so many words: a warning comes first, and the marks carry it."""
    user = (shutil.which("bwrap"), "--bind", "/", "/", "--dev-bind", "/dev", "/dev", "--unshare-user", "--uid", "1000")
    done = grade(inbox, "--unsafe", env=no_filter, before=user if os.geteuid() == 0 else ())
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("WARNING  This code runs without a sandbox")
    assert "Isolation: none: graded without a sandbox" in done.stdout
    assert level_of(inbox) == "none: graded without a sandbox"
    assert (inbox.parent / "was here").exists()
    assert PROCESS in (inbox.parent / "marks" / "ada" / "report.json").read_text(encoding="utf-8")


@needs_landlock
def test_unsafe_does_not_lower_what_can_be_had(inbox):
    """Where there is isolation it is used, whatever was permitted."""
    done = grade(inbox, "--unsafe")
    assert done.returncode == 0, done.stderr
    assert level_of(inbox) == isolation.best()
