"""What students are told: every sentence stands in a golden report, and every known mistake's message was read."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import golden
import mistake_messages
import pytest

from grader.course import PROJECT, load
from grader.judging.mistakes.known import known_mistakes

GRADER = PROJECT / "grader"
# the files whose sentences a student may read
SPEAKING = [
    *sorted((GRADER / "inside").rglob("*.py")),
    *(GRADER / "sandbox" / name for name in ("observation.py", "replies.py", "sandboxed.py")),
    GRADER / "submission" / "weights.py",
    *(GRADER / "judging" / name for name in ("examiner.py", "first_wrong_step.py", "messages.py", "subjects.py")),
    *sorted((GRADER / "judging" / "comparison").rglob("*.py")),
]  # fmt: skip
ANY = "\0"  # stands for what is filled in
MOST_LINES = 10  # of eighty letters
LECTURES = pytest.mark.parametrize("lecture", load().lectures, ids=lambda lecture: lecture.id)


def sentences(file: Path) -> Iterator[str]:
    """The sentences in a file, with ANY for what is filled in: in a probe what is refused, elsewhere every text."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    speaking = _refusals(tree) if "inside" in file.parts and file.name != "plain.py" else [tree]
    nodes = [part for node in speaking for part in ast.walk(node)]
    silent = {id(part) for node in nodes for part in _not_told(node)}
    for node in nodes:
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in silent:
            text = _text(node)
            if len(re.findall(r"[A-Za-z]{2,}", text)) > 1 and " " in text.strip():
                yield text.lower()


def _refusals(tree: ast.AST) -> list[ast.expr]:
    """What is said to NotAsStated."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call.args[0] for call in calls if ast.unparse(call.func) == "NotAsStated" and call.args]


def _not_told(node: ast.AST) -> Iterator[ast.AST]:
    """Docstrings; the parts of a text that stands as a whole; the reason of a tolerance; patterns."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield from (part for part in node.values if isinstance(part, ast.Constant))
    elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("Tolerance", "AtMost", "re.compile"):
        yield from ast.walk(node)


def _text(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(part.value if isinstance(part, ast.Constant) else ANY for part in node.values)


def was_told(sentence: str) -> bool:
    """Whether it stands in a golden text, with something filled in."""
    parts = sentence.split(ANY)
    return any(_in_order(parts, text) for text in told())


def _in_order(parts: list[str], text: str) -> bool:
    at = 0
    for part in parts:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


@cache
def told() -> frozenset[str]:
    """All texts of all golden reports, and what is printed of every known mistake."""
    reports = [text for s in golden.situations() for text in _texts(s.expected)]
    messages = [text for file in mistake_messages.FOLDER.glob("*.json") for text in _printed(file)]
    return frozenset(text.lower() for text in [*reports, *messages])


def _texts(value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


def _printed(file: Path) -> Iterator[str]:
    """Each message as one line, as if the terminal were wide enough."""
    for ways in json.loads(file.read_text(encoding="utf-8")).values():
        yield from (" ".join(line.strip() for line in lines) for lines in ways)


@pytest.mark.parametrize("file", SPEAKING, ids=lambda file: str(file.relative_to(GRADER)))
def test_every_sentence_is_in_a_golden_report(file):
    """Or it is listed, with the reason, in tests/messages/untold.toml."""
    untold = {sentence.replace(ANY, "{}") for sentence in sentences(file) if not was_told(sentence)}
    assert untold <= listed()


def test_the_list_of_the_untold_is_true():
    """What a golden report tells by now, and what no file says any more, is taken off the list."""
    said = {sentence for file in SPEAKING for sentence in sentences(file)}
    untold = {sentence.replace(ANY, "{}") for sentence in said if not was_told(sentence)}
    assert listed() - untold == set()


def test_a_sentence_that_nobody_has_read_would_be_found(tmp_path):
    """The walk sees what is filled in, and leaves docstrings out."""
    file = tmp_path / "speaking.py"
    file.write_text('def f(x):\n    """A docstring here."""\n    return f"your {x} is quite new"\n', encoding="utf-8")
    (sentence,) = sentences(file)
    assert sentence == f"your {ANY} is quite new"
    assert not was_told(sentence)
    assert was_told(f"{ANY}; it should be a list")


@cache
def listed() -> frozenset[str]:
    entries = tomllib.loads((mistake_messages.FOLDER / "untold.toml").read_text(encoding="utf-8"))["untold"]
    assert all(entry["reason"] for entry in entries)
    return frozenset(sentence for entry in entries for sentence in entry["sentences"])


@pytest.mark.course
@LECTURES
def test_every_known_mistake_is_told_as_it_was_read(lecture, judge_of):
    """For each way to make it, the first check that names it."""
    expected = json.loads(mistake_messages.file_of(lecture).read_text(encoding="utf-8"))
    assert mistake_messages.mistake_messages(judge_of(lecture, golden.SEED, golden.LIMITS)) == expected


@LECTURES
def test_a_message_says_what_it_has_to_say(lecture):
    """The name of the mistake, a question and the next command; no blame, and never more than a screen."""
    found = json.loads(mistake_messages.file_of(lecture).read_text(encoding="utf-8"))
    assert list(found) == [mistake.id for mistake in known_mistakes(lecture.id)]
    for id, ways in found.items():
        assert ways
        for lines in ways:
            text = " ".join(line.strip() for line in lines)
            assert f"[{id}]" in text
            assert "Ask yourself: " in text
            assert lines[-1].strip().startswith("Hint: grader hint ")
            assert not re.search(r"\b(stupid|obviously|of course|forgot|careless|failed to)\b", text), text
            assert len(lines) <= MOST_LINES, text
