"""The text that a language model learns from: which is in use, the lectures' own from a copy, what is refused."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from grader.cli.data import data
from grader.course import load, names, texts
from grader.errors import Fault, UsageError


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """Where the lectures' text is kept meanwhile; nothing is there."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv(names.OURS_ALONE, raising=False)
    texts.in_use.cache_clear()
    yield texts.lectures_text().path
    texts.in_use.cache_clear()


def told(*words):
    """What `grader data --text` prints, and its exit code."""
    done = CliRunner().invoke(data, ["--text", *map(str, words)])
    return done.exit_code, done.output.splitlines()


def put(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="ascii")


def test_ours_is_in_use_until_the_lectures_is_there(cache):
    """And how to get theirs is said."""
    code, lines = told("--show")
    assert (code, texts.in_use()) == (0, texts.OURS)
    assert lines[:3] == [f"in use  {texts.OURS.title}", f"file    {texts.OURS.path}", "size    65,441 characters"]
    assert lines[-1].endswith("grader data --text --from FILE")


def test_a_lecture_says_which_of_the_two_it_needs(cache):
    """The text, the list of names, or neither: a report names what was measured with."""
    needed = [names.needed_by(lecture.id) for lecture in load().lectures if lecture.number in (1, 2, 7)]
    assert needed[0] is None
    assert [listed.unit for listed in needed[1:]] == ["names", "characters"]


def test_the_lectures_text_from_a_copy_and_back_again(cache, tmp_path, lecture_text):
    """Installed, in use, not fetched again, not while a student kit is recorded, removed."""
    put(tmp_path / "input.txt", lecture_text)
    assert told("--from", tmp_path / "input.txt")[1][:2] == [
        "Installed the lectures' text.", f"in use  {texts.LECTURES.title}",
    ]  # fmt: skip
    assert told()[1][0] == "The lectures' text is there already."
    assert texts.in_use() == replace(texts.LECTURES, path=cache)
    with pytest.MonkeyPatch.context() as recording:
        recording.setenv(names.OURS_ALONE, "1")
        texts.in_use.cache_clear()
        assert texts.in_use() == texts.OURS
    assert told("--remove")[1][0] == "Removed the lectures' text."
    assert not cache.exists()


@pytest.mark.parametrize("content", [None, "First Citizen:\n"], ids=["no such file", "another text"])
def test_what_is_not_the_text_is_refused(cache, tmp_path, content):
    """The sentence names the file and the option, and the text in use stays what it was."""
    if content:
        put(tmp_path / "mine.txt", content)
    with pytest.raises(UsageError, match=r"mine\.txt .*: grader data --text --from FILE$"):
        texts.install(tmp_path / "mine.txt")
    assert not cache.exists()


def test_a_damaged_text_is_a_fault_with_two_ways_out(cache):
    """It is not used, and ours is not used in its place without a word."""
    put(cache, "First Citizen:\n")
    ways = "Fetch it again: grader data --text. Or go on with the project's text: grader data --text --remove"
    with pytest.raises(Fault, match=f"The text {cache} has the SHA-256 .*{ways}"):
        texts.in_use()
