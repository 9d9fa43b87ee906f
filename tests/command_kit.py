"""What the tests of the commands share: a `grader` command, in this process or in one of its own."""

import os
import subprocess
import sys
from contextlib import chdir
from pathlib import Path

from click.testing import CliRunner

from grader.cli import cli


def run(*words: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A `grader` command in this process, without a terminal. What it does not catch itself is raised here."""
    args = list(map(str, words))
    with chdir(cwd):
        done = CliRunner(env={"COLUMNS": "80", **environment}).invoke(
            cli, args, prog_name="grader", catch_exceptions=False
        )
    return subprocess.CompletedProcess(args, done.exit_code, done.stdout, done.stderr)


def run_apart(*words: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A `grader` process of its own, for what an interpreter, its streams and its exit do."""
    command = [sys.executable, "-m", "grader", *map(str, words)]
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "COV"))}
    return subprocess.run(
        command, cwd=cwd, env={**plain, **environment}, capture_output=True, text=True, timeout=120, check=False
    )
