"""The checks as pytest tests: what `pytest` in a course folder collects and says, and what it never holds."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_kit import run

from grader.course import load, reference_sources
from grader.course.stubs import write_stubs
from grader.desk.editor import items, telling
from grader.desk.progress import Progress

FOLDER = "lecture1_micrograd"
SLOPE = "The slope of the lecture's parabola at 3 is what moved, per unit of nudge."
FEW = {"derivatives.py", "engine.py", "drawing.py", "nn.py", "training.py", "softmax.py"}


class Seen:
    """What a panel asks of the tests that pytest collects, and the reports on them."""

    def __init__(self) -> None:
        self.items: list[pytest.Item] = []
        self.reports: dict[str, pytest.TestReport] = {}
        self.kinds: dict[str, str] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.items = list(session.items)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            self.reports[report.nodeid] = report

    def pytest_exception_interact(self, node: pytest.Item, call: pytest.CallInfo) -> None:
        self.kinds[node.nodeid] = call.excinfo.typename

    def report(self, *parts: str) -> pytest.TestReport:
        return self.reports["::".join([f"{FOLDER}/{parts[0]}", *parts[1:]])]


def home(folder: Path) -> Path:
    """A course folder of lecture 1 with a few things wrong, in which pytest runs the checks."""
    write_stubs(folder)
    for other in folder.glob("lecture[2-9]*"):
        (folder / "elsewhere").mkdir(exist_ok=True)
        other.rename(folder / "elsewhere" / other.name)
    every = reference_sources(load().lecture("1"))
    sources = {name: every[name] for name in ("derivatives.py", "nn.py")}
    wrong = "print('here') or f(x + h) - f(x)"
    sources["derivatives.py"] = sources["derivatives.py"].replace("(f(x + h) - f(x)) / h", wrong)
    sources["nn.py"] += "\ndef broken(:\n"
    for name, text in sources.items():
        (folder / FOLDER / name).write_text(text, encoding="utf-8")
    assert telling.write_conftest(folder)
    return folder


def collected(*words: str, cwd: Path) -> Seen:
    """What a run of pytest within this process comes to."""
    seen = Seen()
    plain = ["-q", "-p", "no:cacheprovider", "--import-mode=importlib", "--rootdir", str(cwd)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        pytest.main([*plain, *(str(cwd / word) for word in words)], [seen])
    return seen


def answered_here(folder: Path, *words: str) -> dict:
    """What the command says, without a process of its own, which takes longer."""
    done = run("panel", *words, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """One run of everything."""
    folder = home(tmp_path_factory.mktemp("editor") / "course")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(items.Kit, "_asked", lambda self, *words: answered_here(folder, *words))
        return folder, collected(".", cwd=folder)


def test_a_panel_finds_modules_exercises_and_checks(ran):
    """Lecture, file, exercise, sentence; each at the student's own line, and none comes twice."""
    folder, seen = ran
    assert {item.path for item in seen.items} == {folder / FOLDER / name for name in FEW}
    assert len({item.nodeid for item in seen.items}) == len(seen.items) > 40
    first = seen.items[0]
    lines = (folder / FOLDER / "derivatives.py").read_text(encoding="utf-8").splitlines()
    assert first.nodeid == f"{FOLDER}/derivatives.py::slope::{SLOPE}"
    assert lines[first.location[1]].startswith("def slope(")
    assert isinstance(first.parent, pytest.Class)
    assert not hasattr(first.parent, "obj")
    assert not hasattr(first, "callspec")
    of_file = {item.parent.name: item.path.name for item in seen.items}
    assert of_file == {exercise.id: exercise.file for exercise in load().lecture("1").exercises}


def test_what_fails_is_said_as_by_grader_check(ran):
    """The same lines, what was printed beside them, and no traceback; the student's own line comes first."""
    folder, seen = ran
    report = seen.report("derivatives.py", "slope", SLOPE)
    assert report.failed
    lines = report.longreprtext.splitlines()
    told = run("check", "slope", cwd=folder, COLUMNS="80").stdout
    assert lines[0].startswith(f"slope   {FOLDER}/derivatives.py:")
    assert next(line for line in lines if "yours" in line) in told
    assert lines[-1].strip() == "Hint: grader hint slope"
    assert report.capstdout == "here\n"
    assert seen.kinds[report.nodeid] == "AssertionError"


def test_what_is_not_written_waits_at_the_students_line(ran):
    """It is skipped, with the sentence of `grader check`; what is right passes."""
    folder, seen = ran
    todo = [report for id, report in seen.reports.items() if "softmax.py::softmax::" in id]
    assert todo
    assert all(report.skipped for report in todo)
    file, line, why = todo[0].longrepr
    assert (file, why) == (
        str(folder / FOLDER / "softmax.py"),
        "Skipped: Not written yet: From scores to probabilities.",
    )
    assert line > 1
    right = [report for id, report in seen.reports.items() if "derivatives.py::" in id and "::slope::" not in id]
    assert len(right) > 2
    assert all(report.passed for report in right)


def test_a_file_that_cannot_be_imported_is_one_failure(ran):
    """With its line; what cannot be seen because of it is skipped."""
    _, seen = ran
    reports = [report for id, report in seen.reports.items() if "/nn.py::" in id]
    first, *others = reports
    assert "nn.py cannot be imported." in first.longreprtext
    assert [report for report in others if report.failed] == []
    assert "another check tells" in others[0].longreprtext


def test_what_was_run_is_remembered(ran):
    """As after `grader check`: the next command knows it."""
    folder, _ = ran
    course, progress = load(), Progress(folder)
    assert (progress.status(course.exercise("gradf")), progress.status(course.exercise("slope"))) == (
        "passed", "failed",
    )  # fmt: skip


def test_some_checks_are_asked_for_alone(ran, monkeypatch):
    """One exercise is checked as one; several of a lecture are one run of it, however many items there are."""
    folder, _ = ran
    checks, asked = telling.checks_of(load(), Progress(folder)), []

    def answer(self, *words):
        asked.append(words)
        return checks if words == ("list",) else {"findings": []}

    monkeypatch.setattr(items.Kit, "_asked", answer)
    slope, gradf = f"{FOLDER}/derivatives.py::slope", f"{FOLDER}/derivatives.py::gradf"
    assert len(collected(f"{slope}::{SLOPE}", cwd=folder).reports) == 1
    seen = collected(slope, gradf, cwd=folder)
    assert asked == [("list",), ("check", "slope"), ("list",), ("check", FOLDER)]
    assert len(seen.reports) == len(seen.items) == 2
    assert "Skipped: It is not run here; it is at grading." in {report.longrepr[2] for report in seen.reports.values()}


HOLDS = """
def pytest_sessionfinish():
    import sys
    ours = ("grader", "derivatives", "torch")
    print("\\nHOLDS", *sorted(name for name in sys.modules if name.partition(".")[0] in ours))
"""


def test_pytest_itself_holds_no_module_of_the_student_and_nothing_that_judges(ran):
    """In a process of its own, started in a lecture's folder: a module that is asked for by name is not imported."""
    folder, _ = ran
    (folder / "conftest.py").write_text(f"{telling.TEXT}{HOLDS}", encoding="utf-8")
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "COV"))}
    alone = {**clean, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "derivatives.py::gradf"]
    done = subprocess.run(command, cwd=folder / FOLDER, env=alone, capture_output=True, text=True, check=False)
    (held,) = [line.split()[1:] for line in done.stdout.splitlines() if line.startswith("HOLDS")]
    assert done.returncode == 0
    assert " passed in " in done.stdout
    assert held == ["grader", "grader.desk", "grader.desk.editor", "grader.desk.editor.items"]


def test_sentences_are_known_until_the_suites_change(ran, monkeypatch):
    """The second time no suite is loaded, whatever has become of the file; another suite is read anew."""
    folder, _ = ran
    course, progress = load(), Progress(folder)
    before = telling.checks_of(course, progress)
    with monkeypatch.context() as patch:
        patch.setattr("grader.judging.suite.tests_of", None)
        assert telling.checks_of(course, progress) == before
    for text in ("[]", "{", '{"lecture1_micrograd": {"key": 1}}', '{"lecture1_micrograd": 7}'):
        (folder / telling.KNOWN).write_text(text, encoding="utf-8")
        assert telling.checks_of(course, progress) == before
    monkeypatch.setattr(telling, "__version__", "another")
    monkeypatch.setattr("grader.judging.suite.tests_of", lambda lecture: ())
    assert telling.checks_of(course, progress)["exercises"][0]["checks"] == []


def test_stubs_write_a_conftest_on_request_and_keep_ones_own(tmp_path, monkeypatch):
    """What stands there already stays, and the lines that it lacks are said."""
    monkeypatch.setattr("grader.desk.editor.telling.checks_of", lambda course, progress: {})
    done = run("stubs", "--to", "home", "--pytest", cwd=tmp_path)
    conftest = tmp_path / "home" / "conftest.py"
    assert conftest.read_text(encoding="utf-8") == telling.TEXT
    assert (tmp_path / "home" / "pytest.ini").read_text(encoding="utf-8") == telling.INI
    assert done.stdout.endswith("so does the testing panel of your editor: home/conftest.py\n")
    conftest.write_text("import mine\n", encoding="utf-8")
    done = run("stubs", "--to", "home", "--pytest", cwd=tmp_path)
    assert conftest.read_text(encoding="utf-8") == "import mine\n"
    assert f"is yours and stays. With these two lines in it, pytest runs the checks:\n{telling.HOW}" in done.stdout
    conftest.write_text(f"import mine\n{telling.HOW}", encoding="utf-8")
    assert "pytest runs the checks there" in run("stubs", "--to", "home", "--pytest", cwd=tmp_path).stdout
    done = run("stubs", "--pytest", cwd=tmp_path)
    assert (done.returncode, done.stderr[:44]) == (2, "ERROR  pytest is run in a course folder: gra")


def test_a_folder_that_is_no_course_is_one_sentence(tmp_path):
    """pytest says what the kit says, and stops."""
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "engine.py").touch()
    kit = items.Kit(tmp_path)
    with pytest.raises(pytest.UsageError, match="ERROR  "):
        kit.modules  # noqa: B018
