"""A mistake is named only when it is certain: it explains every case, and nothing else does."""

import pytest

from grader.inside.probes import lecture1_micrograd as probes
from grader.judging.case import Case
from grader.judging.mistakes import edited, pairs
from grader.judging.mistakes.diagnosis import Diagnosis
from grader.judging.mistakes.known import Edit, Misconception
from grader.judging.subjects import Reference
from grader.sandbox.observation import RAISED, RETURNED, Observation

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
    """The id that is named, or the two with a space between them, if these are all the known mistakes."""

    def named(known, cases, elsewhere=()):
        monkeypatch.setattr(edited, "known_mistakes", lambda id: tuple(known))
        found = Diagnosis(lecture).name("value-add", cases, lambda: elsewhere)
        return " ".join(mistake.id for mistake in found) or None

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


# ---- two at once

TWICE = Edit("engine.py", ADD, "self.data + 2 * other.data")  # a + b is -4 with this, 7 with the other, 4 with both
OFF, DOUBLED = mistake("off", OFF_BY_EIGHT), mistake("doubled", TWICE)


def test_two_that_explain_all_together_are_named_in_the_order_of_the_course(name, case):
    """Where no single mistake explains what was seen, a pair of the exercise's mistakes may."""
    assert name([OFF, DOUBLED], [case("a + b", 4.0), case("a * b", -6.0)]) == "off doubled"
    assert name([DOUBLED, OFF], [case("a + b", 4.0)]) == "doubled off"


def test_a_single_mistake_goes_before_a_pair(name, case):
    """What one explains is not explained by two."""
    both = mistake("both", Edit("engine.py", ADD, "self.data + 2 * other.data + 8"))
    assert name([OFF, DOUBLED, both], [case("a + b", 4.0)]) == "both"


def test_of_two_pairs_neither_is_named(name, case):
    """Nothing is guessed between pairs, as between single mistakes."""
    assert name([OFF, DOUBLED, mistake("twin", OFF_BY_EIGHT)], [case("a + b", 4.0)]) is None


@pytest.mark.parametrize("right", ["b + a", "a + a"])
def test_a_near_miss_of_a_pair_stays_unnamed(name, case, right):
    """One case of the exercise that the two together would have got wrong, or otherwise wrong, and it is not they."""
    expected = {"b + a": -1.0, "a + a": 4.0}[right]
    assert name([OFF, DOUBLED], [case("a + b", 4.0), case(right, expected)]) is None
    assert name([OFF, DOUBLED], [case("a + b", 4.0), case(right, expected + 1)]) is None


def test_two_that_touch_the_same_letters_are_no_pair(name, case):
    """One line cannot be changed in two ways at once."""
    nine = mistake("nine", Edit("engine.py", ADD, f"{ADD} + 9"))
    assert name([OFF, nine], [case("a + b", 16.0)]) is None


def test_a_mistake_of_another_exercise_is_no_half_of_a_pair(name, case):
    """Each exercise is explained by its own mistakes."""
    product = mistake("product", Edit("engine.py", MUL, f"{MUL} + 1"))
    assert name([OFF, product], [case("a + b", 7.0), case("a * b", -5.0)]) is None


def test_too_many_pairs_are_not_tried(name, case, monkeypatch):
    """If not all can be tried, it cannot be said that one is the only one."""
    monkeypatch.setattr(pairs, "MOST_PAIRS", 0)
    assert name([OFF, DOUBLED], [case("a + b", 4.0)]) is None


def test_two_mistakes_that_never_end_together_are_given_up(name, case):
    """Each alone comes to an end. Lines are counted and not seconds: it is given up at the same place always."""
    rest = 'self, other), "+")'
    starts = mistake("starts", Edit("engine.py", f"out = Value({ADD}", f"forever = 1; out = Value({ADD} + 8"))
    waits = mistake(
        "waits", Edit("engine.py", rest, f'{rest}; out.data += other.data\n        while "forever" in locals(): pass')
    )
    assert name([starts, waits], [case("a + b", 7.0)]) == "starts"
    assert name([starts, waits], [case("a + b", -4.0)]) == "waits"
    assert name([starts, waits], [case("a + b", 4.0)]) is None


def test_a_single_candidate_that_would_have_broken_what_is_right_is_not_the_one(name, case):
    """It is not enough to be the only one: what is right elsewhere has to stay right."""
    worse = mistake("worse", OFF_BY_EIGHT, Edit("engine.py", MUL, f"{MUL} + 1"))
    assert name([worse], [case("a + b", 7.0)]) == "worse"
    assert name([worse], [case("a + b", 7.0)], [case("a * b", -6.0)]) is None
