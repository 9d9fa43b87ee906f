"""Our side does without torch where nothing has to be computed here, and says the same all the same."""

import json
import os
import subprocess
import sys

import pytest

from grader.course import load, reference_sources
from grader.course.probe_needs import needs_of
from grader.course.stubs import write_stubs
from grader.judging import examiner as examiners
from grader.judging.mistakes.edits import exercises_of
from grader.judging.mistakes.known import edited_sources, known_mistakes
from grader.proof.audit import as_submission
from grader.report.as_json import to_dict

WITH_TORCH = [lecture for lecture in load().lectures if "torch" in needs_of(lecture.id).preload]
ASK_ALL = """
import sys
from grader.course import load
from grader.judging.suite import PUBLIC, asked, tests_of
for lecture in load().lectures:
    for test in tests_of(lecture):
        for probe, inputs in asked(test, 1) if test.visibility == PUBLIC else ():
            probe.show(**inputs)
    assert "torch" not in sys.modules, lecture.id
"""
CHECK = """
import sys
from grader.cli import main
try:
    main()
finally:
    assert "torch" not in sys.modules
"""
LATE = """
import sys
from grader.inside.late import F, torch
assert "torch" not in sys.modules
assert torch.zeros(2).sum() == 0
assert torch.get_num_threads() == 1
before = torch.rand
torch.rand = len
import torch as itself
assert itself.rand is len
torch.rand = before
assert F.relu is itself.nn.functional.relu
"""


def run(program: str, *words: str, **more) -> "subprocess.CompletedProcess[str]":
    """A program in a new interpreter."""
    return subprocess.run(
        [sys.executable, "-c", program, *words], env={**os.environ, "GRADER_STANDBY": "0"}, capture_output=True,
        text=True, check=False, **more,
    )  # fmt: skip


def test_what_the_public_checks_ask_is_known_and_shown_without_torch():
    """Of all lectures: what is asked, how closely it is compared, and how it is shown."""
    done = run(ASK_ALL)
    assert done.returncode == 0, done.stderr


def test_torch_comes_when_something_of_it_is_used():
    """With one thread; and who looks into it or puts something into it has the module itself."""
    done = run(LATE)
    assert done.returncode == 0, done.stderr


def mistakes_of(lecture, count=2):
    """A few known mistakes that are made in one exercise alone, with that."""
    found = []
    for mistake in known_mistakes(lecture.id):
        exercises = exercises_of(mistake.variants[0], lecture)
        if len(exercises) == 1 and not any(exercises & {one} for _, _, one in found):
            found.append((mistake, mistake.variants[0], next(iter(exercises))))
    return found[:count]


def test_a_check_that_names_a_mistake_takes_no_torch_on_our_side(tmp_path):
    """Our solution and all wrong copies answer in a worker."""
    write_stubs(tmp_path / "course")
    lecture = WITH_TORCH[0]
    mistake, edits, exercise = mistakes_of(lecture)[0]
    sources = {**reference_sources(lecture), **edited_sources(edits, lecture, mistake.id)}
    for name, text in sources.items():
        (tmp_path / "course" / lecture.id / name).write_text(text, encoding="utf-8")
    done = run(CHECK, "check", exercise, "--json", cwd=tmp_path / "course")
    assert done.returncode == 1, done.stderr
    findings = json.loads(done.stdout)["findings"]
    assert mistake.id in {one["id"] for finding in findings for one in finding["misconceptions"]}


@pytest.mark.parametrize(
    "lecture",
    [WITH_TORCH[0], *(pytest.param(one, marks=pytest.mark.course) for one in WITH_TORCH[1:])],
    ids=lambda lecture: lecture.id,
)
def test_here_and_in_a_worker_our_side_says_the_same(lecture, monkeypatch, warm):
    """Right code and wrong: every word, every number, every status."""
    wrong = [edited_sources(edits, lecture, mistake.id) for mistake, edits, _ in mistakes_of(lecture)]
    submissions = [as_submission("ada", lecture, {**reference_sources(lecture), **one}) for one in ({}, *wrong)]
    reports = []
    for is_slow in (False, True):
        monkeypatch.setattr(examiners, "is_slow_here", lambda lecture, said=is_slow: said)
        judge = examiners.Examiner(lecture, warm(lecture), 1, apart=True)
        reports.append([told(judge.examine(one)) for one in submissions])
        judge.close()
    assert reports[0] == reports[1]


def told(report):
    """A report without its seconds."""
    document = to_dict(report)
    for finding in document["findings"]:
        del finding["seconds"]
    return document
