"""The Tab key: what bash, zsh and fish offer, and how it is turned on."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from command_kit import run, run_apart

from grader.course import load

LECTURES = [lecture.id for lecture in load().lectures]
TYPED = {
    "check value-e": ["value-exp"],
    "check lecture": LECTURES,
    "hint value-r": ["value-reflected", "value-relu", "value-repr"],
    "hint lecture": [],
    "pack ": LECTURES,
    "draw lecture2": ["lecture2_bigram"],
    "ch": ["check"],
    "check --re": ["--replay"],
    "--course nowhere check value-e": ["value-exp"],
    "no-such-command value-e": [],
}


def offered(tmp_path, typed, shell="bash"):
    """What the shell's script is told, in the form of that shell."""
    words = {"COMP_WORDS": f"grader {typed}", "COMP_CWORD": typed.split(" ")[-1]}
    if shell != "fish":
        words["COMP_CWORD"] = str(len(typed.split(" ")))
    done = run(cwd=tmp_path, _GRADER_COMPLETE=f"{shell}_complete", **words)
    assert (done.returncode, done.stderr) == (0, "")
    return [line for line in done.stdout.splitlines() if line]


@pytest.mark.parametrize(("typed", "expected"), TYPED.items(), ids=TYPED)
def test_what_bash_offers(tmp_path, typed, expected):
    """Exercises where one is asked for, lectures, commands and options; anywhere, and nothing for what is unknown."""
    assert [line.removeprefix("plain,") for line in offered(tmp_path, typed)] == expected


def test_zsh_and_fish_show_the_titles(tmp_path):
    """Beside the exercise stands what it is about."""
    title = load().exercise("value-exp").title
    assert offered(tmp_path, "check value-e", "zsh") == ["plain", "value-exp", title]
    assert title in " ".join(offered(tmp_path, "check value-e", "fish"))


def test_a_course_that_is_not_there_offers_nothing(tmp_path):
    """A shell has no place for errors."""
    words = {"COMP_WORDS": "grader check v", "COMP_CWORD": "2"}
    done = run_apart(cwd=tmp_path, _GRADER_COMPLETE="bash_complete", GRADER_COURSE=str(tmp_path), **words)
    assert (done.returncode, done.stdout, done.stderr) == (0, "\n", "")


def line_of(tmp_path, shell):
    said = run("doctor", cwd=tmp_path, SHELL=f"/usr/bin/{shell}").stdout.splitlines()
    (place,) = [number for number, line in enumerate(said) if line.startswith("ok    completion")]
    assert f"for {shell}, turned on by this line in ~/" in said[place]
    return said[place + 1].removeprefix("ok").strip()


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash here")
def test_the_line_for_bash_works_in_bash(tmp_path, monkeypatch):
    """As the doctor says it, in a shell in which `grader` is found."""
    (tmp_path / "grader").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m grader "$@"\n', encoding="utf-8")
    (tmp_path / "grader").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    pressed = "COMP_WORDS=(grader check value-e); COMP_CWORD=2; _grader_completion grader; echo ${COMPREPLY[@]}"
    script = f"{line_of(tmp_path, 'bash')}\ncomplete -p grader\n{pressed}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path)
    first, second = done.stdout.splitlines()
    assert re.search(r"_grader_completion\b.* grader$", first)
    assert second == "value-exp"
