"""The course is sound, and the audit can see when it is not."""

import json
import math
import subprocess
import sys
import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli import cli
from grader.course import load, reference_sources
from grader.course.stubs import stubs_of
from grader.errors import Fault
from grader.judging import suite
from grader.judging.examiner import examiner
from grader.judging.findings import BLOCKED, PASSED, TODO
from grader.judging.mistakes.known import Edit, Misconception, edited_sources, known_mistakes
from grader.proof import audit
from grader.proof.audit import Proof, measuring
from grader.proof.audit.margins import ROOM, margins
from grader.proof.audit.record import Alternative, Mistake, Room, Stubs, Way
from grader.proof.mutants import Survey
from grader.proof.mutants.making import mutants_of
from grader.proof.mutants.trying import Outcome

CATALOGUE = tomllib.loads((Path(__file__).parent / "catalogue.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("lecture", load().lectures, ids=lambda lecture: lecture.id)
def test_every_mistake_of_the_catalogue_is_known(lecture):
    """None is missing, and none goes by another name."""
    known = [mistake.id for mistake in known_mistakes(lecture.id)]
    assert set(CATALOGUE[lecture.id]) <= set(known)
    assert len(known) == len(set(known))


@pytest.mark.audit
@pytest.mark.parametrize("lecture", load().lectures, ids=lambda lecture: lecture.id)
def test_the_course_has_no_holes(lecture):
    """Stubs, reference, alternatives, the confusion matrix and the margins of every tolerance."""
    proof = audit.measure(load(), lecture)
    assert proof.holes == []
    known = [mistake.id for mistake in known_mistakes(lecture.id)]
    assert [mistake.id for mistake in proof.mistakes] == known
    assert (proof.named, proof.confused, proof.reference) == (len(known), 0, 100)
    assert min(proof.below, proof.above) >= 10
    told = {line.split()[0] for line in audit.lecture_text(proof).splitlines()}
    assert set(known) <= told


def empty_proof(lecture):
    """A record of which nothing has been measured yet."""
    return Proof(lecture.id, "process", len(lecture.exercises), len(suite.tests_of(lecture)), lecture.points)


@pytest.fixture
def judge(lecture):
    with examiner(lecture, 3) as made:
        yield made


def test_stubs_get_nothing(judge, lecture):
    """Every finding on the untouched stubs is todo or blocked, and the exit code says that something is left."""
    report = judge.examine(audit.as_submission("stubs", lecture, stubs_of(lecture), {}))
    assert (report.score, report.exit_code) == (0, 1)
    assert {finding.status for finding in report.findings} == {TODO, BLOCKED}


def test_an_unnamed_mistake_is_a_hole(judge, lecture, monkeypatch):
    """A misconception that its variants do not show is reported by the audit."""
    odd = Misconception("odd", "Odd.", "Odd?", ((Edit("engine.py", "Value(data={self.data})", "Value({self.data})"),),))
    monkeypatch.setattr(measuring, "known_mistakes", lambda id: (odd,))
    proof = empty_proof(lecture)
    measuring._matrix(judge, proof)
    assert (proof.named, proof.confused) == (0, 1)
    assert proof.holes == [
        "odd is called {'nothing': 1} by all checks",
        "odd is called {'nothing': 1} by the public checks",
    ]


def test_a_wrong_alternative_is_a_hole(judge, lecture, tmp_path):
    """A solution that claims to be correct and is not is reported by the audit."""
    folder = tmp_path / lecture.id / "not"
    folder.mkdir(parents=True)
    (folder / "engine.py").write_text("class Value: pass\n", encoding="utf-8")
    course = replace(load(), folders=replace(load().folders, alternatives=tmp_path))
    proof = empty_proof(lecture)
    measuring._alternatives(judge, course, proof)
    few, wrong = proof.holes
    assert few == "lecture1_micrograd has 1 differently written correct solutions, not 6"
    assert wrong.startswith("not is correct and does not pass")


def test_an_edit_that_no_longer_fits_is_a_fault(lecture):
    """When the reference moves away under a misconception, that is said, and not passed over."""
    with pytest.raises(Fault, match="stands 0 times"):
        edited_sources((Edit("engine.py", "no such line", ""),), lecture, "gone")


@pytest.mark.parametrize("id", ["grad-overwrite", "mul-own-data", "exp-uses-input"])
def test_a_mistake_costs_only_what_it_breaks(judge, lecture, id):
    """An engine with one wrong operation keeps the points of the operations beside it."""
    mistake = next(m for m in known_mistakes(lecture.id) if m.id == id)
    sources = {**reference_sources(lecture), **edited_sources(mistake.variants[0], lecture, id)}
    report = judge.examine(audit.as_submission(id, lecture, sources))
    statuses = Counter(report.status_of(e) for e in ("slope", "gradient-step", "value-repr"))
    assert statuses == {PASSED: 3}


def test_a_wrong_product_leaves_the_sum_alone(judge, lecture):
    """A student with a wrong __mul__ still gets all the points for __add__, and for every function of one Value."""
    mistake = next(m for m in known_mistakes(lecture.id) if m.id == "mul-own-data")
    sources = {**reference_sources(lecture), **edited_sources(mistake.variants[0], lecture, mistake.id)}
    report = judge.examine(audit.as_submission("mul", lecture, sources))
    assert {report.status_of(id) for id in ("value-add", "value-exp", "value-log", "value-tanh", "value-pow")} == {
        PASSED
    }


def test_an_engine_without_log_keeps_everything_else(judge, lecture):
    """Leaving one operation out costs that operation and what truly needs it."""
    sources = reference_sources(lecture)
    sources["engine.py"] = sources["engine.py"].replace("def log(", "def _no_log(")
    report = judge.examine(audit.as_submission("no-log", lecture, sources))
    lost = {finding.exercise for finding in report.findings if finding.status != PASSED}
    assert lost == {"value-log"}  # a loss and a drawing are measured with another operation in its place


def proved(lecture, **more):
    """A lecture of which one mistake, one tolerance and one alternative were measured."""
    way = Way(3, ("odd",), ("odd",))
    found = {
        "stubs": Stubs(0, 60, 22),
        "reference": 100,
        "alternatives": [Alternative("terse", 100)],
        "mistakes": [Mistake("odd", (way,)), Mistake("other", (way, Way(1, (), ("other",))))],
        "tolerances": [Room("values", 1 / 400, math.inf), Room("gradients", 0.0, None), Room("slope", 1e-9, 1200.0)],
        "seconds": 9.4,
    }
    return replace(empty_proof(lecture), **found, **more)


def test_the_table_has_a_line_for_each_lecture(lecture):
    """A mistake is named only if every way is; margins are those of the closest tolerance."""
    head, line, *_, verdict = audit.table([proved(lecture)]).splitlines()
    assert head.split() == [
        "lecture", "exercises", "checks", "mistakes", "named", "confused",
        "mutants", "killed", "located", "margin", "below", "above", "seconds",
    ]  # fmt: skip
    counts = [str(len(lecture.exercises)), str(len(suite.tests_of(lecture)))]
    assert line.split() == [lecture.id, *counts, "2", "1", "1", "-", "-", "-", "400", "1,200", "9"]
    assert verdict == "Sound: no holes found."
    assert len(head) <= 110


def test_the_text_tells_every_hole(lecture):
    """Where it was found, and how many there are at the end."""
    holed = proved(lecture, found=["the stubs score 3", "odd loses no points"])
    assert [line for line in audit.lecture_text(holed).splitlines() if "HOLE" in line] == [
        "  HOLE  the stubs score 3",
        "  HOLE  odd loses no points",
    ]
    assert audit.table([holed]).endswith("\n2 holes.")


def test_the_document_says_what_the_text_says(lecture):
    """What is without a limit is null, since JSON has no infinity."""
    document = json.loads(json.dumps(audit.audit_data([proved(lecture)]), allow_nan=False))
    (one,) = document["lectures"]
    assert (document["schema"], document["sound"]) == ("zero-to-hero/audit/1", True)
    assert (one["named"], one["confused"], one["mutants"], one["holes"]) == (1, 1, None, [])
    assert one["margins"] == {"below": 400.0, "above": 1200.0}
    assert [room["nearest"] for room in one["tolerances"]] == [None, None, 1200.0]
    assert one["misconceptions"][1]["ways"][1] == {"lost": 1, "public": [], "all": ["other"]}


def test_mutants_are_in_the_record(lecture):
    """Those that were tried, by what killed them; a survivor is a hole."""
    one, two, three, *_ = mutants_of(lecture)
    outcomes = [Outcome(one, "a check", "public"), Outcome(two, "another", "hidden"), Outcome(three)]
    proof = proved(lecture, survey=Survey(lecture, [one, two, three], {}, [one, two, three], outcomes, 3.0))
    (data,) = audit.audit_data([proof])["lectures"]
    assert data["mutants"] == {
        "made": 3, "tried": 3, "public": 1, "hidden": 1, "equivalent": 0, "survived": 1, "seconds": 3.0,
    }  # fmt: skip
    assert audit.table([proof]).splitlines()[1].split()[6:8] == ["3", "2"]
    (hole,) = proof.holes
    assert hole.startswith(f"{three.exercise}: no check sees this change: ")


@pytest.mark.parametrize("options", [[], ["--json"]], ids=["text", "json"])
def test_a_hole_is_exit_code_1(lecture, monkeypatch, options):
    """In both forms; the document stands alone on stdout."""
    monkeypatch.setattr(audit, "measure", lambda course, lecture: proved(lecture, found=["a hole"]))
    done = CliRunner().invoke(cli, ["audit", lecture.id, *options])
    assert (done.exit_code, done.stderr) == (1, "")
    if options:
        assert json.loads(done.stdout)["lectures"][0]["holes"] == ["a hole"]
    else:
        assert "  HOLE  a hole" in done.stdout
        assert done.stdout.endswith("1 hole.\n")


@pytest.mark.audit
def test_the_command_prints_one_document(lecture):
    """In a process of its own, as CI calls it."""
    done = subprocess.run(
        [sys.executable, "-m", "grader", "audit", lecture.id, "--json"],
        capture_output=True, text=True, timeout=500, check=False,
    )  # fmt: skip
    document = json.loads(done.stdout)
    assert (done.returncode, done.stderr, document["sound"]) == (0, "", True)
    assert [one["lecture"] for one in document["lectures"]] == [lecture.id]


def test_the_nearest_mistake_is_measured_in_its_own_exercise(judge, monkeypatch):
    """A wrong exp is far off in the gradients of exp; what it does to a softmax is no matter of that tolerance."""
    only = tuple(one for one in known_mistakes(judge.lecture.id) if one.id == "exp-uses-input")
    monkeypatch.setattr("grader.proof.audit.margins.known_mistakes", lambda lecture: only)
    rooms = {room.probe: room for room in margins(judge, [])}
    assert rooms["gradients"].nearest > ROOM
    assert rooms["softmax_gradients"].nearest is None
