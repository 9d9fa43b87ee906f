"""The student kit of every lecture of the course: what it says of every submission that we have, and what it weighs."""

import shutil
import tomllib
from pathlib import Path

import pytest
from release_kit import shown_by
from test_release import command
from test_release_leaks import edits, hidden_words, holding, regions, texts_in

from grader.course import PROJECT, Lecture, load, reference_sources
from grader.judging.mistakes.known import edited_sources, known_mistakes

SUBMISSIONS = PROJECT / "tests" / "submissions"
LARGEST = 2_000_000  # bytes of what is recorded of a lecture
RECORDED = Path("grader") / "kit" / "recorded"


def handed_in(lecture: Lecture) -> dict[str, dict[str, bytes]]:
    """The golden submissions whose reports are always the same, and our solution with each known mistake."""
    found = {}
    for about in sorted((SUBMISSIONS / lecture.id).glob("*/about.toml")):
        told = tomllib.loads(about.read_text(encoding="utf-8"))
        files = {
            file.name: file.read_bytes() for file in about.parent.iterdir() if file.suffix in (".py", ".safetensors")
        }
        alone = not any(name.endswith(".py") for name in files)  # measured by the student's own code there
        if not alone and not told.get("varies"):
            found[about.parent.name] = files
    for mistake in known_mistakes(lecture.id):
        for number, way in enumerate(mistake.variants):
            sources = {**reference_sources(lecture), **edited_sources(way, lecture, mistake.id)}
            if not mistake.varies:
                found[f"{mistake.id} {number}"] = {name: text.encode() for name, text in sources.items()}
    return found


@pytest.mark.kit
@pytest.mark.parametrize("lecture", load().lectures, ids=lambda lecture: lecture.id)
def test_the_kit_of_a_lecture_says_what_ours_says(lecture, tmp_path):
    """Word for word of every submission, in less than two megabytes, without a line of the answers."""
    kit, inbox = tmp_path / "kit", tmp_path / "inbox"
    done = command(PROJECT, "release", "--to", str(kit), "--lecture", lecture.id, GRADER_OURS_ALONE="1")
    assert done.returncode == 0, done.stderr
    assert (kit / RECORDED / f"{lecture.id}.zip").stat().st_size < LARGEST
    texts = texts_in(kit / RECORDED)
    assert holding(texts, [*regions(lecture), *edits(lecture), *hidden_words(lecture)]) == []
    for name, files in handed_in(lecture).items():
        folder = inbox / name / lecture.id
        folder.mkdir(parents=True)
        shutil.copy(load().folders.exercises / "course.toml", folder.parent)
        for file, data in files.items():
            (folder / file).write_bytes(data)
    theirs = shown_by(kit, lecture.id, inbox)
    for left in inbox.glob("*/.grader"):
        shutil.rmtree(left)
    ours = shown_by(PROJECT, lecture.id, inbox)
    assert {name for name in ours if ours[name] != theirs[name]} == set()
