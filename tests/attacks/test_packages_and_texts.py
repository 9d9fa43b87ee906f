"""Bad packages and hostile texts through the whole path: an inbox in, a gradebook and reports for every reader out."""

import csv
import html.parser
import io
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from attacks.attacks_kit import FILE, LECTURE, SOLVED
from attacks.corpus.packages import REFUSED, SPECIAL, TAKEN
from attacks.corpus.texts import TEXTS

from grader.course import PROJECT, reference_sources

# control characters but for the line end, format characters that reorder text, and what is no character at all
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
TAGS_OF_OURS = {"script", "img", "iframe", "object", "embed", "link", "form"}


@dataclass(frozen=True)
class Class:
    """What the command said, and the folder that it wrote."""

    out: Path
    said: str
    status: int

    @property
    def rows(self) -> dict[str, dict[str, str]]:
        text = (self.out / "gradebook.csv").read_text(encoding="utf-8")
        return {row["student"].lstrip("'"): row for row in csv.DictReader(io.StringIO(text))}


def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "grader", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "NO_COLOR": "1", "TMPDIR": str(cwd)}
    return subprocess.run(command, capture_output=True, cwd=cwd, env=environment, timeout=300, check=False)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Class:
    """One run over good and bad entries side by side."""
    home = tmp_path_factory.mktemp("class")
    inbox = home / "inbox"
    inbox.mkdir()
    for name, data in {**REFUSED, **TAKEN}.items():
        (inbox / name).write_bytes(data)
    for make in SPECIAL:
        make(inbox)
    for name, text in TEXTS.items():
        (inbox / f"text-{name}").mkdir()
        (inbox / f"text-{name}" / FILE).write_bytes(text.encode("utf-8", "surrogatepass"))
    for name in ("aaa-first", "zzz-last"):
        (inbox / name).mkdir()
        for file, text in reference_sources(LECTURE).items():
            (inbox / name / file).write_text(text, encoding="utf-8")
    done = run("grade", inbox, "--out", home / "out", "--seed", "7", cwd=home)
    left = sorted(path.name for path in home.iterdir())
    assert left == ["inbox", "out"], left
    return Class(home / "out", (done.stdout + done.stderr).decode("utf-8"), done.returncode)


def test_bad_packages_are_refused_and_stop_nobody(graded: Class) -> None:
    """Each has a row with a reason; who stands before and after them gets full marks."""
    rows = graded.rows
    refused = [name.removesuffix(".zip") for name in REFUSED] + ["points-away", "loop", "linked-file", "pipe"]
    assert {name: rows[name]["status"] for name in refused} == dict.fromkeys(refused, "rejected")
    assert all(rows[name]["reason"] and not rows[name]["score"] for name in refused)
    assert [rows[name]["score"] for name in ("aaa-first", "zzz-last")] == ["100", "100"]
    assert not Path("/tmp/climbed").exists()
    assert "Traceback" not in graded.said


def test_what_is_packed_around_the_files_changes_no_mark(graded: Class) -> None:
    """Claims of marks, files of pytest and modules that would shadow ours are not looked at."""
    scores = {name: row["score"] for name, row in graded.rows.items() if row["status"] == "graded"}
    others = [name for name in scores if not name.startswith(("text-", "aaa", "zzz"))]
    assert len(others) == len(TAKEN)
    assert {scores[name] for name in others} == {str(SOLVED)}


def test_no_text_earns_marks_or_is_our_fault(graded: Class) -> None:
    """Whatever the text, the exercise is not solved, and the grader has not failed."""
    rows = {name: row for name, row in graded.rows.items() if name.startswith("text-")}
    assert len(rows) == len(TEXTS)
    assert {(row["status"], row["score"]) for row in rows.values()} == {("graded", "0")}


def test_the_gradebook_holds_no_formula_and_no_control_character(graded: Class) -> None:
    """A spreadsheet computes nothing, and every line has as many cells as the first."""
    text = (graded.out / "gradebook.csv").read_bytes().decode("utf-8")
    table = list(csv.reader(io.StringIO(text)))
    assert {len(row) for row in table} == {len(table[0])}
    assert [cell for row in table for cell in row if cell[:1] in ("=", "+", "-", "@")] == []
    assert UNSAFE.findall(text) == []


def test_what_the_command_says_is_plain_text(graded: Class) -> None:
    """No name of an entry reaches the terminal with its escapes, and none forges a line of ours."""
    assert UNSAFE.findall(graded.said) == []
    assert "break,100,100" not in graded.said.splitlines()


@pytest.mark.parametrize("name", TEXTS)
def test_reports_are_safe_to_read(graded: Class, name: str) -> None:
    """report.json is ASCII, and its texts hold no control character; report.html runs nothing and reorders nothing."""
    folder = graded.out / f"text-{name}"
    raw = (folder / "report.json").read_bytes().decode("ascii")
    texts = [text for finding in json.loads(raw)["findings"] for text in _texts(finding)]
    assert [text for text in texts if UNSAFE.search(text)] == []
    assert max(map(len, texts)) < 5000
    page = (folder / "report.html").read_bytes().decode("utf-8")
    assert UNSAFE.findall(page) == []
    tags = _Tags()
    tags.feed(page)
    assert TAGS_OF_OURS & tags.seen == set()
    assert [attribute for attribute in tags.attributes if attribute.startswith("on")] == []


@pytest.mark.parametrize("name", ["text-of-an-exception", "printed-raw", "returned", "syntax", "function-of-odd-name"])
def test_the_terminal_shows_texts_and_obeys_none(course_folder: Path, name: str) -> None:
    """`grader check -v` shows what was raised and printed, with every escape made visible."""
    (course_folder / LECTURE.id / FILE).write_bytes(TEXTS[name].encode("utf-8", "surrogatepass"))
    done = run("check", "slope", "-v", cwd=course_folder)
    said = (done.stdout + done.stderr).decode("utf-8")
    assert done.returncode == 1, said
    assert UNSAFE.findall(said) == []
    assert [line for line in said.splitlines() if line.startswith(("INFO", "# heading", "=", "PASSED"))] == []


class _Tags(html.parser.HTMLParser):
    """Which elements and attributes a page has."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes.update(name for name, _ in attrs)


def _texts(node: object) -> list[str]:
    if isinstance(node, dict):
        return [text for value in node.values() for text in _texts(value)]
    return [node] if isinstance(node, str) else []
