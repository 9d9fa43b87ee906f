"""A habit beside a mistake: names of one's own, a list for a method. Each is told for itself."""

import pytest

from grader.course import load, reference_sources
from grader.judging.examiner import examiner
from grader.judging.findings import ERRORED, PASSED, Report
from grader.submission import Submission


@pytest.fixture(scope="module")
def judge():
    with examiner(load().lecture("4"), 1) as made:
        yield made


@pytest.fixture
def report(judge):
    """The public report on some exercises of our layers with changes."""

    def made(exercises: list[str], *changes: tuple[str, str]) -> Report:
        sources = reference_sources(judge.lecture)
        for old, new in changes:
            assert old in sources["layers.py"]
            sources["layers.py"] = sources["layers.py"].replace(old, new)
        submission = Submission("ada", judge.lecture, {name: text.encode() for name, text in sources.items()})
        return judge.examine(submission, exercises, hidden=False)

    return made


OTHER_NAMES = ("self.running_mean", "self.mean"), ("self.running_var", "self.var")
BIAS = "self.bias = torch.zeros(fan_out) if bias else None\n"
LIST = "        self.parameters = [self.weight] if self.bias is None else [self.weight, self.bias]\n"
EPS_OUTSIDE = ("torch.sqrt(xvar + self.eps)", "(torch.sqrt(xvar) + self.eps)")


def test_a_mistake_is_named_where_it_was_measured_in_spite_of_names_of_ones_own(report):
    found = report(["batchnorm1d"], *OTHER_NAMES, EPS_OUTSIDE).findings
    named = {f.test: [m.id for m in f.misconceptions] for f in found if f.misconceptions}
    assert named == {"batchnorm_in_training": ["bn-eps-placement"]}
    stopped = [f.message for f in found if f.status == ERRORED]
    assert stopped
    assert all("BatchNorm1d has no .running_mean; the statement asks for it" in message for message in stopped)


def test_names_of_ones_own_alone_are_no_mistake_of_another_kind(report):
    found = report(["batchnorm1d"], *OTHER_NAMES)
    assert found.mistakes == ()
    assert not any(f.as_if for f in found.findings)


def test_a_list_in_the_place_of_a_method_costs_itself_alone(report):
    """What is built of such layers is right by itself."""
    found = report(["linear", "deep-net"], (BIAS, BIAS + LIST)).findings
    assert {f.exercise for f in found if f.status != PASSED} == {"linear"}
    assert {f.message.splitlines()[0] for f in found if f.status == ERRORED} == {
        "Linear.parameters is a list; it should be a method: Linear.parameters()"
    }
