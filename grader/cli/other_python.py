"""The same command in another interpreter: code that a newer Python takes is graded with one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from typing import NoReturn

from grader import __version__
from grader.errors import UsageError

PATIENCE = 60  # seconds until an interpreter has said which kit it has
ASK = "import grader; print(grader.__version__)"


def take_over(python: str, arguments: Sequence[str]) -> None:
    """Become `grader` with these arguments in that interpreter; return if we are it. Raises UsageError."""
    file = shutil.which(python)
    if file is None:
        raise UsageError(f"{python} is no program that can be run. Name an interpreter: --python /usr/bin/python3.13")
    if os.path.abspath(file) == os.path.abspath(sys.executable):
        return
    version = _kit_of(file)
    if version != __version__:
        told = f"has grader {version}, and this is {__version__}" if version else "has no grader"
        raise UsageError(f"{python} {told}. Install this kit there: {python} -m pip install -e {_project()}")
    _become(file, _without_python(arguments))


def _kit_of(file: str) -> str:
    """The version of the kit that an interpreter has; empty if it has none."""
    try:
        said = subprocess.run([file, "-P", "-c", ASK], capture_output=True, text=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return said.stdout.strip() if said.returncode == 0 else ""


def _project() -> str:
    from grader.course import PROJECT

    return str(PROJECT)


def _without_python(arguments: Sequence[str]) -> list[str]:
    """The arguments, but for --python and what follows it."""
    kept, skipped = list[str](), False
    for argument in arguments:
        if skipped:
            skipped = False
        elif argument == "--python":
            skipped = True
        elif not argument.startswith("--python="):
            kept.append(argument)
    return kept


def _become(file: str, arguments: Sequence[str]) -> NoReturn:
    os.execv(file, [file, "-P", "-m", "grader", *arguments])
