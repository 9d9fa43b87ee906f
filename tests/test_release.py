"""The student kit, made of the tiny course: it says what ours says, holds no answer, and refuses what was changed."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from release_kit import shown_by

from grader.course import PROJECT, load
from grader.inside.probe import Tolerance
from grader.inside.probes import lecture1_micrograd as probes
from grader.judging.case import Case, Uncertain, agree
from grader.judging.mistakes.diagnosis import Diagnosis
from grader.judging.mistakes.edited import Edited
from grader.judging.recorded.answers import keys_of
from grader.judging.recorded.canary import left_out
from grader.judging.sketches import shortened
from grader.judging.subjects import Reference
from grader.judging.suite import asked
from grader.release.draws import depends_on_draws
from grader.release.questions import public_tests
from grader.sandbox.observation import RAISED, RETURNED, Observation

TINY = PROJECT / "tests" / "tiny_course"
LECTURE = "lecture1_averages"
FILE = "averages.py"
MEAN = "sum(xs) / len(xs)"
MOVING = "[mean(xs[i : i + n]) for i in range(len(xs) - n + 1)]"
HANDED_IN = {
    "right": (MEAN, MOVING),
    "a known mistake": ("sum(xs)", MOVING),
    "another": (MEAN, MOVING.replace(" + 1", "")),
    "a made one": ("2 * sum(xs) / len(xs)", MOVING),
    "nobody's": ("sum(xs) / len(xs) + 0.123", MOVING),
    "an exception": ("sum(xs) / 0", MOVING),
    "a half": (MEAN, 'print("soon")'),
}


def command(kit: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """The grader of a kit, run as a student runs it."""
    environment = {**os.environ, "PYTHONPATH": str(kit), "PYTHONSAFEPATH": "1", **more}
    return subprocess.run([sys.executable, "-m", "grader", *words], env=environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def kit(tmp_path_factory) -> Path:
    """A student kit of the tiny course."""
    folder = tmp_path_factory.mktemp("release") / "kit"
    done = command(PROJECT, "--course", str(TINY / "exercises"), "release", "--to", str(folder), "--notebooks")
    assert done.returncode == 0, done.stderr
    assert f"{LECTURE}  recorded in" in done.stdout
    return folder


@pytest.fixture
def home(kit, tmp_path) -> Path:
    """A student's folder, made by the kit."""
    done = command(kit, "stubs", "--to", str(tmp_path / "home"))
    assert (done.returncode, done.stdout.split()[0]) == (0, "Wrote")
    return tmp_path / "home"


def copied(kit: Path, to: Path) -> Path:
    return Path(shutil.copytree(kit, to / "copy"))


def test_its_checks_are_tests_of_pytest_too(kit, tmp_path):
    """Found at the student's lines, with its sentences, where there are no solutions; a failing case runs alone."""
    folder = tmp_path / "home"
    assert command(kit, "stubs", "--to", str(folder), "--pytest").returncode == 0
    text = (folder / LECTURE / FILE).read_text(encoding="utf-8")
    (folder / LECTURE / FILE).write_text(text.replace('raise NotImplementedError("mean")', "return sum(xs)"))
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "COV"))}
    environment = {**clean, "PYTHONPATH": str(kit), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider"],
        cwd=folder, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert "result   yours 15.0   expected 5.0   off by 10.0\n" in done.stdout
    assert f"SKIPPED [1] {LECTURE}/{FILE}:21: Not written yet: The mean of each n neighbours.\n" in done.stdout
    assert done.stdout.endswith("1 failed, 1 skipped in " + done.stdout.rpartition(" in ")[2])
    assert command(kit, "-C", str(folder), "check", "mean", "--replay").returncode == 1
    script = [sys.executable, str(folder / LECTURE / "replay_mean.py")]
    again = subprocess.run(script, env=environment, capture_output=True, text=True)
    assert (again.stdout, again.stderr) == ("15.0\n", "")


# ---- it says what ours says


def test_both_kits_show_the_same_word_for_word(kit, tmp_path):
    """Checks, names, places, hints, replays and the overview."""
    source = (TINY / "exercises" / LECTURE / FILE).read_text()
    todo = re.findall(r"raise NotImplementedError.*", source)
    for name, (mean, moving) in HANDED_IN.items():
        folder = tmp_path / "handed in" / name / LECTURE
        folder.mkdir(parents=True)
        shutil.copy(TINY / "exercises" / "course.toml", folder.parent)
        (folder / FILE).write_text(source.replace(todo[0], f"return {mean}").replace(todo[1], f"return {moving}"))
    theirs, _ = shown_by(kit, LECTURE, tmp_path / "handed in")
    for left in (tmp_path / "handed in").glob("*/.grader"):
        shutil.rmtree(left)
    (tmp_path / "handed in.measured").unlink()  # here each measures for itself
    ours, looked_at = shown_by(PROJECT, LECTURE, tmp_path / "handed in", TINY / "exercises")
    assert "slips-mean" in looked_at["parts"]
    assert ours.keys() == HANDED_IN.keys()
    assert theirs == ours
    assert "[mean-forgets-to-share]" in theirs["a known mistake"][0]
    assert "It behaves exactly as if, in mean" in theirs["a made one"][0]
    assert "Recognised" not in theirs["nobody's"][0]


def test_what_is_packed_there_is_graded_here(kit, home, tmp_path):
    """The student packs with the kit, and the marks come from where the solutions are."""
    file = home / LECTURE / FILE
    (tmp_path / "inbox").mkdir()
    file.write_text((TINY / "reference" / LECTURE / FILE).read_text())
    packed = command(kit, "-C", str(home), "pack", "1", "--student", "ada", "-o", str(tmp_path / "inbox" / "ada.zip"))
    assert "Public checks: 50 of 50 points. 50 more are decided at grading." in packed.stdout
    inbox, marks = str(tmp_path / "inbox"), str(tmp_path / "marks")
    graded = command(PROJECT, "--course", str(TINY / "exercises"), "grade", inbox, "--out", marks, "--unsafe")
    assert re.search(r"ada +100 / 100", graded.stdout), graded.stdout + graded.stderr


# ---- what is kept in short


def test_what_is_kept_in_short_says_nothing_where_it_cannot_tell(lecture):
    """The same up to rounding agrees, and other sums do not; of anything between nothing is named."""
    numbers = [float(n) for n in range(100)]
    one = Observation(RETURNED, numbers)
    last, rounded, other = (Observation(RETURNED, [n * (1 + part) for n in numbers]) for part in (3e-16, 1e-13, 0.5))
    short = shortened(one)
    assert agree(short, one, probes.values)
    assert one.digest != last.digest
    assert agree(short, last, probes.values)
    assert not agree(other, short, probes.values)
    assert not agree(shortened(Observation(RETURNED, [*numbers[:-1], float("nan")])), one, probes.values)
    exchanged = [numbers[1], numbers[0], *numbers[2:]]
    assert not agree(short, Observation(RETURNED, exchanged), probes.values)
    for unsure in (rounded, Observation(RETURNED, [numbers]), Observation(RETURNED, [*numbers[:99], 99])):
        with pytest.raises(Uncertain):
            agree(short, unsure, probes.values)
    assert not agree(short, Observation(RAISED, type="ValueError", text="no"), probes.values)


def test_what_is_kept_finely_tells_more(lecture):
    """Where a sum of all says nothing, that of a small part does; what is like it in all parts stays unsure."""
    numbers, tolerance = [float(n) for n in range(1, 2000)], Tolerance(1e-9, "for a test", relative=1e-6)
    probe = replace(probes.values, tolerance=tolerance)
    one, other, near = (
        Observation(RETURNED, {"a": [n * (1 + more) for n in numbers], "b": [1.0 + b]})
        for more, b in ((0.0, 0.0), (0.0, 1e-3), (1e-9, 0.0))
    )
    with pytest.raises(Uncertain):
        agree(shortened(one), other, probe)
    assert not agree(shortened(one, finely=True), other, probe)
    with pytest.raises(Uncertain):
        agree(shortened(one, finely=True), near, probe)


def test_nothing_is_named_by_what_cannot_tell(lecture):
    """Neither a known mistake nor a made one."""

    class Short(Edited):
        def ways(self, mistake):
            return [Always(shortened(Observation(RETURNED, {"c.data": 5.0})))]

    class Always(Reference):
        def __init__(self, answer):
            super().__init__(lecture)
            self.answer = answer

        def observe(self, probe, inputs):
            return self.answer

    inputs = {"program": "c = a + b", "at": {"a": 2.0, "b": 3.5}}
    yours, expected = (Observation(RETURNED, {"c.data": n}) for n in (5.0 + 1e-11, 5.5))
    cases = [Case(probes.values, inputs, yours, expected)]
    suspects = Short(lecture)
    suspects.look = lambda ways, case: None
    diagnosis = Diagnosis(lecture, suspects=suspects)
    assert diagnosis.name("value-add", cases, lambda: ()) == ()
    assert diagnosis.as_if("value-add", cases, lambda: (), lambda id: (), {}) is None
    assert not diagnosis.explain(suspects.known[:1], cases)


# ---- draws


def test_what_draws_is_known():
    """A question that torch's generator takes part in is one that another version may answer otherwise."""
    bigram = load().lecture("lecture2_bigram")
    found = {
        test.name: any(depends_on_draws(Reference(bigram), probe, inputs) for probe, inputs in asked(test, 1))
        for test in public_tests(bigram)
        if test.exercise in ("sample-names", "count-bigrams")
    }
    assert len(set(found.values())) == 2


class Draws:
    """A worker whose torch draws what is said."""

    def __init__(self, drawn):
        self.drawn = drawn

    def observe(self, probe, inputs):
        return Observation(RETURNED, self.drawn)


class Told:
    """A recording of which one part is asked."""

    def __init__(self, about):
        self.about = about

    def part(self, name):
        return self.about


def test_checks_of_draws_are_left_to_the_grading_if_torch_draws_otherwise():
    """The others are tried; and where torch draws alike, or is not there, all are."""
    tests = public_tests(load().lecture("lecture1_micrograd"))[:2]
    (probe, inputs), *_ = asked(tests[0], 1)
    about = {"draws": [1, 2], "drawing": list(keys_of(probe, inputs)), "torch": "1.0"}
    assert left_out(Told(about), Draws([1, 2]), tests, 1).tests == frozenset()
    assert left_out(Told({**about, "draws": None}), Draws([3]), tests, 1).told == ""
    found = left_out(Told(about), Draws([2, 1]), tests, 1)
    assert found.tests == {(tests[0].exercise, tests[0].name)}
    assert "1 check that depends on draws will be tried at grading alone." in found.told


# ---- it holds no answer


def texts_of(folder: Path) -> dict[str, str]:
    """All that lies in a folder, archives opened, compiled files as they are."""
    found = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix == ".zip":
            with zipfile.ZipFile(file) as opened:
                found |= {f"{file}:{name}": opened.read(name).decode("latin-1") for name in opened.namelist()}
        elif file.is_file():
            found[str(file)] = file.read_bytes().decode("latin-1")
    return found


def test_no_answer_is_in_it(kit):
    """No solution, no hidden check, no mistake's edit, no test, no history; and what would find them does find them."""
    solution = [MEAN, "for i in range(len(xs) - n + 1)"]
    hidden = re.findall(r'"""(.+)"""', (TINY / "lectures" / LECTURE / "hidden.py").read_text())[1:]
    edits = ["len(xs) - n)", "MISCONCEPTIONS = ("]
    texts = texts_of(kit)
    assert len(hidden) == 2
    assert [(name, one) for name, text in texts.items() for one in (*solution, *hidden, *edits) if one in text] == []
    here = "\n".join(texts_of(TINY).values())
    assert all(one in here for one in (*solution, *hidden, *edits))
    assert {path.name for path in kit.iterdir()} == {"grader", "notebooks", "pyproject.toml", "README.md", "LICENSE"}
    names = {part for name in texts for part in Path(name).relative_to(kit).parts}
    assert names.isdisjoint(
        {"hidden.py", "mistakes.py", "reference", "alternatives", "tests", "proof", "office", ".git"}
    )


@pytest.mark.parametrize(
    "name", ["grade", "audit", "release", "demo", "data", "solution", "export", "similar", "autograder"]
)
def test_what_needs_answers_is_not_there(kit, home, name):
    """One sentence says why, and help does not list it."""
    done = command(kit, "-C", str(home), name)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"grader {name} needs our solutions, and this is the student kit" in done.stderr
    assert f"\n  {name} " not in command(kit, "--help").stdout


def test_its_notebooks_are_a_course_folder(kit, tmp_path):
    """They are read where the kit is installed."""
    shutil.copytree(kit / "notebooks", tmp_path / "home")
    done = command(kit, "-C", str(tmp_path / "home"), "list")
    assert done.returncode == 0, done.stderr
    assert "TODO     mean" in done.stdout


def test_hidden_checks_cannot_be_asked_for(kit, home):
    """They are run at grading."""
    done = command(kit, "-C", str(home), "check", "mean", "--hidden")
    assert (done.returncode, done.stdout) == (2, "")
    assert "No hidden check is in the student kit" in done.stderr


# ---- what was recorded


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def edited(data: bytes) -> bytes:
    return data[:-40] + bytes([data[-40] ^ 1]) + data[-39:]


@pytest.mark.parametrize("change", [cut, edited, lambda data: b""])
def test_a_file_that_was_changed_is_refused(kit, home, tmp_path, change):
    """In one sentence, with the next command; nothing of it is used."""
    other = copied(kit, tmp_path)
    file = other / "grader" / "kit" / "recorded" / f"{LECTURE}.zip"
    file.write_bytes(change(file.read_bytes()))
    done = command(other, "-C", str(home), "check", "1")
    assert done.returncode == 3
    assert "is damaged, or was edited" in done.stderr
    assert "pip install --force-reinstall" in done.stderr


def test_an_index_that_is_no_index_is_refused(kit, home, tmp_path):
    """Whatever stands in it."""
    other = copied(kit, tmp_path)
    for text in ("[]", f'{{"{LECTURE}": 3}}'):
        (other / "grader" / "kit" / "recorded" / "index.json").write_text(text)
        done = command(other, "-C", str(home), "check", "1")
        assert (done.returncode, "cannot be read" in done.stderr) == (3, True)


def test_what_was_recorded_for_another_course_is_refused(kit, home, tmp_path):
    """Another version of the course, or checks that were edited since."""
    other = copied(kit, tmp_path)
    course = other / "grader" / "kit" / "exercises" / "course.toml"
    before = course.read_text()
    course.write_text(before.replace('version = "1"', 'version = "2"'))
    assert "belongs to another version of the course (1)" in command(other, "-C", str(home), "check", "1").stderr
    course.write_text(before)
    with (other / "grader" / "lectures" / LECTURE / "public.py").open("a") as public:
        public.write("\n")
    assert "checks that have been edited since" in command(other, "-C", str(home), "check", "1").stderr


def test_the_recording_is_the_same_each_time(kit, tmp_path):
    """Byte for byte, whatever the hash seed."""
    again = tmp_path / "again"
    course = str(TINY / "exercises")
    done = command(PROJECT, "--course", course, "release", "--to", str(again), PYTHONHASHSEED="7")
    assert done.returncode == 0
    index = "grader/kit/recorded/index.json"
    assert json.loads((again / index).read_text()) == json.loads((kit / index).read_text())


def test_a_kit_is_not_written_over_something(tmp_path):
    """A folder that holds something is left as it is."""
    (tmp_path / "mine.txt").write_text("mine")
    done = command(PROJECT, "--course", str(TINY / "exercises"), "release", "--to", str(tmp_path))
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [tmp_path / "mine.txt"])
    assert "is not empty" in done.stderr
