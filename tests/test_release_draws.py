"""A student kit that was recorded with a torch that draws other numbers: right code passes, however it is written."""

import json
import re

import pytest
from release_kit import program, shown_by
from test_release_course import put

from grader.course import PROJECT, Lecture, load, reference_sources
from grader.course.probe_needs import needs_of

SENTENCE = re.compile(r"draws\s+other\s+numbers\s+here\s+than\s+torch")
TENSORS = [lecture for lecture in load().lectures if "torch" in needs_of(lecture.id).preload]

pytestmark = pytest.mark.kit


def right(lecture: Lecture) -> dict[str, dict[str, str]]:
    """Our solution, and those in other hands."""
    hands = sorted((load().folders.alternatives / lecture.id).iterdir())
    found = {one.name: {file.name: file.read_text(encoding="utf-8") for file in one.glob("*.py")} for one in hands}
    return {"ours": dict(reference_sources(lecture)), **found}


def statuses(lecture: Lecture, findings: str) -> set[str]:
    """Of all that is written as code; weights that are to be handed in are not there."""
    code = {exercise.id for exercise in lecture.exercises if not exercise.is_data}
    return {finding["status"] for finding in json.loads(findings) if finding["exercise"] in code}


@pytest.mark.parametrize("lecture", TENSORS, ids=lambda lecture: lecture.id)
def test_right_code_passes_where_torch_draws_otherwise(lecture, tmp_path):
    """What depends on draws is left to the grading, which is said; everything else is tried, and agrees."""
    kit, inbox = tmp_path / "kit", tmp_path / "inbox"
    program(PROJECT, "redraw", lecture.id, kit)
    for name, files in right(lecture).items():
        put(inbox / name, lecture, {file: text.encode() for file, text in files.items()})
    shown, _ = shown_by(kit, lecture.id, inbox)
    assert {name: statuses(lecture, texts[3]) for name, texts in shown.items()} == {
        name: {"passed"} for name in right(lecture)
    }
    assert all(SENTENCE.search(texts[4]) for texts in shown.values())
