"""A mistake in a function that a measurement does not run is not tried: such a copy gives what our solution gives."""

import random
from dataclasses import replace

import pytest

from grader.course import load, reference_sources
from grader.inside.probes import lecture1_micrograd as probes
from grader.judging.mistakes.edited import Edited
from grader.judging.mistakes.known import edit
from grader.judging.mistakes.unreached import bodies_of, cannot_show
from grader.judging.sketches import sketch
from grader.judging.suite import steps_of
from grader.judging.suite import tests_of as suite_of
from grader.sandbox.observation import Asked

LECTURE = load().lecture("lecture1_micrograd")
LECTURES = [one.id for one in load().lectures]
SEED = 3
ADD = "self.data + other.data"
COUNTED = "lecture8_tokenizer.work_of_training"
FEW = 4  # copies that are run for each question, though they need not be


@pytest.mark.parametrize("id", [LECTURES[0], *(pytest.param(id, marks=pytest.mark.course) for id in LECTURES[1:])])
def test_what_cannot_show_gives_what_our_solution_gives(id):
    """Whatever is asked: copies that are left out, drawn by lot, are run after all."""
    lecture, lot = load().lecture(id), random.Random(SEED)
    copies = Edited(lecture)
    ways = [way for mistake in copies.known for way in copies.ways(mistake)]
    steps = [step for test in suite_of(lecture) for step in steps_of(test, SEED)]
    compared = 0
    for probe, inputs in ((probe, Asked.of(inputs)) for step in steps for probe, inputs in step.questions):
        run, ours = copies.effort.of(probe, inputs), sketch(copies.effort.observe(probe, inputs))
        left_out = [way for way in ways if cannot_show(bodies_of(copies.edits[way], lecture), run)]
        for way in lot.sample(left_out, min(FEW, len(left_out))):
            assert sketch(way.glance(probe, inputs)) == ours, (probe.name, dict(inputs))
            compared += 1
    assert compared > 2 * len(steps)


@pytest.fixture(scope="module")
def run_of_a_sum():
    return Edited(LECTURE).effort.of(probes.values, Asked({"program": "c = a + b", "at": {"a": 2.0, "b": -3.0}}))


def test_what_runs_may_show_and_what_does_not_run_cannot(run_of_a_sum):
    """A sum runs no product, and runs the sum."""
    here = bodies_of(edit("engine.py", ADD, f"{ADD} + 1"), LECTURE)
    there = bodies_of(edit("engine.py", "self.data * other.data", "self.data"), LECTURE)
    assert here
    assert there
    assert not cannot_show(here, run_of_a_sum)
    assert cannot_show(there, run_of_a_sum)


def test_a_measurement_that_looks_at_lines_itself_hides_what_runs(run_of_a_sum):
    """Then nothing is left out: lecture 8 counts the lines that run for the encoding of a text."""
    there = bodies_of(edit("engine.py", "self.data * other.data", "self.data"), LECTURE)
    assert not cannot_show(there, replace(run_of_a_sum, is_whole=False))
    effort = Edited(load().lecture("lecture8_tokenizer")).effort
    steps = [step for test in suite_of(effort.lecture) for step in steps_of(test, SEED)]
    runs = [effort.of(*one) for step in steps for one in step.questions if one[0].name == COUNTED]
    assert runs
    assert not any(run.is_whole for run in runs)


HEAD = "    def __add__(self, other):\n"
OUTSIDE = {
    "a head": (HEAD, "    def __add__(self, other=0):\n"),
    "a name": (HEAD, "    def __radd__(self, other):\n"),
    "a decorator": (HEAD, f"    @staticmethod\n{HEAD}"),
    "what stands between functions": (HEAD, f"    added = 0\n\n{HEAD}"),
    "what is moved out of the function": (f"out = Value({ADD}", f"pass\n    out = Value({ADD}"),
}


@pytest.mark.parametrize("what", OUTSIDE)
def test_what_happens_where_no_function_is_called_is_never_left_out(what):
    """A head, a decorator, a class: these run when the module is imported."""
    old, new = OUTSIDE[what]
    source = reference_sources(LECTURE)["engine.py"]
    head = next(line for line in source.splitlines(keepends=True) if line.startswith("    def __add__("))
    assert bodies_of(edit("engine.py", old.replace(HEAD, head), new.replace(HEAD, head)), LECTURE) is None
