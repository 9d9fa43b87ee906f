"""What a suite test asks is made up once, and is the same for every submission."""

from grader.course import load
from grader.inside.probes import lecture1_micrograd as probes
from grader.judging import steps, suite
from grader.judging.properties import programs
from grader.judging.suite import HIDDEN, Test, steps_of


def a_test(function) -> Test:
    return Test("value-add", function.__name__, "", HIDDEN, 1, (), False, function, {})


def test_a_test_function_is_called_once_for_each_seed():
    """Whoever asks later gets the very same questions, with their inputs written already."""
    called = []

    def test(agree, draw):
        called.append(draw.number(1, 9))
        agree(probes.text_of_value, data=called[-1])

    made = a_test(test)
    first, again, other = suite.asked(made, 1), suite.asked(made, 1), suite.asked(made, 2)
    assert len(called) == 2
    assert first == again
    assert first[0][1] is again[0][1]
    assert other[0][1] != first[0][1]


def test_two_tests_of_one_name_are_two():
    """A test is itself, whatever it is called."""

    def test(agree):
        agree(probes.text_of_value, data=1.0)

    assert steps_of(a_test(test), 1) is not steps_of(a_test(test), 1)


def test_steps_come_in_the_order_in_which_the_test_takes_them():
    """One measurement, many together, and where their smallest is sought."""

    def test(for_all, agree):
        agree(probes.text_of_value, data=1.0)
        for_all(probes.gradients, programs("x + y"), count=5)

    one, many = steps_of(a_test(test), 1)
    assert isinstance(one, steps.Agree)
    assert isinstance(many, steps.ForAll)
    probe, together = many.together
    assert probe.name == "lecture1_micrograd.gradients.each"
    assert len(together["each"]) == 5
    assert {inputs.encoded for inputs in many.wider} <= {inputs.encoded for inputs in many.candidates}


def test_inputs_that_are_made_up_anew_are_the_same():
    """They depend on nothing but the seed."""
    lecture = load().lectures[0]
    kept = [(probe.name, inputs) for probe, inputs in suite.questions(lecture, 7)]
    steps_of.cache_clear()
    assert [(probe.name, inputs) for probe, inputs in suite.questions(lecture, 7)] == kept
