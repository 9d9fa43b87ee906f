"""A mistake is named only when it is certain: it explains every case, and nothing else does."""

import pytest

from grader import diagnose
from grader.diagnose import Case, Diagnosis
from grader.misconceptions import Edit, Misconception
from grader.probes import lecture1_micrograd as probes
from grader.subjects import RAISED, RETURNED, Observation, Reference

ADD, MUL = "self.data + other.data", "self.data * other.data"
OFF_BY_EIGHT = Edit("engine.py", ADD, f"{ADD} + 8")


def mistake(id: str, *edits: Edit) -> Misconception:
    """A misconception with one variant."""
    return Misconception(id, "A sentence.", "A question?", (edits,))


@pytest.fixture
def case(lecture):
    """A case on which the student's code gave what is said."""
    reference = Reference(lecture)

    def made(program: str, yours: object) -> Case:
        inputs = {"program": f"c = {program}", "at": {"a": 2.0, "b": -3.0}}
        seen = yours if isinstance(yours, Observation) else Observation(RETURNED, {"c.data": yours})
        return Case(probes.values, inputs, seen, reference.observe(probes.values, inputs))

    return made


@pytest.fixture
def name(lecture, monkeypatch):
    """The id that is named, if these are all the known mistakes."""

    def named(known, cases, elsewhere=()):
        monkeypatch.setattr(diagnose, "known_mistakes", lambda id: tuple(known))
        found = Diagnosis(lecture).name(cases, lambda: elsewhere)
        return found and found.id

    return named


def test_the_only_mistake_that_explains_all_is_named(name, case):
    """One candidate, and every case is what it gives."""
    assert name([mistake("off", OFF_BY_EIGHT)], [case("a + b", 7.0), case("a * b", -6.0)]) == "off"


def test_of_two_that_explain_all_neither_is_named(name, case):
    """Nothing is guessed between twins."""
    assert name([mistake("off", OFF_BY_EIGHT), mistake("twin", OFF_BY_EIGHT)], [case("a + b", 7.0)]) is None


def test_what_is_right_elsewhere_rules_a_candidate_out(name, case):
    """A candidate that would have broken another exercise is not the one."""
    worse = mistake("worse", OFF_BY_EIGHT, Edit("engine.py", MUL, f"{MUL} + 1"))
    assert name([mistake("off", OFF_BY_EIGHT), worse], [case("a + b", 7.0)], [case("a * b", -6.0)]) == "off"


def test_a_near_miss_stays_unnamed(name, case):
    """A mistake that explains the wrong case and not a right one of the same exercise is not the one."""
    assert name([mistake("off", OFF_BY_EIGHT)], [case("a + b", 7.0), case("b + a", -1.0)]) is None


def test_nothing_is_named_where_nothing_is_wrong(name, case):
    """A mistake that cannot be seen on these cases explains nothing."""
    assert name([mistake("off", OFF_BY_EIGHT)], [case("a * b", -6.0)]) is None


@pytest.mark.parametrize(("text", "expected"), [("too large", "raises"), ("too small", None)])
def test_an_exception_is_recognised_by_type_and_text(name, case, text, expected):
    """The same type of exception for another reason is another mistake."""
    throws = '(_ for _ in ()).throw(ValueError("too large"))'
    raising = mistake("raises", Edit("engine.py", ADD, throws))
    seen = Observation(RAISED, type="ValueError", text=text)
    assert name([raising], [case("a + b", seen)]) == expected
