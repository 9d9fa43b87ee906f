"""What waits for another exercise: why, whether it is only because of that, and what a file that is broken says."""

from dataclasses import replace

import pytest

from grader.course import load, reference_sources
from grader.judging.examiner import examiner
from grader.judging.findings import BLOCKED, ERRORED, FAILED, PASSED, Report
from grader.judging.mistakes.known import edited_sources, known_mistakes
from grader.proof.audit import alternatives
from grader.report.as_html import to_html
from grader.submission import Submission

ONLY = "What was recognised there gives just this: nothing else shows here."


@pytest.fixture(scope="module")
def judge():
    with examiner(load().lecture("1"), 1) as made:
        yield made


@pytest.fixture
def report(judge):
    """The report on our solution with a known mistake in it, and with other changes."""

    def made(id: str, exercises: list[str], *changes: tuple[str, str, str]) -> Report:
        sources = reference_sources(judge.lecture)
        if id:
            mistake = next(m for m in known_mistakes(judge.lecture.id) if m.id == id)
            sources |= edited_sources(mistake.variants[0], judge.lecture, id)
        for file, old, new in changes:
            assert old in sources[file]
            sources[file] = sources[file].replace(old, new)
        submission = Submission("ada", judge.lecture, {name: text.encode() for name, text in sources.items()})
        return judge.examine(submission, exercises, hidden=False)

    return made


def test_what_is_wrong_only_because_of_an_earlier_mistake_says_so(report):
    """The mistake that was recognised in the sum gives just what the power gives in a longer expression."""
    waiting = [f for f in report("grad-overwrite", ["value-pow"]).findings if f.status == BLOCKED]
    assert waiting
    assert {finding.message for finding in waiting} == {f"Waits for value-add, which has not passed yet. {ONLY}"}


def test_a_second_mistake_of_its_own_is_not_talked_away(report):
    """What the earlier mistake does not explain to the last digit only waits."""
    change = ("engine.py", "return self * other**-1", "return self * other**-1 * 1.5")
    waiting = [f for f in report("mul-own-data", ["value-div"], change).findings if f.status == BLOCKED]
    assert waiting
    assert {finding.message for finding in waiting} == {"Waits for value-mul, which has not passed yet."}


def test_an_earlier_mistake_without_a_name_explains_nothing(report):
    """Nothing is claimed that was not tried."""
    change = ("engine.py", "self.data * other.data", "self.data * other.data * 1.5")
    waiting = [f for f in report("", ["value-reflected"], change).findings if f.status == BLOCKED]
    assert {finding.message for finding in waiting} == {"Waits for value-mul, which has not passed yet."}


BROKEN = ("engine.py", "class Value:", "class Value")


def test_an_exercise_in_a_file_that_cannot_be_read_says_so_and_waits_for_nothing(report):
    """Checked alone, it shows the line that is in the way, and not another exercise of the same file."""
    found = report("", ["value-div"], BROKEN).findings
    assert {finding.status for finding in found} == {ERRORED}
    assert all(finding.message.startswith("SyntaxError: ") and "engine.py:" in finding.message for finding in found)


def test_an_exercise_that_needs_a_broken_file_waits_and_says_what_is_broken(report):
    """Its own file is fine; the cause is shown where it is."""
    (finding, *_) = report("", ["neuron"], BROKEN).findings
    assert finding.status == BLOCKED
    first, second, third = finding.message.splitlines()
    assert first == "Waits for value-add, which has not passed yet."
    assert second.startswith("SyntaxError: ")
    assert third.startswith("at lecture1_micrograd/engine.py:")


def test_a_page_tells_once_of_a_file_that_cannot_be_imported(report):
    """Above the exercises, in full; at each check stands the line."""
    found = report("", ["slope", "value-add", "neuron"], BROKEN)
    page, seen = to_html(found), "<pre>engine.py cannot be imported.\nat lecture1_micrograd/engine.py:"
    assert page.count("SyntaxError: ") == 1
    assert page.count("<strong>engine.py cannot be imported.</strong>") == 1
    assert "So nothing could be seen of 2 exercises: value-add, neuron." in page
    assert page.count(seen) == len([f for f in found.findings if f.exercise != "slope"])


def test_what_is_right_waits_for_nothing(report):
    """A mistake elsewhere takes nothing from what does not depend on it."""
    assert {f.status for f in report("mul-own-data", ["value-add", "slope"]).findings} == {PASSED}


@pytest.mark.parametrize(
    ("hand", "old", "new"),
    [
        ("decorators", "self.grad = 1\n", "self.grad = 2\n"),
        ("functional", "gradient.get(key, 0.0)", "gradient.get(key, 1.0)"),
        ("functional", "if pending[key] == 0:", "if pending[key] != 0:"),
    ],
)
def test_operations_without_closures_do_not_wait_for_each_other_in_a_circle(judge, hand, old, new):
    """Where backward alone hands gradients on, and is broken, a sum or a product says so, and neither gets a name."""
    (other,) = [one for one in alternatives(judge.lecture, load()) if one.student == hand]
    broken = other.files["engine.py"].decode().replace(old, new)
    assert broken != other.files["engine.py"].decode()
    found = judge.examine(replace(other, files={**other.files, "engine.py": broken.encode()}), hidden=False)
    assert {found.status_of(id) for id in ("value-add", "value-mul")} & {FAILED, ERRORED}
    assert found.mistakes == ()
    assert {one.status for one in found.findings} <= {PASSED, FAILED, ERRORED, BLOCKED}
