"""The probes of lecture 9: which engine is measured with, what is read of what comes back, how work is counted."""

import math
import random
from types import SimpleNamespace

import pytest

from grader.course import load, reference_sources
from grader.inside.modules import Modules
from grader.inside.probe import NotAsStated
from grader.inside.probes import lecture9_microgpt as probes
from grader.inside.probes.lecture9_microgpt import at_hand
from grader.inside.probes.lecture9_microgpt.abacus import Value
from grader.inside.probes.lecture9_microgpt.gpt import OPERATIONS
from grader.inside.probes.lecture9_microgpt.shared import model_of
from grader.inside.probes.lecture9_microgpt.training import Script
from grader.judging.examiner import Examiner
from grader.submission import Submission

LECTURE = load().lecture("lecture9_microgpt")
ENGINE = reference_sources(load().lecture("lecture1_micrograd"))["engine.py"]
WRONG = ENGINE.replace("self.grad += other.data * out.grad", "self.grad = other.data * out.grad")
NAMES = ("autograd", "blocks", "gpt", "training")
FILES = reference_sources(LECTURE)


@pytest.fixture
def with_engine():
    """A function that gives our modules, beside an engine if there is one."""
    opened = []

    def modules(engine: str | None = None) -> SimpleNamespace:
        files = FILES if engine is None else {**FILES, "engine.py": engine}
        context = Modules(LECTURE.id, files).fresh(NAMES)
        opened.append(context)
        return SimpleNamespace(**context.__enter__())

    yield modules
    for context in reversed(opened):
        context.__exit__(None, None, None)


# ---- which engine


def test_without_an_engine_it_is_the_kits(with_engine):
    with at_hand.engine(with_engine().gpt) as make:
        assert make is Value


def test_a_right_engine_is_used_in_every_module(with_engine):
    """The student's own, wherever the name is known, and what it measures is what the kit's measures."""
    modules, given = with_engine(ENGINE), {"tokens": [4, 0, 2, 4], "sizes": [5, 4, 4, 1], "n_head": 2, "seed": 3}
    with at_hand.engine(modules.gpt) as make:
        assert make.__module__ == f"{LECTURE.id}.engine"
        assert modules.gpt.Value is modules.autograd.Value is make
    found = probes.losses.measure(modules.gpt, **given)
    expected = probes.losses.measure(with_engine().gpt, **given)
    assert found["losses"] == pytest.approx(expected["losses"], abs=1e-12)
    for yours, ours in zip(found["layers[0].wk.grad"], expected["layers[0].wk.grad"], strict=True):
        assert yours == pytest.approx(ours, abs=1e-12)


@pytest.mark.parametrize(
    "engine",
    [
        WRONG,
        ENGINE.replace("def relu", "def rectified"),
        ENGINE.replace("return self + other", 'raise NotImplementedError("value-reflected")'),
        "class Value:\n    def __init__(self, data):\n        self.data = data\n",
    ],
    ids=["a gradient", "a method", "a stub", "nothing"],
)
def test_a_wrong_engine_costs_nothing(with_engine, engine):
    """The kit's is put in its place, and taken away again."""
    modules = with_engine(engine)
    own = modules.autograd.Value
    with at_hand.engine(modules.gpt) as make:
        assert make is modules.gpt.Value is modules.autograd.Value is Value
    assert modules.gpt.Value is own is not Value
    given = {"doc": "ada", "n_head": 2, "seed": 1}
    assert probes.work.measure(modules.gpt, **given)["loss"] == probes.work.measure(with_engine().gpt, **given)["loss"]


def test_a_student_is_told_of_a_wrong_engine_and_of_much_work(judge_of):
    """Beside what the code prints; all the points are there."""
    slow = FILES["gpt.py"].replace(
        "losses = doc_losses(tokens", "for _ in range(11):\n        losses = doc_losses(tokens"
    )
    judge: Examiner = judge_of(LECTURE, 1)
    for files, told in (
        ({**FILES, "engine.py": WRONG}, "a gradient of yours is not right"),
        ({**FILES, "gpt.py": slow}, f"Values were made; {OPERATIONS:,} are enough"),
        ({**FILES, "engine.py": ENGINE}, ""),
    ):
        submission = Submission("ada", LECTURE, {name: text.encode() for name, text in files.items()})
        report = judge.examine(submission, ["doc-loss"])
        assert {finding.status for finding in report.findings} == {"passed"}
        printed = "".join(finding.printed for finding in report.findings)
        assert told in printed
        assert bool(printed) == bool(told)


def test_the_kits_own_process_prints_nothing(with_engine, capsys):
    """There is nobody to be told."""
    with at_hand.engine(with_engine(WRONG).gpt):
        at_hand.tell_if_many(10**9, 1)
    assert capsys.readouterr().out == ""


# ---- the kit's engine


@pytest.mark.parametrize("seed", range(5))
def test_the_kits_engine_gives_the_slopes_of_nudges(seed):
    """Of all that it knows, used several times."""

    def result(numbers):
        a, b, c = made = [Value(number) for number in numbers]
        d = (a * b - 2 * c) / (b * b + 1) + (3 - a) ** 2 + 1 / (c * c + 1) + (a - b).relu()
        return made, d * (d * 0.1 - 1).exp() + (d * d + 1).log() / 2 - (-d) / a

    rng, h = random.Random(seed), 1e-6
    numbers = [rng.uniform(0.5, 2) for _ in range(3)]
    made, last = result(numbers)
    last.backward()
    for i, value in enumerate(made):
        above, below = ([*numbers[:i], numbers[i] + sign * h, *numbers[i + 1 :]] for sign in (1, -1))
        assert value.grad == pytest.approx((result(above)[1].data - result(below)[1].data) / (2 * h), abs=1e-6)


def test_the_kits_engine_goes_deep_without_recursion():
    """And adds up what arrives by several ways."""
    first = last = Value(1.0)
    for _ in range(20_000):
        last = last + 0.5
    (last + first).backward()
    assert first.grad == 2.0
    assert (repr(Value(2.0)), Value(math.e).log().data) == ("Value(2.0)", 1.0)


# ---- how much work, and what is drawn


def test_the_statement_says_how_much_work_ours_is(with_engine):
    """What a probe, a docstring and a page say is what is counted."""
    counted = probes.work.measure(with_engine().gpt, doc="emma", n_head=2, seed=13)["Values made"]
    assert counted == OPERATIONS
    assert f"{OPERATIONS:,} Values" in FILES["gpt.py"]
    assert counted < probes.work.measure(with_engine(ENGINE).gpt, doc="emma", n_head=2, seed=13)["Values made"]
    assert probes.work.conclude({"loss": 1.0, "Values made": 5}) == {"loss": 1.0}


def test_a_model_of_the_probes_has_the_shapes_of_ours(with_engine):
    modules, sizes = with_engine(), (5, 3, 4, 2)
    built, ours = model_of(Value, sizes, 1), modules.gpt.make_model(*sizes, random.Random(1))
    assert list(map(list, built["layers"])) == list(map(list, ours["layers"]))
    assert len(modules.gpt.parameters_of(built)) == len(modules.gpt.parameters_of(ours))


def test_given_draws_note_their_weights_in_every_form():
    """Weights, cumulative weights, or none; a draw too many ends the measurement."""
    script = Script([1, 0, 2])
    assert script.choices(range(3), weights=[1, 1, 2]) == [1]
    assert script.choices("abc", cum_weights=[1, 2, 4]) == ["a"]
    assert script.choices([5, 6, 7]) == [7]
    assert script.shares == [[0.25, 0.25, 0.5], [0.25, 0.25, 0.5], [1 / 3] * 3]
    with pytest.raises(NotAsStated, match="after 3 draws the name was complete"):
        script.choices(range(3))


def test_weights_that_are_values_are_told(with_engine):
    """rng.choices itself refuses them, and so does the probe where it would not."""
    with pytest.raises((TypeError, NotAsStated)):
        Script([0]).choices(range(2), weights=[Value(1.0), Value(2.0)])
