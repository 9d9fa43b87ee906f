"""Mutants of the reference: what they are, that a suite which does not look is found out, that the lists are true."""

import re
import subprocess
import sys
from dataclasses import replace
from functools import cache

import pytest
from click.testing import CliRunner

from grader.cli import cli
from grader.course import PROJECT, load, reference_sources
from grader.course.stubs import stub_of
from grader.errors import UsageError
from grader.judging.examiner import examiner
from grader.judging.suite import HIDDEN, PUBLIC
from grader.proof import mutants
from grader.proof.mutants import equivalents, making
from grader.proof.mutants.trying import LIMITS, SEED, Outcome, first_failing, in_order

LECTURES = pytest.mark.parametrize("lecture", load().lectures, ids=lambda lecture: lecture.id)


all_mutants = cache(making.mutants_of)


def mutant_of(lecture, exercise, becomes):
    """The one mutant of an exercise whose changed line holds this text."""
    (found,) = [m for m in all_mutants(lecture) if m.exercise == exercise and becomes in m.becomes]
    return found


@LECTURES
def test_mutants_change_solutions_and_nothing_else(lecture):
    """Whatever is outside the regions, statements and signatures too, is the same in every mutant."""
    sources = reference_sources(lecture)
    found = all_mutants(lecture)
    assert len(found) > 200
    assert len({mutant.key for mutant in found}) == len(found)
    for mutant in found:
        assert mutant.source != sources[mutant.file]
        assert stub_of(mutant.source) == stub_of(sources[mutant.file])


def test_a_mutant_is_known_by_its_change_and_not_by_its_place(lecture, monkeypatch):
    """A line more at the top of each file changes no name."""
    moved = {name: f"# a line more\n{source}" for name, source in reference_sources(lecture).items()}
    monkeypatch.setattr(making, "reference_sources", lambda lecture: moved)
    assert [mutant.key for mutant in making.mutants_of(lecture)] == [mutant.key for mutant in all_mutants(lecture)]


@LECTURES
def test_every_exercise_with_something_to_change_has_mutants(lecture):
    """None is left out because its region was not seen."""
    code = {exercise.id for exercise in lecture.exercises if not exercise.is_data}
    assert code - {mutant.exercise for mutant in all_mutants(lecture)} <= {
        "value-repr",
        "index-rows",
        "embed",
        "encode",
    }


@LECTURES
def test_the_list_of_equivalents_names_mutants_that_there_are(lecture):
    """Where the reference moves on, an entry that is left behind is a hole."""
    assert set(equivalents.listed(lecture)) <= {mutant.key for mutant in all_mutants(lecture)}


def test_a_sample_is_tried_in_processes_of_its_own(lecture):
    """Each is killed, or listed as one that cannot be; the table counts them."""
    survey, arrived = mutants.survey(lecture, 4), []
    survey.run(2, arrived.append)
    assert sorted(o.mutant.key for o in arrived) == sorted(mutant.key for mutant in survey.chosen)
    assert survey.holes == []
    assert re.search(r"^  together +4 ", mutants.survey_text(survey), re.MULTILINE)


@pytest.mark.audit
def test_the_command_tries_a_sample(lecture):
    """In processes of its own: a table, progress on the other stream, and exit code 0 if there is no hole."""
    done = subprocess.run(
        [sys.executable, "-m", "grader", "audit", "--mutants", lecture.id, "--sample", "12", "--jobs", "2"],
        capture_output=True, text=True, timeout=200, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "Sound: no holes found."), done.stdout + done.stderr
    assert re.search(r"^  together +12 ", done.stdout, re.MULTILINE)
    assert "tried 12 of 12" in done.stderr
    assert re.search(rf"^{lecture.id}: 12 of \d+ edits of \d+ correct solutions", done.stdout, re.MULTILINE)
    assert "judged 12 of 12" in done.stderr


@pytest.fixture
def judge(lecture):
    with examiner(lecture, SEED, LIMITS) as made:
        yield made


def test_the_unchanged_reference_survives(judge, lecture):
    """If it did not, every mutant would be killed for nothing."""
    assert first_failing(judge, {}, in_order(lecture, "slope")) is None


def test_a_suite_that_does_not_look_lets_a_mutant_live(judge, lecture):
    """relu that is flat up to 1 is seen by the checks with numbers below 1; without them it would live."""
    mutant = mutant_of(lecture, "value-relu", "if self.data > 1 else 0.0")
    files, tests = {mutant.file: mutant.source}, in_order(lecture, "value-relu")
    assert first_failing(judge, files, tests).exercise == "value-relu"
    blind = [test for test in tests if test.exercise == "value-relu" and first_failing(judge, files, [test]) is None]
    assert blind
    assert first_failing(judge, files, blind) is None


def test_a_mutant_that_never_ends_is_killed(judge, lecture):
    """And costs a second or two, not the time limit of a submission."""
    source = reference_sources(lecture)["derivatives.py"]
    endless = source.replace("### BEGIN SOLUTION slope", "while True: pass")
    assert first_failing(judge, {"derivatives.py": endless}, in_order(lecture, "slope")).exercise == "slope"


def test_checks_are_tried_from_near_to_far_and_public_ones_first(lecture):
    """The exercise's own, then those of the exercises that need it, then the others; the hidden ones alike."""
    tests = in_order(lecture, "neuron")
    places = [(test.visibility, test.exercise) for test in tests]
    near = list(dict.fromkeys(places))
    assert near[:3] == [(PUBLIC, "neuron"), (PUBLIC, "layer"), (PUBLIC, "mlp")]
    assert [v for v, _ in places] == sorted((v for v, _ in places), key=(PUBLIC, HIDDEN).index)
    assert near[near.index((HIDDEN, "neuron")) + 1] == (HIDDEN, "layer")


def test_a_survivor_and_an_untrue_entry_are_holes(lecture):
    """A survivor without a reason; an entry that a check kills; an entry for which there is no mutant."""
    survey = mutants.survey(lecture)
    alive, killed, explained = survey.mutants[:3]
    survey.reasons = {killed.key: "wrong", explained.key: "right", ("slope", "x = 1", "x = 2", 1): "old"}
    survey.outcomes = [Outcome(alive), Outcome(killed, "slope_of_the_lectures_parabola", PUBLIC), Outcome(explained)]
    assert [survey.kind(outcome) for outcome in survey.outcomes] == ["survived", "public", "equivalent"]
    assert [(hole.what, hole.line) for hole in survey.holes] == [
        ("no check sees this change", alive.line),
        ("listed as equivalent, and killed by slope_of_the_lectures_parabola", killed.line),
        ("listed as equivalent, and there is no such mutant", "x = 1"),
    ]
    text = mutants.survey_text(survey)
    assert re.search(r"^  together +3 +1 +0 +1 +1$", text, re.MULTILINE)
    assert f"slope: no check sees this change   reference/{lecture.id}/derivatives.py:{alive.number}" in text
    assert f"        - {alive.line}\n        + {alive.becomes}" in text


def test_a_sample_is_the_same_every_time_and_spread_out(lecture):
    """It does not begin with the first exercises, and a larger one holds the smaller one."""
    small, large = (mutants.survey(lecture, size).chosen for size in (20, 60))
    assert small == mutants.survey(lecture, 20).chosen
    assert set(small) < set(large)
    assert len({mutant.file for mutant in small}) > 2


ENTRY = """[[equivalent]]
exercise = "slope"
line = "return (f(x + h) - f(x)) / h"
becomes = ["one", "two"]
reason = "because"
"""


@pytest.fixture
def written(lecture, tmp_path, monkeypatch):
    """Write a list of equivalents for lecture 1."""
    course = replace(load(), folders=replace(load().folders, lectures=tmp_path))
    monkeypatch.setattr(equivalents, "load", lambda: course)
    (tmp_path / lecture.id).mkdir()
    return (tmp_path / lecture.id / "equivalent.toml").write_text


def test_a_list_of_equivalents_is_read(lecture, written):
    """Each thing that a line may become is a mutant of its own."""
    written(ENTRY + "occurrence = 2\n")
    line = "return (f(x + h) - f(x)) / h"
    assert equivalents.listed(lecture) == dict.fromkeys(
        [("slope", line, "one", 2), ("slope", line, "two", 2)], "because"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("equivalent = 3", "lecture1_micrograd/equivalent.toml is not a list of equivalent mutants"),
        ("[[equivalent]", "lecture1_micrograd/equivalent.toml is not a list of equivalent mutants"),
        (ENTRY.replace('reason = "because"', ""), "entry 1 needs exercise, line, becomes, reason; reason is missing"),
        (ENTRY.replace('["one", "two"]', '"one"'), "becomes is missing or not of the right kind"),
        (ENTRY * 2, "entry 2: slope has this mutant already: one"),
    ],
)
def test_a_list_that_cannot_be_read_is_one_sentence(lecture, written, text, said):
    """It says which file and which entry."""
    written(text)
    with pytest.raises(UsageError, match=re.escape(said)):
        equivalents.listed(lecture)


def test_without_mutmut_the_way_out_is_said(monkeypatch):
    """One sentence with the command, and exit code 2."""
    monkeypatch.setattr(making, "find_spec", lambda name: None)
    done = CliRunner().invoke(cli, ["audit", "--mutants", "1"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "pip install -e '.[audit]'" in done.stderr


def test_options_of_mutants_need_mutants():
    """A sample of nothing is a slip of the author's."""
    done = CliRunner().invoke(cli, ["audit", "--sample", "5"])
    assert (done.exit_code, "belong to --mutants" in done.stderr) == (2, True)


def test_mutmut_is_an_extra_of_the_project():
    """What the sentence tells to install is there, and the tests install it too."""
    extras = (PROJECT / "pyproject.toml").read_text(encoding="utf-8").partition("[project.optional-dependencies]")[2]
    assert extras.partition("[project.scripts]")[0].count("mutmut>=") == 2
