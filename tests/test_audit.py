"""The course is sound, and the audit can see when it is not."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from grader import audit
from grader.check import examiner
from grader.course import load, reference_sources
from grader.errors import Fault
from grader.misconceptions import Edit, Misconception, edited_sources, known_mistakes
from grader.report import BLOCKED, PASSED, TODO
from grader.stubs import stubs_of

CATALOGUE = tomllib.loads((Path(__file__).parent / "catalogue.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("lecture", load().lectures, ids=lambda lecture: lecture.id)
def test_every_mistake_of_the_catalogue_is_known(lecture):
    """None is missing, and none goes by another name."""
    known = [mistake.id for mistake in known_mistakes(lecture.id)]
    assert set(CATALOGUE[lecture.id]) <= set(known)
    assert len(known) == len(set(known))


@pytest.mark.parametrize("lecture", load().lectures, ids=lambda lecture: lecture.id)
def test_the_course_has_no_holes(lecture):
    """Stubs, reference, alternatives, the confusion matrix and the margins of every tolerance."""
    lines: list[str] = []
    assert audit.audit(load(), lines.append, [lecture]) == []
    told = {line.split()[0] for line in lines}
    assert {mistake.id for mistake in known_mistakes(lecture.id)} <= told


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
    monkeypatch.setattr(audit, "known_mistakes", lambda id: (odd,))
    result = audit.Audit(lambda line: None)
    audit._matrix(judge, result)
    assert result.holes == [
        "odd is called {'nothing': 1} by all checks",
        "odd is called {'nothing': 1} by the public checks",
    ]


def test_a_wrong_alternative_is_a_hole(judge, lecture, monkeypatch, tmp_path):
    """A solution that claims to be correct and is not is reported by the audit."""
    folder = tmp_path / lecture.id / "not"
    folder.mkdir(parents=True)
    (folder / "engine.py").write_text("class Value: pass\n", encoding="utf-8")
    monkeypatch.setattr(audit, "ALTERNATIVES", tmp_path)
    result = audit.Audit(lambda line: None)
    audit._alternatives(judge, load(), result)
    few, wrong = result.holes
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
    assert lost == {"value-log", "value-nll"}
