"""Every branch that speaks to a student: golden submissions get exactly the reports that stand beside them."""

import json
from pathlib import Path

import golden
import jsonschema
import pytest
from mistake_messages import as_printed

import grader.report
from grader.judging.examiner import Examiner
from grader.judging.findings import ERRORED, FAILED, FAULT, STATUSES
from grader.report import as_html, as_json

SITUATIONS = golden.situations()
SCHEMA = json.loads((Path(grader.report.__file__).parent / "report.schema.json").read_text(encoding="utf-8"))


def marked(situation: golden.Situation) -> object:
    """The first lecture's are part of every run of the suite; those of the others are proof of the course."""
    id = f"{situation.lecture.number}-{situation.name}"
    return pytest.param(situation, id=id, marks=[] if situation.lecture.number == 1 else pytest.mark.course)


@pytest.fixture(scope="module", params=[marked(situation) for situation in SITUATIONS])
def situation(request):
    return request.param


@pytest.fixture(scope="module")
def judge(situation, judge_of) -> Examiner:
    return judge_of(situation.lecture, golden.SEED, golden.LIMITS, tries_made=True)


@pytest.fixture(scope="module")
def report(situation, judge):
    return situation.report(judge)


def test_report_is_the_expected_one(situation, report):
    """Statuses, points, differences, recognised mistakes and messages are those that were read and agreed to."""
    assert situation.expected == golden.lasting(report, situation.varies)


def test_report_keeps_what_about_toml_promises(situation, report):
    """The score, and exactly the mistakes that are to be recognised."""
    about = situation.about
    assert (about["score"], sorted(about["named"])) == (report.score, sorted(m.id for m in report.mistakes))


def test_report_follows_the_schema(report):
    """report.json is valid by the schema file in the repository."""
    jsonschema.validate(json.loads(as_json.to_json(report)), SCHEMA)


def test_nothing_that_is_told_takes_more_than_ten_lines(report):
    """On a terminal of eighty letters, whatever went wrong, and however much a student's code has to say."""
    wrong = [finding for finding in report.findings if finding.status in (FAILED, ERRORED)]
    assert [lines for finding in wrong if len(lines := as_printed(report, finding)) > 10] == []


def test_page_escapes_and_hides(report):
    """The page holds no markup of the student's, and neither inputs nor expected values of hidden checks."""
    page = as_html.to_html(report)
    assert "<script" not in page
    assert "\x1b" not in page
    hidden = [f.difference for f in report.findings if f.visibility == "hidden" and f.status == FAILED and f.difference]
    public = {f.difference.inputs for f in report.findings if f.visibility == "public" and f.difference}
    assert [shown.inputs for shown in hidden if shown.inputs not in public and shown.inputs in page] == []


def test_no_finding_is_a_fault_of_ours(report):
    """Nothing that a student hands in makes the kit break."""
    assert FAULT not in {finding.status for finding in report.findings}


def test_situations_cover_every_status_but_fault():
    """Every branch that speaks to a student has a golden submission."""
    seen = {finding["status"] for s in SITUATIONS for finding in s.expected["others"]} | {"passed"}
    assert set(STATUSES) - {FAULT} == seen


def test_there_are_at_least_25_situations():
    """The corpus does not shrink by accident."""
    assert len(SITUATIONS) >= 25
