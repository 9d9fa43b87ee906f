"""Each step of a chain by itself: an early slip does not take the points of what follows, and hides no mistake."""

import pytest

from grader.course import load, reference_sources
from grader.judging import suite
from grader.judging.by_itself import ways_alone
from grader.judging.case import Case
from grader.judging.findings import BLOCKED, FAILED, PASSED
from grader.judging.mistakes import bounded
from grader.judging.mistakes.edits import exercises_of
from grader.judging.mistakes.known import edited_sources, known_mistakes
from grader.judging.subjects import Reference
from grader.judging.suite import Question, asked
from grader.sandbox.observation import RETURNED
from grader.submission import Submission

SEED = 5
CHAINS = load().lectures


def seen(subject: Reference, reference: Reference, questions: list[Question]) -> bool:
    """Whether one of these answers is not as expected."""
    pairs_of = ((p, inputs, subject.observe(p, inputs), reference.observe(p, inputs)) for p, inputs in questions)
    return any(not Case(*one).agrees for one in pairs_of)


@pytest.mark.course
@pytest.mark.parametrize("lecture", CHAINS, ids=lambda lecture: lecture.id)
def test_a_mistake_in_a_step_shows_in_the_step_by_itself(lecture):
    """Whatever mistake of an exercise a check sees, it also sees with stand-ins for the exercises before."""
    reference, effort = Reference(lecture), bounded.Effort(lecture)
    questions = [(test, asked(test, SEED), list(ways_alone(test, SEED))) for test in suite.tests_of(lecture)]
    blind = []
    for mistake in known_mistakes(lecture.id):
        for number, edits in enumerate(mistake.variants):
            for test, together, ways in questions:
                own = tuple(edit for edit in edits if test.exercise in exercises_of((edit,), lecture))
                if not ways or not own:
                    continue
                subject = bounded.Bounded(lecture, edited_sources(own, lecture, mistake.id), effort)  # some never end
                if seen(subject, reference, together) and not all(seen(subject, reference, way) for way in ways):
                    blind.append((mistake.id, number, test.name))
    assert blind == []


@pytest.mark.parametrize("lecture", CHAINS, ids=lambda lecture: lecture.id)
def test_our_solution_can_be_measured_by_itself(lecture):
    """Every stand-in fits what calls it."""
    reference = Reference(lecture)
    used = set()
    other = {f"lecture1_micrograd.{kind}_parameters" for kind in ("neuron", "layer", "mlp")}  # as they were drawn
    other |= {"lecture1_micrograd.gradients_after_zero_grad", "lecture2_bigram.precision_of_output"}  # 0, and a dtype
    other |= {"lecture1_micrograd.traced_graph", "lecture4_batchnorm.first_loss"}  # a graph, and a rounded number
    # how many numbers, by what they are multiplied, what moves; texts of a forward of ours; a block that says nothing
    alike = ("heads_size", "gpt_size", "dropped_in_block", "dropped_in_model", "evaluated_twice", "moved_outputs")
    texts = ("scripted_text", "drawn_text", "scripted_gpt", "drawn_gpt", "block_at_rest")
    other |= {f"lecture7_gpt.{name}" for name in (*alike, *texts)}
    for test in suite.tests_of(lecture):
        for way in ways_alone(test, SEED):
            for (probe, inputs), (by_itself, given) in zip(asked(test, SEED), way, strict=True):
                found = reference.observe(by_itself, given)
                assert found.kind == RETURNED, (test.name, found)
                used |= {probe.name} - {by_itself.name}
                if found.value != reference.observe(probe, inputs).value:
                    other.add(probe.name)
    assert used
    assert used <= other, "a stand-in computes something else"


@pytest.mark.parametrize(
    ("number", "change", "wrong", "after"),
    [
        (1, ("training.py", "(yout - ygt) ** 2", "(yout - ygt) ** 4"), "squared-error", ["train-mlp"]),
        (
            1,
            ("engine.py", "math.tanh(self", "0.9 * math.tanh(self"),
            "value-tanh",
            ["neuron", "layer", "mlp", "train-mlp"],
        ),
        (2, ("counts.py", "['.'] + list(word)", "list(word)"), "bigrams", ["count-bigrams", "average-nll"]),
        (
            2,
            ("neural.py", "logits = xenc @ W ", "logits = 2 * xenc @ W "),
            "net-probabilities",
            ["net-loss", "train-net"],
        ),
        (3, ("mlp.py", "return C[X] ", "return 2 * C[X] "), "embed", ["mlp-forward", "train-mlp-lm", "evaluate"]),
        (
            3,
            ("mlp.py", "h @ W2 + b2", "h @ W2"),
            "mlp-forward",
            ["train-mlp-lm", "evaluate", "sample-mlp", "rate-sweep"],
        ),
        (
            5,
            ("pieces.py", "return h.T @ dlogits", "return 2 * h.T @ dlogits"),
            "grad-output-layer",
            ["backward-by-hand"],
        ),
        (5, ("fused.py", "dlogits /= n ", "dlogits /= n + 1 "), "fused-cross-entropy", ["backward-by-hand"]),
        (5, ("training.py", "dlogits = cross", "dlogits = 2 * cross"), "backward-by-hand", ["train-by-hand"]),
    ],
)
def test_an_early_slip_costs_only_its_own_points(judge_of, number, change, wrong, after):
    """What comes after it in the chain is right by itself, counts, and says so."""
    lecture, (file, old, new) = load().lecture(str(number)), change
    sources = reference_sources(lecture)
    assert old in sources[file]
    sources[file] = sources[file].replace(old, new)
    submission = Submission("ada", lecture, {name: text.encode() for name, text in sources.items()})
    report = judge_of(lecture, SEED).examine(submission, [wrong, *after])
    assert report.status_of(wrong) == FAILED
    for exercise in after:
        assert report.status_of(exercise) == PASSED
        assert any(f.message.startswith(f"Right by itself, without {wrong},") for f in report.of_exercise(exercise))


def test_who_does_without_a_step_does_not_wait_for_it(judge_of):
    """The right spread is written where it is used, and the function that should give it is wrong."""
    lecture = load().lecture("4")
    sources = reference_sources(lecture)
    for file in ("initialisation.py", "batchnorm.py"):
        sources[file] = sources[file].replace('* kaiming_std(fan_in, "tanh")', "* (5 / 3) / fan_in**0.5")
    sources["initialisation.py"] = sources["initialisation.py"].replace("gain / fan_in**0.5", "gain / fan_in")
    submission = Submission("ada", lecture, {name: text.encode() for name, text in sources.items()})
    report = judge_of(lecture, SEED).examine(submission)
    assert [exercise.id for exercise in lecture.exercises if report.status_of(exercise.id) != PASSED] == ["kaiming-std"]


def test_what_is_wrong_by_itself_as_well_goes_on_waiting(judge_of):
    """A step that is wrong too gets no points, and is not blamed before the step that it needs is right."""
    lecture = load().lecture("3")
    sources = reference_sources(lecture)
    for old, new in (("return C[X] ", "return 2 * C[X] "), ("h @ W2 + b2", "h @ W2")):
        sources["mlp.py"] = sources["mlp.py"].replace(old, new)
    submission = Submission("ada", lecture, {name: text.encode() for name, text in sources.items()})
    report = judge_of(lecture, SEED).examine(submission, ["mlp-forward"])
    assert {(f.status, f.points, f.blocked_by) for f in report.findings} == {(BLOCKED, 0, "embed")}
