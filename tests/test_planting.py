"""Known mistakes in other hands: where they can be planted, and what an audit says of what came of it."""

import pytest

from grader.course import Lecture, load, reference_sources
from grader.judging.examiner import examiner
from grader.judging.mistakes.known import Edit, edited_sources, known_mistakes
from grader.proof.audit import alternatives, as_submission, lecture_text
from grader.proof.audit.measuring import NAMED, _in_other_hands
from grader.proof.audit.planting import plant
from grader.proof.audit.record import Planted, Proof

SLOPE = Edit("derivatives.py", "return (f(x + h) - f(x)) / h", "return (f(x + h) - f(x)) * h")


@pytest.fixture
def proof(lecture: Lecture) -> Proof:
    return Proof(lecture.id, "process", 27, 85, 100)


def planted_in(lecture: Lecture, edit: Edit, own: str):
    """An edit of ours, planted in another file of the same name."""
    wrong = edited_sources((edit,), lecture, "odd")
    return plant((edit,), wrong, lecture, {edit.file: own})


def chosen(id: str):
    """The known mistakes, of which there is but this one."""
    return lambda lecture: tuple(one for one in known_mistakes(lecture) if one.id == id)


def test_the_same_text_is_edited(lecture):
    """Where the line stands in the other solution too, it is that line, and nothing else is put there."""
    own = "def slope(f, x, h):\n    # mine\n    return (f(x + h) - f(x)) / h\n"
    made = planted_in(lecture, SLOPE, own)
    assert made.sources["derivatives.py"] == own.replace(" / h", " * h")
    assert made.proof is None


def test_else_the_function_is_ours_with_the_mistake(lecture):
    """Around it all stays as it was; the proof has our right function there."""
    own = "import math\n\n\ndef slope(f, x, h):\n    y = f(x)\n    return (f(x + h) - y) / h\n\n\nmore = 1\n"
    made = planted_in(lecture, SLOPE, own)
    assert made.sources["derivatives.py"].startswith("import math\n\n\ndef slope(f, x, h):\n")
    assert made.sources["derivatives.py"].endswith("\n\n\nmore = 1\n")
    assert SLOPE.new in made.sources["derivatives.py"]
    assert SLOPE.old in made.proof["derivatives.py"]


@pytest.mark.parametrize("own", ["slope = lambda f, x, h: (f(x + h) - f(x)) / h\n", "", "def slope(:\n"])
def test_where_there_is_no_such_function_nothing_is_planted(lecture, own):
    """A lambda, an empty file, one that cannot be read."""
    assert planted_in(lecture, SLOPE, own) is None


def test_an_edit_outside_of_functions_is_planted_by_its_text_alone(lecture):
    """What changes the file's head cannot be taken over as a function."""
    edit = Edit("derivatives.py", "import math\n", "from cmath import sin\n")
    assert planted_in(lecture, edit, "import cmath\n\n\ndef slope(f, x, h):\n    return 0\n") is None


def test_what_is_planted_is_found_and_named(lecture, answers, monkeypatch, proof):
    """A real mistake, in real solutions of other hands."""
    monkeypatch.setattr("grader.proof.audit.other_hands.known_mistakes", chosen("exp-uses-input"))
    with examiner(lecture, 5, answers=answers) as judge:
        _in_other_hands(judge, alternatives(lecture, load()), proof)
    assert [(one.is_found, one.is_named) for one in proof.planted] == [(True, True)] * 3
    assert len({one.hand for one in proof.planted}) == 3
    assert proof.holes == []


def test_a_mistake_that_is_called_otherwise_there_is_a_hole(monkeypatch, proof):
    """So is one that costs nothing, and so are too many without a name."""
    made = [
        *(Planted("odd", "terse", True, ("odd",)) for _ in range(7)),
        Planted("odd", "loops", True, ("even",)),
        Planted("odd", "slots", False, ()),
    ]
    monkeypatch.setattr("grader.proof.audit.measuring.planted", lambda judge, others: iter(made))
    _in_other_hands(None, [], proof)
    assert NAMED * len(made) > 7
    assert proof.holes == [
        "odd, planted in loops, is called ('even',)",
        "odd, planted in slots, loses no points",
        "in other hands 7 of 9 mistakes are named",
    ]
    assert "  in other hands: 9 planted, 8 found, 7 named, 1 misnamed" in lecture_text(proof)


def test_what_stops_there_and_not_in_ours_is_not_this_mistake(lecture, answers, monkeypatch, proof):
    """Our wrong quotient makes its node as our engine does; engines that keep their graph otherwise cannot take it."""
    monkeypatch.setattr("grader.proof.audit.other_hands.known_mistakes", chosen("div-second-operand"))
    with examiner(lecture, 5, answers=answers) as judge:
        _in_other_hands(judge, alternatives(lecture, load()), proof)
    assert proof.planted
    assert [one for one in proof.planted if not (one.is_found and one.is_named)] == []


def test_nothing_is_planted_where_our_right_function_is_wrong(lecture, answers, monkeypatch, proof):
    """This engine's exponential is the other way up, and so is what its own exp makes of it."""
    engine = reference_sources(lecture)["engine.py"]
    shim = "class math:\n    exp, log, tanh = (lambda x: -real.exp(x)), real.log, real.tanh\n"
    for old, new in (
        ("import math\n", f"import math as real\n\n\n{shim}"),
        ("Value(math.exp(self.data)", "Value(-math.exp(self.data)"),
        ("self.grad += out.data * out.grad", "self.grad += out.data * (1 * out.grad)"),
    ):
        assert engine.count(old) == 1
        engine = engine.replace(old, new)
    other = as_submission("upside down", lecture, {**reference_sources(lecture), "engine.py": engine})
    monkeypatch.setattr("grader.proof.audit.other_hands.known_mistakes", chosen("exp-uses-input"))
    with examiner(lecture, 5, answers=answers) as judge:
        assert judge.examine(other).score == 100
        _in_other_hands(judge, [other], proof)
    assert proof.planted == []
