"""What resembles a known mistake and is not it stays unnamed: the near misses in `near_misses/`, by lecture and id."""

import sys
from contextlib import ExitStack
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from grader.check import examiner
from grader.course import load, reference_sources
from grader.misconceptions import edited_sources, known_mistakes
from grader.submission import Submission

FOLDER = Path(__file__).parent / "near_misses"
sys.path.insert(0, str(FOLDER.parent))
LECTURES = [load().lecture(file.stem) for file in sorted(FOLDER.glob("*.py"))]
NEAR_MISSES = [
    pytest.param(lecture, id, edits, id=f"{lecture.number}-{id}-{number}")
    for lecture in LECTURES
    for id, misses in import_module(f"near_misses.{lecture.id}").NEAR_MISSES.items()
    for number, edits in enumerate(misses)
]


@pytest.fixture(scope="module")
def judge_of():
    """An examiner for each lecture, made when it is first asked for."""
    with ExitStack() as stack:
        yield cache(lambda lecture: stack.enter_context(examiner(load().lecture(lecture), 1)))


@pytest.mark.parametrize("hidden", [False, True], ids=["public", "all"])
@pytest.mark.parametrize(("lecture", "id", "edits"), NEAR_MISSES)
def test_a_near_miss_costs_points_and_stays_unnamed(judge_of, lecture, id, edits, hidden):
    """By the public checks and by all of them."""
    assert id in {mistake.id for mistake in known_mistakes(lecture.id)}
    sources = {**reference_sources(lecture), **edited_sources(edits, lecture, id)}
    submission = Submission(id, lecture, {name: text.encode() for name, text in sources.items()})
    report = judge_of(lecture.id).examine(submission, hidden=hidden)
    assert {finding.status for finding in report.findings} > {"passed"}
    assert report.mistakes == ()
