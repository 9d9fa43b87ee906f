"""Many inputs of a kind are tried; the smallest that fails is what one would write by hand, and always the same."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from grader.course import PROJECT, Lecture, load, reference_sources
from grader.inside import expressions, plain
from grader.inside.probe import each
from grader.inside.probes import lecture1_micrograd, lecture2_bigram
from grader.judging import suite, tried_test
from grader.judging.examiner import Examiner, examiner
from grader.judging.findings import BLOCKED, ERRORED, FAILED, FAULT, PASSED
from grader.judging.properties import arrays, indices, numbers, pool, programs
from grader.judging.properties.choices import POOL, WIDER, Simplest
from grader.judging.properties.simple import MOST
from grader.judging.subjects import Reference
from grader.judging.suite import PUBLIC, Test
from grader.proof.audit import as_submission
from grader.sandbox.observation import RETURNED
from grader.sandbox.sandboxed import Sandboxed

SEED = 7
SUM = "Value(self.data + other.data, "
PRODUCT = "Value(self.data * other.data, "
TO_LEFT, TO_RIGHT = "self.grad += other.data * out.grad", "other.grad += self.data * out.grad"
FORMS = {
    "+": ("x + y",), "n": ("x + n", "n + x", "x * n", "n * x"), "*": ("x + y", "x * y"), "-": ("x - y", "n - x", "-x"),
    "/": ("x / y", "x / n", "n / x", "x + y"), "**": ("x ** n", "x + y"), "exp": ("exp(x)", "x + y"),
    "log": ("log(x)", "x + y"), "tanh": ("tanh(x)", "x + y"), "relu": ("relu(x)", "x + y", "x * y"),
}  # fmt: skip


@pytest.fixture(scope="module")
def lectures() -> dict[int, Lecture]:
    return {lecture.number: lecture for lecture in load().lectures}


@pytest.fixture(scope="module")
def judge(lectures):
    with examiner(lectures[1], SEED) as made:
        yield made


class Counted(Reference):
    """Our solution with other files, which counts how often it is looked at."""

    def __init__(self, lecture, files):
        super().__init__(lecture, files)
        self.looks = 0

    def observe(self, probe, inputs):
        self.looks += 1
        return super().observe(probe, inputs)


def edited(lecture: Lecture, file: str, *edits: tuple[str, str]) -> dict[str, str]:
    """Our solution with these edits in one file."""
    sources = dict(reference_sources(lecture))
    for old, new in edits:
        assert old in sources[file]
        sources[file] = sources[file].replace(old, new)
    return sources


def a_test(function, lecture: Lecture, exercise: str, visibility: str = PUBLIC) -> Test:
    """A suite test that is made up here."""
    return Test(exercise, function.__name__, "", visibility, 1, (), False, function, {})


def tried(lecture: Lecture, sources: dict[str, str], probe, inputs) -> tried_test.Trial:
    """One `for_all` on our solution with some edits."""

    def test(for_all):
        for_all(probe, inputs)

    made = a_test(test, lecture, lecture.exercises[4].id)
    return tried_test.attempt(made, Reference(lecture, sources), Reference(lecture), SEED)


# ---- the smallest case


VALUES, GRADIENTS = lecture1_micrograd.values, lecture1_micrograd.gradients
ONE_STEP = {"steps": 1, "upstream": True}
AS_BY_HAND = [
    ("a node twice counts once", VALUES, programs("x + y"),
     (SUM, "Value(self.data + (other.data if other is not self else 0.0), "), "a = Value(1.0); b = a + a"),
    ("a sum of anything below 0 is 0", VALUES, programs("x + y"),
     (SUM, "Value(max(self.data + other.data, 0.0), "), "a = Value(-1.0); b = a + a"),
    ("the right one is below 0", VALUES, programs("x + y"),
     (SUM, "Value(self.data + max(other.data, 0.0), "), "a = Value(-1.0); b = a + a"),
    ("one Value besides another", VALUES, programs("x * y"),
     (PRODUCT, "Value(self.data * (other.data if other is self else 0.0), "),
     "a = Value(1.0); b = Value(1.0); c = b * a"),
    ("a number on the left", VALUES, programs("x * n", "n * x"),
     ("return self * other\n", "return self\n"), "a = Value(1.0); b = 2 * a"),
    ("half a gradient", GRADIENTS, programs("x * y", **ONE_STEP),
     (TO_LEFT, f"{TO_LEFT} / 2"), "a = Value(1.0); b = a * a    (the gradient of the result set to 2.0)"),
    ("a sign is lost", GRADIENTS, programs("x * y", **ONE_STEP),
     (TO_RIGHT, f"{TO_RIGHT.replace('self.data', 'abs(self.data)')}"),
     "a = Value(-1.0); b = a * a    (the gradient of the result set to 2.0)"),
    ("a power of a negative number", VALUES, programs("x ** n"),
     ("self.data**other", "abs(self.data)**other"), "a = Value(-1.0); b = a ** 3"),
    ("exp is cut off", VALUES, programs("exp(x)"),
     ("math.exp(self.data)", "math.exp(min(self.data, 2.5))"), "a = Value(3.0); b = exp(a)"),
    ("tanh is cut off", VALUES, programs("tanh(x)"),
     ("math.tanh(self.data)", "max(math.tanh(self.data), -0.9)"), "a = Value(-2.0); b = tanh(a)"),
    ("relu is leaky", VALUES, programs("relu(x)"),
     ("else 0.0, (self,)", "else 0.1 * self.data, (self,)"), "a = Value(-1.0); b = relu(a)"),
    ("equal numbers are one Value", GRADIENTS, programs("x + y", "x * y", steps=5),
     ("if v not in visited:\n                visited.add(v)", "if not (v.data in visited or visited.add(v.data)):"),
     "a = Value(1.0); b = a * a; c = a + b; c.backward()"),
    ("every use is visited", GRADIENTS, programs("x + y", "x * y", steps=5),
     ("if v not in visited:", "if True:"), "a = Value(1.0); b = a + a; c = b + b; c.backward()"),
    ("the first result gets no gradient", GRADIENTS, programs("x + y", "x * y", steps=5),
     ("self.grad = 1.0", "self.grad = 0.0"), "a = Value(1.0); b = a + a; b.backward()"),
]  # fmt: skip


@pytest.mark.parametrize(("probe", "inputs", "edit", "smallest"), [row[1:] for row in AS_BY_HAND],
                         ids=[row[0] for row in AS_BY_HAND])  # fmt: skip
def test_the_smallest_case_is_what_one_would_write_by_hand(lectures, probe, inputs, edit, smallest):
    """One operation, or two where it takes two, on the simplest numbers that show it."""
    case = tried(lectures[1], edited(lectures[1], "engine.py", edit), probe, inputs).first_wrong
    assert probe.show(**case.inputs) == smallest


def test_an_exception_has_a_smallest_case_too(lectures):
    """What raises is made as small as what is wrong."""
    raises = (SUM, "Value(self.data + other.data / (self.data != 2.0), ")
    case = tried(lectures[1], edited(lectures[1], "engine.py", raises), VALUES, programs("x + y")).first_wrong
    assert (case.yours.type, VALUES.show(**case.inputs)) == ("ZeroDivisionError", "a = Value(2.0); b = a + a")


def test_the_smallest_matrix_that_fails(lectures):
    """Totals of the columns instead of the rows show in two numbers."""
    inputs = arrays(xs=indices("n", below="V"), W=numbers("V C", "float32"))
    wrong = edited(lectures[2], "neural.py", ("counts.sum(1, keepdim=True)", "counts.sum(0, keepdim=True)"))
    case = tried(lectures[2], wrong, lecture2_bigram.net_output, inputs).first_wrong
    assert lecture2_bigram.net_output.show(**case.inputs) == (
        "xs = torch.tensor([0, 0]); W = torch.tensor([[1.0]]); probabilities(xs, W)"
    )


def test_a_right_solution_is_looked_at_once(lectures):
    """All inputs are measured together, and none alone."""
    subject = Counted(lectures[1], dict(reference_sources(lectures[1])))

    def test(for_all):
        for_all(VALUES, programs("x + y"))

    found = tried_test.attempt(a_test(test, lectures[1], "value-add"), subject, Reference(lectures[1]), SEED)
    assert (found.status, subject.looks, len(found.cases)) == (PASSED, 1, 1)


def test_a_search_has_an_end(lectures):
    """However the code goes wrong, it is looked at so many times for a test and no more."""
    odd = edited(lectures[1], "engine.py", (SUM, "Value(self.data + other.data + 1e-6 * hash(str(self.data)), "))
    subject = Counted(lectures[1], odd)

    def test(for_all):
        for_all(VALUES, programs("x + y"))

    found = tried_test.attempt(a_test(test, lectures[1], "value-add"), subject, Reference(lectures[1]), SEED)
    assert found.status == FAILED
    assert subject.looks <= 1 + MOST + WIDER


def test_nothing_is_looked_for_where_the_test_has_failed_already(lectures):
    """The case that somebody wrote down is small enough."""
    subject = Counted(lectures[1], edited(lectures[1], "engine.py", (SUM, "Value(self.data - other.data, ")))

    def test(agree, for_all):
        agree(VALUES, program="c = a + b", at={"a": 2.0, "b": -3.0})
        for_all(VALUES, programs("x + y"))

    found = tried_test.attempt(a_test(test, lectures[1], "value-add"), subject, Reference(lectures[1]), SEED)
    assert (len(found.cases), subject.looks) == (1, 1)


def test_nothing_is_made_smaller_for_a_test_that_waits(lectures):
    """Its case is shown to nobody, so one that fails is enough."""
    wrong = edited(lectures[1], "engine.py", (SUM, "Value(min(self.data + other.data, 4.0), "))

    def looks(is_waiting):
        def test(for_all):
            for_all(VALUES, programs("x + y"))

        subject = Counted(lectures[1], wrong)
        made = a_test(test, lectures[1], "value-add")
        found = tried_test.attempt(made, subject, Reference(lectures[1]), SEED, is_waiting=lambda: is_waiting)
        assert found.status == FAILED
        return subject.looks

    assert looks(is_waiting=True) < looks(is_waiting=False)


# ---- workers that are lost, and code that cannot make up its mind


def verdicts(judge: Examiner, sources: dict[str, str], exercise: str) -> dict[str, str]:
    report = judge.examine(as_submission("s", judge.lecture, sources), [exercise])
    return {finding.test: finding.status for finding in report.findings}


def test_a_worker_that_dies_while_a_case_is_made_smaller(judge, lectures):
    """The smallest case that was seen until then is the finding."""
    leaves = (
        "Value(self.data + other.data if other.data > -1.5 else 0.0 if self.data < 3.5 else __import__('os')._exit(1), "
    )
    for number in ("1.0", "2.0", "0.5"):
        leaves = leaves.replace("os')._exit(1)", f"os')._exit(1) if self.data != {number} else 0.0")
    sources = edited(lectures[1], "engine.py", (SUM, leaves))
    assert set(verdicts(judge, sources, "value-add").values()) <= {PASSED, FAILED, ERRORED}
    assert FAILED in verdicts(judge, sources, "value-add").values()


def test_a_worker_that_dies_on_every_sum(judge, lectures):
    """It ends in one finding for each check, and no fault."""
    sources = edited(lectures[1], "engine.py", (SUM, "Value(__import__('os')._exit(1), "))
    assert set(verdicts(judge, sources, "value-add").values()) == {ERRORED}


@pytest.mark.parametrize("often", [0.05, 0.5, 0.95])
def test_code_that_goes_wrong_by_chance(judge, lectures, often):
    """Whatever is seen once counts, and that it is not seen again is no fault of the kit."""
    by_chance = f"Value(self.data + other.data + (__import__('random').random() < {often}), "
    sources = edited(lectures[1], "engine.py", (SUM, by_chance))
    assert FAULT not in verdicts(judge, sources, "value-add").values()


# ---- what is tried


@pytest.mark.parametrize("forms", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("steps", [1, 4])
def test_programs_avoid_what_is_not_defined(lectures, forms, steps):
    """Our solution computes every one, without a pole, a root of a negative number, or an enormous result."""
    reference = Reference(lectures[1])
    for one in pool(programs(*forms, steps=steps), "some seed"):
        found = reference.observe(VALUES, one)
        assert found.kind == RETURNED
        assert all(abs(value) <= 60 for value in found.value.values())


@pytest.mark.parametrize("forms", [FORMS["*"], FORMS["/"]], ids=["products", "quotients"])
def test_programs_share_nodes_and_take_both_orders(forms):
    """Among those that are tried, a node is used twice, and an earlier and a later one stand on either side."""
    steps = [s for one in pool(programs(*forms), "s") for s in expressions.parse(one["program"], {})]
    pairs = [step.operands for step in steps if all(isinstance(x, str) for x in step.operands)]
    assert any(a == b for a, b in pairs)
    assert any(a < b for a, b in pairs)
    assert any(a > b for a, b in pairs)


def test_the_simplest_choices_make_the_simplest_inputs():
    """From there on, a smaller choice never makes a longer program."""
    assert programs("x + y")(Simplest()) == {"program": "b = a + a", "at": {"a": 1.0}}


def test_many_different_inputs_are_tried():
    """The same for the same seed, others for another, none twice, the simplest of all among them."""
    inputs = programs("x + y")
    one, other = pool(inputs, "one"), pool(inputs, "other")
    assert len({plain.encode(dict(each)) for each in one}) == len(one) == POOL
    assert list(one) != list(other)
    assert inputs(Simplest()) in one


def test_the_inputs_of_a_public_check_are_the_same_for_everybody():
    """Those of a hidden one come from the class seed."""

    def test(for_all): ...

    made = {visibility: a_test(test, load().lectures[0], "value-add", visibility) for visibility in (PUBLIC, "hidden")}
    assert made[PUBLIC].seed_of_all(1) == made[PUBLIC].seed_of_all(2)
    assert len({made["hidden"].seed_of_all(1), made["hidden"].seed_of_all(2), made[PUBLIC].seed_of_all(1)}) == 3


SIGNS = {
    "+": "value-add", "*": "value-mul", "-": "value-neg-sub", "neg": "value-neg-sub", "/": "value-div",
    "**": "value-pow", "exp": "value-exp", "log": "value-log", "tanh": "value-tanh", "relu": "value-relu",
}  # fmt: skip


def test_a_check_of_one_operation_depends_on_no_other(lectures):
    """Every program that is tried for an exercise is made of its own operation and of what its test waits for."""
    asked = []
    for test in suite.tests_of(lectures[1]):

        def for_all(probe, inputs, count=POOL, test=test):
            for one in pool(inputs, "any"):
                signs = {SIGNS[s.sign] for s in expressions.parse(one["program"], lecture1_micrograd.METHODS)}
                asked.append((test, signs))

        ways = dict.fromkeys(("agree", "at_most"), lambda *args, **inputs: None)
        test.run({**ways, "for_all": for_all}, SEED)
    assert len({test.exercise for test, _ in asked}) == 11
    for test, signs in asked:
        own = {test.exercise, *test.needs, *load().exercise(test.exercise).needs * (test.exercise == "value-backward")}
        assert signs <= own, test.name


# ---- correct engines


WAYS = {
    SUM: (SUM, "Value(other.data + self.data, ", "Value(-(-self.data - other.data), "),
    TO_LEFT: (TO_LEFT, "self.grad = self.grad + out.grad * other.data", "self.grad -= -other.data * out.grad"),
    TO_RIGHT: (TO_RIGHT, "other.grad = out.grad * self.data + other.grad"),
    "other * self.data ** (other - 1) * out.grad": (
        "other * self.data ** (other - 1) * out.grad", "other * (self.data**other / self.data) * out.grad"),
    "return self * other**-1\n": (
        "return self * other**-1\n", "return (other * self**-1) ** -1\n", "return other**-1 * self\n"),
    "return self + (-other)\n": ("return self + (-other)\n", "return -other + self\n", "return -(other + -self)\n"),
    "return (-self) + other\n": ("return (-self) + other\n", "return other + self * -1\n"),
    "math.exp(self.data)": ("math.exp(self.data)", "1 / math.exp(-self.data)", "math.exp(self.data / 2) ** 2"),
    "(1 / self.data) * out.grad": ("(1 / self.data) * out.grad", "out.grad / self.data"),
    "math.tanh(self.data)": (
        "math.tanh(self.data)", "(math.exp(2 * self.data) - 1) / (math.exp(2 * self.data) + 1)"),
    "(1 - out.data**2) * out.grad": (
        "(1 - out.data**2) * out.grad", "(1 - out.data) * (1 + out.data) * out.grad",
        "4 / (math.exp(self.data) + math.exp(-self.data)) ** 2 * out.grad"),
    "self.data if self.data > 0 else 0.0": ("self.data if self.data > 0 else 0.0", "max(self.data, 0)"),
    "(self.data > 0) * out.grad": ("(self.data > 0) * out.grad", "(self.data >= 0) * out.grad"),
    "for child in v._prev:": ("for child in v._prev:", "for child in reversed(v._prev):", "for child in set(v._prev):"),
}  # fmt: skip


@pytest.mark.parametrize("number", range(60))
def test_a_correct_engine_passes_however_it_is_written(judge, lectures, number):
    """Every operation in one of its usual ways, mixed by chance: all points."""
    chance = random.Random(number)
    sources = edited(lectures[1], "engine.py", *((old, chance.choice(ways)) for old, ways in WAYS.items()))
    ids = [exercise.id for exercise in lectures[1].exercises if exercise.file == "engine.py"]
    report = judge.judge(as_submission("s", lectures[1], sources), Reference(lectures[1], sources), ids)
    assert [f"{f.test}: {f.message}" for f in report.findings if f.status != PASSED] == []


# ---- always the same, and light


PROGRAM = """
import sys
from grader.course import load, reference_sources
from grader.inside.probes import lecture1_micrograd as probes
from grader.judging.properties import pool, programs
from grader.judging.subjects import Reference
from grader.judging import tried_test
from grader.judging.suite import Test
lecture = load().lectures[0]
sources = dict(reference_sources(lecture))
sources["engine.py"] = sources["engine.py"].replace("if v not in visited:", "if True:")
inputs = programs("x + y", "x * y", steps=5)
def test(for_all):
    for_all(probes.gradients, inputs)
made = Test("value-backward", "t", "", "hidden", 1, (), False, test, {})
found = tried_test.attempt(made, Reference(lecture, sources), Reference(lecture), 5)
print(pool(inputs, "seed"), len(found.cases), dict(found.first_wrong.inputs))
"""


def printed(folder: Path, hash_seed: str, before: str = "") -> str:
    """What the program prints in a process of its own that stands in this folder."""
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-c", before + PROGRAM]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def test_the_same_inputs_and_the_same_smallest_case_everywhere(tmp_path):
    """Whatever the hash seed, the folder, and the numbers in other modules; and nothing is left behind."""
    (tmp_path / "mine.py").write_text("A = [1, 2, 3, 4, 5, 6, 7, 100, 101, 102, 103]\n")
    empty = tmp_path / "empty"
    empty.mkdir()
    first = printed(empty, "0")
    assert " 1 {'program': " in first
    assert printed(empty, "1") == first
    assert printed(tmp_path, "2", before="import sys; sys.path.insert(0, '.'); import mine\n") == first
    assert list(empty.iterdir()) == []
    assert not (tmp_path / ".hypothesis").exists()


def test_a_wrong_engine_through_the_worker(judge, lectures):
    """The student reads the smallest expression with its numbers, and what is blocked says so."""
    wrong = (SUM, "Value(self.data + (other.data if other is not self else 0.0), ")
    sources = edited(lectures[1], "engine.py", wrong)
    report = judge.examine(as_submission("s", lectures[1], sources), ["value-add", "value-reflected"])
    first = report.of_exercise("value-add")[0]
    assert (first.difference.inputs, first.difference.yours, first.difference.expected) == (
        "a = Value(1.0); b = a + a", "1.0", "2.0",
    )  # fmt: skip
    assert {f.status for f in report.of_exercise("value-reflected")} <= {PASSED, BLOCKED}


def test_a_worker_gives_the_same_as_the_reference_for_many_inputs_at_once(judge, lectures):
    """Measuring together is no other measurement."""
    many = list(pool(programs("x + y", "x * y"), "s"))
    subject = Sandboxed(judge.box, dict(reference_sources(lectures[1])))
    together = subject.observe(each(GRADIENTS), {"each": many})
    alone = [subject.observe(GRADIENTS, one).value for one in many]
    subject.end()
    assert together.value == alone


def test_a_wrong_order_of_sweep_is_seen_whatever_the_seed_of_the_class(lectures):
    """On few expressions it shows; the hidden check asks for so many that its mark is no matter of luck."""
    (test,) = [t for t in suite.tests_of(lectures[1]) if t.name == "gradients_of_fresh_expressions"]
    folder = PROJECT / "tests" / "submissions" / "lecture1_micrograd" / "wrong_topological_order"
    student = Reference(lectures[1], {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.py")})
    ours = Reference(lectures[1])
    trials = [tried_test.attempt(test, student, ours, seed, is_waiting=lambda: True) for seed in range(12)]
    assert [found.status for found in trials] == [FAILED] * 12
