"""The student kit of every lecture of the course: what it says of every submission that we have, and what it weighs."""

import json
import os
import shutil
from importlib import import_module
from pathlib import Path

import pytest
from release_kit import record_by, shown_by
from test_release import command
from test_release_leaks import edits, hidden_words, holding, regions, texts_in

from grader.course import PROJECT, Lecture, load, reference_sources
from grader.judging.mistakes.edited import Edited
from grader.judging.mistakes.known import edited_sources, known_mistakes
from grader.judging.recorded.solution import NOT_YET
from grader.release.recording import MOST_PAIRS, pairs_in

SUBMISSIONS = PROJECT / "tests" / "submissions"
LARGEST = 2_000_000  # bytes of what is recorded of a lecture
RECORDED = Path("grader") / "kit" / "recorded"
WHOLE = "GRADER_TESTS_WHOLE_KIT" in os.environ  # all made mistakes are recorded, and not just those that are looked at

Files = dict[str, bytes]

pytestmark = pytest.mark.kit


def golden(lecture: Lecture) -> dict[str, Files]:
    """The golden submissions, but for weights alone: a student kit measures these with the student's own code."""
    found = {}
    for about in sorted((SUBMISSIONS / lecture.id).glob("*/about.toml")):
        files = [file for file in about.parent.iterdir() if file.suffix in (".py", ".safetensors")]
        if any(file.suffix == ".py" for file in files):
            found[about.parent.name] = {file.name: file.read_bytes() for file in files}
    return found


def mistaken(lecture: Lecture) -> dict[str, Files]:
    """Our solution with each known mistake, each way to make it; those left out that vary from run to run."""
    found = {}
    for mistake in known_mistakes(lecture.id):
        for number, way in enumerate(() if mistake.varies else mistake.variants):
            sources = {**reference_sources(lecture), **edited_sources(way, lecture, mistake.id)}
            found[f"{mistake.id} {number}"] = {name: text.encode() for name, text in sources.items()}
    return found


def handed_in(lecture: Lecture, inbox: Path) -> Path:
    """A folder of course folders."""
    for name, files in {**golden(lecture), **mistaken(lecture)}.items():
        put(inbox / name, lecture, files)
    return inbox


def put(root: Path, lecture: Lecture, files: Files) -> None:
    """Write a course folder with these files of a lecture."""
    (root / lecture.id).mkdir(parents=True)
    shutil.copy(load().folders.exercises / "course.toml", root)
    for file, data in files.items():
        (root / lecture.id / file).write_bytes(data)


@pytest.fixture(scope="module", params=load().lectures, ids=lambda lecture: lecture.id)
def lecture(request) -> Lecture:
    return request.param


@pytest.fixture(scope="module")
def both(lecture, tmp_path_factory):
    """The kit of a lecture, what it says of all, and what ours says."""
    folder = tmp_path_factory.mktemp("kit")
    inbox, kit = handed_in(lecture, folder / "inbox"), folder / "kit"
    ours, looked_at = shown_by(PROJECT, lecture.id, inbox)
    for left in inbox.glob("*/.grader"):
        shutil.rmtree(left)
    record_by(PROJECT, lecture.id, kit, None if WHOLE else looked_at)
    theirs, _ = shown_by(kit, lecture.id, inbox)
    return kit, theirs, ours


def test_the_kit_of_a_lecture_says_what_ours_says(lecture, both):
    """Word for word of every golden submission, and of our solution with every known mistake."""
    _, theirs, ours = both
    assert {name for name in ours if ours[name] != theirs[name]} == {
        name for name, texts in ours.items() if is_given_up(lecture, texts[3], theirs[name][3])
    }
    assert len(ours) == len(golden(lecture)) + len(mistaken(lecture))


def is_given_up(lecture: Lecture, ours: str, theirs: str) -> bool:
    """Whether two known mistakes are named in an exercise that can go wrong in very many pairs of ways.

    Or whether weights came with code that cannot measure them yet: where the solutions are, ours does.
    """
    twice = {finding["exercise"] for finding in json.loads(ours) if len(finding["misconceptions"]) == 2}
    too_many = any(len(pairs_in(Edited(lecture), exercise)) > MOST_PAIRS for exercise in twice)
    return too_many or any(NOT_YET in finding["message"] for finding in json.loads(theirs))


@pytest.mark.parametrize("name", ["right", "wrong"])
def test_pictures_and_packages_are_the_same(lecture, both, tmp_path, name):
    """What `draw`, `pack` and `list` print and write, of our solution, and with a known mistake in it."""
    kit, *_ = both
    right = {name: text.encode() for name, text in reference_sources(lecture).items()}
    put(tmp_path / "home", lecture, right if name == "right" else next(iter(mistaken(lecture).values())))
    theirs, ours = (written(one, lecture, tmp_path) for one in (kit, PROJECT))
    assert [words for words in ours if ours[words] != theirs[words]] == []
    assert len(ours["files"]) > 1


def written(kit: Path, lecture: Lecture, place: Path) -> dict[str, object]:
    """By the command what it printed, and all files that it wrote."""
    home, to = place / "home", place / "to"
    for old in (home / ".grader", to):
        shutil.rmtree(old, ignore_errors=True)
    to.mkdir()
    draws_expressions = hasattr(pictures(lecture), "EXPRESSIONS")
    commands = [
        f"hint {lecture.exercises[0].id}", f"draw {lecture.id} --to {to}/pictures",
        f"pack {lecture.id} --student ada -o {to}/ada.zip", *([f"draw -o {to}/one.svg"] if draws_expressions else []),
    ]  # fmt: skip
    done = {words: command(kit, "-C", str(home), *words.split(), GRADER_OURS_ALONE="1") for words in commands}
    shown = {words: (one.returncode, one.stdout, one.stderr) for words, one in done.items()}
    return {**shown, "files": {str(name): text for name, text in texts_in(to).items()}}


def pictures(lecture: Lecture) -> object:
    return import_module(f"grader.lectures.{lecture.id}.pictures")


def test_what_is_recorded_is_small_and_holds_no_answer(lecture, both):
    """Less than two megabytes, without a line of a solution, a mistake or a hidden check."""
    kit, *_ = both
    assert (kit / RECORDED / f"{lecture.id}.zip").stat().st_size < LARGEST
    texts = texts_in(kit / RECORDED)
    assert holding(texts, [*regions(lecture), *edits(lecture), *hidden_words(lecture)]) == []
