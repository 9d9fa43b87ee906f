"""The list of names: which is in use, how the lectures' own comes into the cache, and what reaches the probes."""

import hashlib
import json
import os
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import jsonschema
import pytest
from sandbox_kit import LECTURE, REFERENCE, returned

from grader.course import PROJECT, load, names
from grader.course.probe_needs import needs_of
from grader.desk.overview import check_text
from grader.desk.progress import Progress
from grader.errors import Fault, UsageError, WarmProcessGone
from grader.inside import names as beside_students
from grader.judging.examiner import examiner
from grader.judging.findings import Report
from grader.judging.subjects import Reference
from grader.report import as_html, as_json, terminal
from grader.sandbox import Sandbox
from grader.submission import Submission

THEIRS = b"ann\nbob\ncy"  # stands for the lectures' list, which is not in the project
SCHEMA = json.loads((PROJECT / "grader" / "report" / "report.schema.json").read_text(encoding="utf-8"))
FIRST_NAMES = "from grader.inside.names import names\n\ndef slope(f, x, h):\n    return names(3)\n"


def listed(data: bytes, **changes: object) -> names.NameList:
    return replace(names.LECTURES, sha256=hashlib.sha256(data).hexdigest(), count=data.count(b"\n") + 1, **changes)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache folder that is not there yet, and a small list in place of the lectures'."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(names, "LECTURES", listed(THEIRS))
    monkeypatch.setattr(beside_students, "_LIST", [])
    names.in_use.cache_clear()
    yield tmp_path / "cache" / names.FOLDER
    names.in_use.cache_clear()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A local copy of the list."""
    file = tmp_path / "copy.txt"
    file.write_bytes(THEIRS)
    return file


@pytest.fixture
def needs_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lecture 1, for once, as a lecture that measures with names."""
    needs = replace(needs_of("lecture1_micrograd"), names=True)
    monkeypatch.setattr(names, "needs_of", lambda lecture: needs)


@dataclass
class Server:
    """A web server on this machine, and the answers that it gives one after the other; the last one again and again."""

    url: str = ""
    answers: list[tuple[int, bytes, int]] = field(default_factory=list)  # status, body, the length that is told
    asked: int = 0

    def answer(self, body: bytes, status: int = 200, told: int | None = None) -> None:
        self.answers.append((status, body, len(body) if told is None else told))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    made = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body, told = made.answers[min(made.asked, len(made.answers) - 1)]
            made.asked += 1
            self.send_response(status)
            self.send_header("Content-Length", str(told))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(names, "RETRIES", 0)
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        made.url = f"http://127.0.0.1:{running.server_port}/names.txt"
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield made
        running.shutdown()
        thread.join()


def content(folder: Path) -> list[str]:
    """What lies in a folder, hidden files too."""
    return sorted(os.listdir(folder)) if folder.is_dir() else []


# ---- the project's list


def test_the_projects_list_is_what_the_code_and_its_page_say():
    """Hash, count, one lower-case name a line, no newline at the end, and the same figures in data/README.md."""
    data = names.checked(names.OURS).path.read_bytes()
    words = data.decode("ascii").split("\n")
    page = (PROJECT / "data" / "README.md").read_text(encoding="utf-8")
    assert len(words) == names.OURS.count
    assert all(word.isalpha() and word.islower() for word in words)
    assert (words[0], words[-1]) == ("emma", "zyrie")
    for fact in (names.OURS.sha256, f"{names.OURS.count:,}", f"{len(data):,} bytes"):
        assert fact in page


def test_the_projects_list_is_ordered_as_the_lectures_is():
    """Girls then boys: the tail of each sex, where all counts are the least, runs through the whole alphabet."""
    words = names.OURS.path.read_text(encoding="ascii").split("\n")
    girls = words[: words.index("liam", 10_000)]
    for half in (girls, words[len(girls) :]):
        assert len(set(half)) == len(half)
        assert half[-1_900:] == sorted(half[-1_900:])


def test_nothing_installed_means_the_projects_list(cache):
    """A fresh machine without a network has a list."""
    assert names.in_use() == names.OURS
    assert not cache.exists()


def test_a_damaged_list_of_the_project_is_a_fault(tmp_path, monkeypatch):
    """And the way to get it back is said."""
    torn = tmp_path / "torn.txt"
    torn.write_bytes(names.OURS.path.read_bytes()[:-1])
    monkeypatch.setattr(names, "OURS", replace(names.OURS, path=torn))
    with pytest.raises(Fault, match=r"torn\.txt has the SHA-256 .* git checkout data/names\.txt"):
        names.in_use()


# ---- a local copy


def test_a_local_copy_is_taken_and_used(cache, copy):
    """After that it is the list in use, here and in the next process."""
    installed = names.install(copy)
    assert installed == names.in_use() == names.lectures_list()
    assert installed.path.read_bytes() == THEIRS
    assert content(cache) == ["names.txt"]


@pytest.mark.parametrize("data", [b"", THEIRS + b"\n", THEIRS[:-1], THEIRS.replace(b"\n", b"\r\n"), bytes(3 << 20)])
def test_a_file_that_is_not_the_list_is_refused(cache, copy, data):
    """One sentence with both hashes and the next command; nothing is written."""
    copy.write_bytes(data)
    with pytest.raises(UsageError, match=r"is not the lectures' list: its SHA-256 .* grader data --from FILE"):
        names.install(copy)
    assert not cache.exists()
    assert names.in_use() == names.OURS


def test_a_wrong_file_does_not_replace_a_right_one(copy):
    """What is installed stays."""
    names.install(copy)
    copy.write_bytes(b"something else")
    with pytest.raises(UsageError):
        names.install(copy)
    assert names.in_use().path.read_bytes() == THEIRS


@pytest.mark.parametrize("name", ["nowhere.txt", "."])
def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path, name):
    """No such file, or a folder."""
    with pytest.raises(UsageError, match=r"cannot be read \(.*grader data --from FILE"):
        names.install(tmp_path / name)


# ---- from the network


def test_the_list_is_fetched(cache, server):
    """Over HTTP, checked by hash, and in use."""
    server.answer(THEIRS)
    assert names.install(url=server.url).path.read_bytes() == THEIRS
    assert (content(cache), server.asked) == (["names.txt"], 1)


def test_what_fails_once_is_tried_again(server, monkeypatch):
    """A server in trouble for a moment costs a second, not the list."""
    monkeypatch.setattr(names, "RETRIES", 1)
    server.answer(b"", status=503)
    server.answer(THEIRS)
    assert names.install(url=server.url) == names.lectures_list()
    assert server.asked == 2


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"body": b"<html>Sign in to this network</html>"}, "What came was not the lectures' list"),
        ({"body": b"gone", "status": 404}, r"could not be fetched \(HTTPError\)"),
        ({"body": THEIRS[:-2], "told": len(THEIRS)}, "could not be fetched"),
        ({"body": THEIRS[:-2]}, "What came was not the lectures' list"),
    ],
    ids=["another page", "not found", "cut off", "too short"],
)
def test_what_is_not_the_list_is_thrown_away(cache, server, answer, said):
    """One sentence that names the way without a network; nothing is written, not even in part."""
    server.answer(**answer)
    with pytest.raises(UsageError, match=rf"{said}.*grader data --from FILE"):
        names.install(url=server.url)
    assert not cache.exists()
    assert names.in_use() == names.OURS


def test_a_failed_fetch_leaves_the_list_that_is_there(cache, copy, server):
    """It is replaced by the whole new one or not at all."""
    names.install(copy)
    server.answer(b"no")
    with pytest.raises(UsageError):
        names.install(url=server.url)
    assert names.in_use().path.read_bytes() == THEIRS
    assert content(cache) == ["names.txt"]


def test_nobody_there_is_one_sentence(server):
    """A machine without a network, or a closed port."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/names.txt"
        with pytest.raises(UsageError, match=r"could not be fetched \(ConnectionError\).*grader data --from FILE"):
            names.install(url=url)


def test_a_server_that_says_nothing_is_given_up(server, monkeypatch):
    """After a while, and not never."""
    monkeypatch.setattr(names, "SECONDS", (0.2, 0.2))
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(UsageError, match="could not be fetched"):
            names.install(url=f"http://127.0.0.1:{silent.getsockname()[1]}/names.txt")


# ---- the cache


def test_a_cache_that_cannot_be_written_is_one_sentence(cache, copy):
    """A file where the folder should be."""
    cache.parent.write_bytes(b"")
    with pytest.raises(UsageError, match="cannot be written"):
        names.install(copy)
    assert cache.parent.read_bytes() == b""


def test_a_disk_that_is_full_leaves_nothing_behind(cache, copy, monkeypatch):
    """Written aside and then renamed: what could not be written is removed."""

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(UsageError, match="No space left on device"):
        names.install(copy)
    assert content(cache) == []


@pytest.mark.parametrize("damage", [b"", THEIRS + b"\n", b"eve\n" + THEIRS])
def test_a_damaged_list_in_the_cache_is_a_fault_and_not_passed_over(copy, damage):
    """Marks never rest on another list than the report names; the two ways out are said."""
    names.install(copy).path.write_bytes(damage)
    names.in_use.cache_clear()
    with pytest.raises(Fault, match=r"has the SHA-256 .*: grader data\. .*: grader data --remove"):
        names.in_use()


def test_a_list_that_cannot_be_read_is_a_fault(cache):
    """A folder in its place, or no permission."""
    (cache / names.FILE).mkdir(parents=True)
    with pytest.raises(Fault, match=r"cannot be read \(Is a directory\)"):
        names.in_use()
    with pytest.raises(UsageError, match="Remove it by hand"):
        names.remove()


def test_a_damaged_list_is_mended_by_installing_it_again(copy):
    """The first way out."""
    names.install(copy).path.write_bytes(b"damaged")
    assert names.install(copy).path.read_bytes() == THEIRS


def test_removing_goes_back_to_the_projects_list(copy):
    """The second way out; a second time there is nothing to remove."""
    names.install(copy)
    assert (names.remove(), names.remove()) == (True, False)
    assert names.in_use() == names.OURS


def test_the_lectures_own_list_is_accepted(lecture_file, lecture_words, monkeypatch):
    """The real one, where this user has fetched it."""
    monkeypatch.undo()
    assert names.LECTURES.count == len(lecture_words) == 32_033
    assert names.checked(replace(names.LECTURES, path=lecture_file)).path.stat().st_size == 228_145


# ---- what reaches the probes


def test_names_gives_lists_of_the_callers_own(copy):
    """All of them or the first few; changing one changes no other."""
    beside_students.read(str(copy))
    first = beside_students.names(2)
    first.clear()
    assert beside_students.names(2) == ["ann", "bob"]
    assert beside_students.names() == ["ann", "bob", "cy"]


def test_names_without_a_list_say_what_is_missing():
    """A sentence for the author of the probes."""
    with pytest.raises(RuntimeError, match="NAMES = True"):
        beside_students.names()


def test_a_lecture_that_needs_no_names_reads_none(monkeypatch):
    """Lecture 1 does not even look for a list."""
    monkeypatch.setattr(names, "OURS", replace(names.OURS, path=Path("nowhere")))
    Reference(LECTURE)
    with Sandbox(LECTURE.id) as box:
        assert box.names is None


@pytest.mark.usefixtures("needs_names")
def test_student_and_reference_are_measured_with_the_same_names(copy):
    """The list in use, in the worker and here, also in a warm process that replaces the first."""
    names.install(copy)
    Reference(LECTURE)
    with Sandbox(LECTURE.id) as box:
        seen = [returned(box, FIRST_NAMES)]
        box.restart()
        seen.append(returned(box, FIRST_NAMES))
    assert seen == [["ann", "bob", "cy"]] * 2
    assert beside_students.names() == ["ann", "bob", "cy"]


@pytest.mark.usefixtures("needs_names")
def test_the_projects_names_reach_the_worker_too():
    """Where nothing is installed."""
    with Sandbox(LECTURE.id) as box:
        assert returned(box, FIRST_NAMES) == ["emma", "olivia", "ava"]


@pytest.mark.usefixtures("needs_names")
def test_a_student_who_changes_the_list_changes_it_for_nobody_else(copy):
    """Neither in memory, which each worker has for itself, nor on the disk, which is checked at every start."""
    names.install(copy)
    spoil = FIRST_NAMES.replace("return", "names.__globals__['_LIST'][:] = ['x'];")
    with Sandbox(LECTURE.id) as box:
        returned(box, spoil + "    return 1\n")
        assert returned(box, FIRST_NAMES) == ["ann", "bob", "cy"]
        names.in_use().path.write_bytes(b"x\ny\nz")
        with pytest.raises(Fault, match="has the SHA-256") as caught:
            box.restart()
    assert not isinstance(caught.value, WarmProcessGone)


# ---- what a report says


def report_on(ids: list[str]) -> Report:
    files = {name: text.encode() for name, text in REFERENCE.items()}
    with examiner(LECTURE, 1) as judge:
        return judge.examine(Submission("ada", LECTURE, files), ids, hidden=False)


@pytest.mark.usefixtures("needs_names")
def test_a_report_names_the_list_in_all_its_forms(copy, tmp_path):
    """Title and count for a reader, the hash where marks are kept."""
    names.install(copy)
    report = report_on(["slope"])
    document = json.loads(as_json.to_json(report))
    jsonschema.validate(document, SCHEMA)
    expected = {"title": names.LECTURES.title, "names": 3, "sha256": names.LECTURES.sha256}
    page = as_html.to_html(report)
    text = check_text(report, load(), Progress(tmp_path), ["slope"], False, 80, terminal.plain, False)
    assert document["circumstances"]["dataset"] == expected
    assert "US first names of 2018, the lectures&#39; list: 3 names" in page
    assert names.LECTURES.sha256 in page
    assert "\nMeasured with US first names of 2018, the lectures' list: 3 names\n" in text


def test_a_report_without_names_says_none(tmp_path):
    """Lecture 1: null as data, none on the page, nothing in the terminal."""
    report = report_on(["slope"])
    text = check_text(report, load(), Progress(tmp_path), ["slope"], False, 80, terminal.plain, False)
    assert report.circumstances["dataset"] is None
    assert "<dt>dataset</dt><dd>none</dd>" in as_html.to_html(report)
    assert "Measured with" not in text
