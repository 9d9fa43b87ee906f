"""Nothing of the answers is in a student kit: looked for in every file of the whole course's, archives opened."""

import ast
import re
import zipfile
from pathlib import Path

import pytest

from grader.course import Lecture, load, reference_sources
from grader.course.stubs import BEGIN, END, stub_of, stubs_of
from grader.judging import suite
from grader.judging.mistakes.known import known_mistakes
from grader.judging.suite import HIDDEN, PUBLIC
from grader.release import tree

SHORT = 20  # letters and signs: `return out` says nothing
STATEMENTS = Path("grader") / "kit" / "exercises"  # public, and a later lecture may give what an earlier one asked for
PROBES = Path("grader") / "inside" / "probes"


@pytest.fixture(scope="module")
def kit(tmp_path_factory) -> Path:
    """The kit of all lectures, but for what is recorded."""
    folder = tmp_path_factory.mktemp("leaks") / "kit"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tree, "_record", lambda *given: {})
        patch.setenv("GRADER_OURS_ALONE", "1")
        tree.release(folder, load().lectures, lambda part: True, lambda text: None)
    return folder


@pytest.fixture(scope="module")
def texts(kit) -> dict[Path, str]:
    """All its files, without blanks."""
    return texts_in(kit)


def texts_in(folder: Path) -> dict[Path, str]:
    """Every file below a folder, members of archives as files, compiled ones as they are; without blanks."""
    found: dict[Path, bytes] = {}
    for file in folder.rglob("*"):
        name = file.relative_to(folder)
        if file.suffix == ".zip":
            with zipfile.ZipFile(file) as opened:
                found |= {name / member: opened.read(member) for member in opened.namelist()}
        elif file.is_file():
            found[name] = file.read_bytes()
    return {name: squeezed(data.decode("latin-1").replace("\\n", "\n")) for name, data in found.items()}


def squeezed(text: str) -> str:
    return re.sub(r"\s+|\\", "", text)


def regions(lecture: Lecture) -> list[str]:
    """The text of each solution, without comments."""
    found, inside = [], None
    for line in "\n".join(reference_sources(lecture).values()).splitlines():
        if END.match(line):
            found.append(squeezed("\n".join(inside)))
        inside = [] if BEGIN.match(line) else None if END.match(line) else inside
        if inside is not None and not BEGIN.match(line) and not line.strip().startswith("#"):
            inside.append(line)
    return [text for text in found if len(text) >= SHORT]


def edits(lecture: Lecture) -> set[str]:
    """The lines that mistakes put into our solution, and that no student reads anywhere."""
    known = squeezed("\n".join([*stubs_of(lecture).values(), *map(stub_of, reference_sources(lecture).values())]))
    lines = {
        squeezed(line)
        for mistake in known_mistakes(lecture.id)
        for way in mistake.variants
        for edit in way
        for line in edit.new.splitlines()
    }
    return {line for line in lines if len(line) >= SHORT + 5 and line not in known}


def hidden_words(lecture: Lecture) -> set[str]:
    """The names and sentences that hidden checks alone have."""
    words = {
        one: {f"test_{t.name}" for t in suite.tests_of(lecture) if t.visibility == one} for one in (PUBLIC, HIDDEN)
    }
    said = {one: {t.sentence for t in suite.tests_of(lecture) if t.visibility == one} for one in (PUBLIC, HIDDEN)}
    plain = {word for word in words[HIDDEN] - words[PUBLIC] if "[" not in word}
    return set(map(squeezed, plain | (said[HIDDEN] - said[PUBLIC])))


def holding(texts: dict[Path, str], wanted, *beside: Path) -> list[tuple[str, str]]:
    """Which files hold one of these, but for those in the folders beside."""
    return [
        (one, str(name))
        for name, text in texts.items()
        if not any(name.is_relative_to(folder) for folder in beside)
        for one in wanted
        if one in text
    ]


@pytest.mark.parametrize("lecture", load().lectures, ids=lambda lecture: lecture.id)
def test_no_solution_and_no_hidden_check_is_in_the_kit(texts, lecture):
    """Neither the text of a solution, nor the words of a hidden check, nor a line that a mistake puts in."""
    assert min(len(regions(lecture)), len(edits(lecture)), len(hidden_words(lecture))) > 5
    assert holding(texts, regions(lecture), STATEMENTS) == []
    assert holding(texts, hidden_words(lecture)) == []
    assert holding(texts, edits(lecture), STATEMENTS, PROBES) == []


def test_the_search_finds_what_is_there(tmp_path):
    """In a file, and in an archive."""
    lecture = load().lectures[0]
    text = reference_sources(lecture)[lecture.modules[0]]
    (tmp_path / "a.py").write_text(text)
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("inside", text)
    found = {name for _, name in holding(texts_in(tmp_path), regions(lecture))}
    assert found == {"a.py", "b.zip/inside"}


def test_the_kit_holds_these_folders_and_no_other(texts):
    """Of the rooms those that a student needs; of a lecture what is public."""
    tops = {name.parts[0] for name in texts}
    assert tops == {"grader", "pyproject.toml", "README.md", "LICENSE"}
    assert {name.parts[1] for name in texts if len(name.parts) > 2} == {*tree.ROOMS, "kit", "lectures"}
    judging = {name.parts[3] for name in texts if name.parts[:2] == ("grader", "lectures") and len(name.parts) > 3}
    assert judging <= set(tree.JUDGES)


def test_whatever_a_lecture_imports_is_in_the_kit(kit):
    """Public checks and pictures import nothing that stays with the answers."""
    found = {
        node.module
        for file in (kit / "grader" / "lectures").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module
        if node.module.startswith("grader.")
    }
    places = {name: kit / name.replace(".", "/") for name in found}
    assert len(places) > 10
    assert [
        name for name, place in places.items() if not place.with_suffix(".py").exists() and not place.is_dir()
    ] == []
