"""Correct is correct: solutions in other hands than ours get all points, in every lecture."""

import tomllib
from collections.abc import Callable

import pytest

from grader.course import Lecture, load
from grader.judging.examiner import Examiner
from grader.judging.findings import PASSED
from grader.proof import audit
from grader.submission import Submission

SEED = 11
LECTURES = load().lectures
EVERY = [  # those of later lectures are proof of the course, as the audit is
    pytest.param(
        lecture,
        submission,
        id=f"{lecture.number}-{submission.student}",
        marks=[] if lecture.number == 1 else pytest.mark.course,
    )
    for lecture in LECTURES
    for submission in audit.alternatives(lecture, load())
]


@pytest.mark.parametrize(("lecture", "submission"), EVERY)
def test_another_way_to_write_it_gets_all_points(
    judge_of: Callable[..., Examiner], lecture: Lecture, submission: Submission
) -> None:
    """By all checks, and with nothing said against it."""
    report = judge_of(lecture, SEED).examine(submission)
    told = {f"{f.exercise}: {f.test}": f.message for f in report.findings if f.status != PASSED}
    assert (told, report.score) == ({}, 100)


@pytest.mark.parametrize("lecture", LECTURES, ids=lambda lecture: lecture.id)
def test_there_are_enough_that_are_really_different(lecture: Lecture) -> None:
    """At least six hands, each of which says what is its own, and no module that stands in two of them."""
    folders = sorted((load().folders.alternatives / lecture.id).iterdir())
    said = [tomllib.loads((folder / "about.toml").read_text(encoding="utf-8"))["sentence"] for folder in folders]
    sources = [text for s in audit.alternatives(lecture, load()) for text in s.sources().values()]
    assert len(set(said)) == len(folders) >= load().fewest_alternatives
    assert len(sources) == len(set(sources)) == len(folders) * len(lecture.modules)
