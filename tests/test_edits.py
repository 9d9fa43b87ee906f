"""Edits of solutions in other hands: what they are, what is said of them, and that the audit sees what is untrue."""

import re
from dataclasses import replace

import golden
import pytest

from grader.course import load
from grader.judging.findings import ERRORED, FAILED, AsIf, Finding, Named
from grader.proof import audit
from grader.proof.audit import Proof
from grader.proof.edits import judging, making
from grader.proof.edits.judging import Outcome
from grader.proof.edits.survey import Survey, survey
from grader.proof.edits.telling import survey_text
from grader.proof.mutants import equivalents


@pytest.fixture(scope="module")
def hands():
    """The solutions of lecture 1 in other hands."""
    return {other.student: other for other in audit.alternatives(load().lectures[0], load())}


@pytest.fixture(scope="module")
def edits(hands):
    """All edits of one of them, and a file of another with prints in it."""
    files = {"softmax.py": hands["extra"].files["softmax.py"]}
    return making.edits_of(load().lectures[0], [hands["decorators"], replace(hands["extra"], files=files)])


def edit_of(edits, where, becomes):
    """The first edit of a function whose changed line holds this text."""
    return next(edit for edit in edits if edit.place.told == where and becomes in edit.becomes)


def test_edits_lie_in_functions_that_the_course_asks_for(edits, hands):
    """Each is another program, in the lines of a function that has exercises; its head stays as it is."""
    assert len(edits) > 200
    assert len({edit.key for edit in edits}) == len(edits)
    for edit in edits:
        own = hands[edit.place.hand].sources()[edit.place.file]
        assert edit.source != own
        assert edit.number in edit.lines
        assert edit.place.exercises <= {exercise.id for exercise in load().lectures[0].exercises}
        assert [line for line in edit.source.splitlines() if line.startswith("def ")] == [
            line for line in own.splitlines() if line.startswith("def ")
        ]


def test_what_is_printed_is_told_from_what_counts(edits):
    """A print that looks otherwise is no mistake."""
    assert edit_of(edits, "extra softmax", "XXprobabilitiesXX").is_printed
    assert not edit_of(edits, "decorators slope", "* h").is_printed


STEP = "It behaves exactly as if, in gradient_step, where data is set"
REPLACED = f"{STEP}, data were replaced instead of added to, with the other sign."
DIVIDED = f"{STEP}, two values were divided instead of multiplied."


@pytest.mark.parametrize(
    ("where", "becomes", "said", "stopped"),
    [
        ("decorators slope", "* h", ("slope-not-per-unit",), False),
        ("decorators gradient_step", "p.data = p.grad * lr", (REPLACED,), False),
        ("decorators gradient_step", "/ lr", (DIVIDED,), False),
        ("decorators numerical_gradient", "enumerate(None)", (), True),
    ],
)
def test_an_edit_is_judged_as_a_check_judges(judge_of, edits, hands, where, becomes, said, stopped):
    """By name, by what it behaves like, or by the line of an exception."""
    edit, judge = edit_of(edits, where, becomes), judge_of(load().lectures[0], golden.SEED, tries_made=True)
    found = judging.outcome(judge, edit, hands[edit.place.hand])
    assert found == Outcome(edit, "public", said, (), stopped, found.alone)


def test_an_edit_that_nothing_sees_has_no_outcome(judge_of, edits, hands):
    """Neither the public checks nor the hidden ones fail."""
    edit, judge = edit_of(edits, "extra softmax", "XX"), judge_of(load().lectures[0], golden.SEED, tries_made=True)
    assert judging.outcome(judge, edit, hands["extra"]) == Outcome(edit)


def finding(**more):
    return Finding("slope", "a", "A.", "public", FAILED, 0, 1, 0.0, **more)


def test_words_about_another_function_are_wrong(edits):
    """A sentence and a name count for the edited function only if they are about that."""
    lecture, edit = load().lectures[0], edit_of(edits, "decorators slope", "* h")
    there, elsewhere = AsIf("in slope, in what it returns", "", "Here."), AsIf("in train", "", "There.")
    names = tuple(Named(id, "A.", "B?") for id in ("slope-not-per-unit", "grad-overwrite"))
    findings = [finding(as_if=there), finding(as_if=elsewhere), finding(misconceptions=names)]
    assert judging.pointing(lecture, edit, findings) == (
        ("Here.", "slope-not-per-unit"), ("There.", "grad-overwrite"),
    )  # fmt: skip


def test_a_shown_line_counts_in_the_edited_function_alone(edits):
    """Of an exception, one of the lines that are told; of a loop without end as well."""
    edit = edit_of(edits, "decorators slope", "* h")
    first, beyond = edit.lines[0], edit.lines[-1] + 1
    stopped = replace(finding(), status=ERRORED)
    at = "TypeError: x\nat lecture1_micrograd/derivatives.py:{} in slope    return\nwith h"
    shows = [
        judging.shows(edit, replace(stopped, message=text))
        for text in (
            at.format(first), at.format(beyond), at.format(first).replace("derivatives", "engine"),
            f"The check was stopped after 2 s.\nrunning lecture1_micrograd/derivatives.py:{first} in slope",
        )
    ]  # fmt: skip
    assert shows == [True, False, False, True]
    assert not judging.shows(edit, finding(message=at.format(first)))


@pytest.fixture
def judged(edits):
    """One edit of each kind, and the record of their lecture."""
    some = [edit for edit in edits if not edit.is_printed][:6]
    printed = edit_of(edits, "extra softmax", "XX")
    outcomes = [
        Outcome(some[0], "public", said=("a",)), Outcome(some[1], "hidden", stopped=True), Outcome(some[2], "public"),
        Outcome(some[3], "public", said=("a",), wrong=("b",)), Outcome(some[4]), Outcome(some[5]), Outcome(printed),
    ]  # fmt: skip
    reasons = {some[5].key: "no matter", some[0].key: "no matter", ("x", "y", "z", 1): "old"}
    return Survey(load().lectures[0], edits, reasons, [*some, printed], outcomes, 2.0)


def test_what_is_untrue_or_unseen_is_a_hole(judged):
    """An edit that no check sees, words that point elsewhere, and entries of the list that are not true."""
    kinds = [judged.kind(outcome) for outcome in judged.outcomes]
    assert kinds == ["told", "stopped", "silent", "wrong", "unnoticed", "equivalent", "equivalent"]
    assert [hole.what for hole in judged.holes] == [
        "no check sees this edit", "it is said: b", "listed as equivalent, and found by public checks",
        "listed as equivalent, and there is no such edit",
    ]  # fmt: skip
    assert judged.located == 0.5


def test_the_record_tells_the_counts(judged):
    """In text, in the document, and in the table of the audit."""
    text = survey_text(judged)
    for row in ("equivalent 2", "unnoticed 1", "told where 1", "shown the line 1", "silent 1", "told wrong 1"):
        assert re.search(rf"^ +{row.replace(' ', ' +')}\b", text, re.MULTILINE), row
    proof = Proof("lecture1_micrograd", "process", 27, 90, 100, edits=judged)
    (document,) = audit.audit_data([proof])["lectures"]
    counts = {
        "equivalent": 2,
        "unnoticed": 1,
        "found": 4,
        "hidden": 1,
        "told": 1,
        "stopped": 1,
        "silent": 1,
        "wrong": 1,
    }
    assert document["edits_in_other_hands"].items() >= {**counts, "alone": 0, "located": 0.5}.items()
    assert len(document["edits_in_other_hands"]["of_silent"]) == 1
    assert len(proof.holes) == len(judged.holes)
    assert "50%" in audit.table([proof]).splitlines()[1].split()


def test_a_sample_of_edits_is_the_same_every_time(edits, monkeypatch):
    """A larger one holds the smaller."""
    monkeypatch.setattr("grader.proof.edits.survey.edits_of", lambda lecture, others: edits)
    small, large = (survey(load().lectures[0], size).chosen for size in (10, 30))
    assert small == large[:10]
    assert len({edit.place.function for edit in large}) > 5


@pytest.mark.parametrize("lecture", load().lectures, ids=lambda lecture: lecture.id)
def test_the_lists_of_harmless_edits_can_be_read(lecture):
    """Each entry names a solution and a function."""
    for where, *_ in equivalents.listed(lecture, equivalents.EDITS):
        assert re.fullmatch(r"\w+ [\w.]+", where)
