"""Where a chain leaves the way: the steps that come out as expected by name, and the first that does not."""

import pytest

from grader.course import load, reference_sources
from grader.judging.findings import FAILED
from grader.report import as_html, terminal
from grader.submission import Submission


@pytest.fixture
def finding(judge_of):
    """The first failed finding on an exercise, if our solution is changed in one place."""

    def found(number, exercise, file, old, new):
        lecture = load().lecture(number)
        sources = reference_sources(lecture)
        assert sources[file].count(old) == 1
        sources[file] = sources[file].replace(old, new)
        submission = Submission("ada", lecture, {name: text.encode() for name, text in sources.items()})
        report = judge_of(lecture, 1).examine(submission, [exercise])
        return report, next(f for f in report.findings if f.status == FAILED)

    return found


HIDDEN_LAYER = "h = torch.tanh(embcat @ W1 + b1)"


@pytest.mark.parametrize(
    ("new", "way"),
    [
        (
            "h = torch.tanh(2 * (embcat @ W1) + b1)",
            "on the way, emb and embcat come out as expected; the first that comes out nowhere is h, shape (4, 5)",
        ),
        (
            "embcat = embcat + 1; h = torch.tanh(embcat @ W1 + b1) + 0.5",
            "on the way, emb and embcat come out as expected; the first that comes out nowhere is h, shape (4, 5)",
        ),
        (
            "h = torch.tanh(embcat @ W1 + b1); W2 = W2 * 3",
            (
                "on the way, emb, embcat and h come out as expected; "
                "the first that comes out nowhere is logits, shape (4, 7)"
            ),
        ),
    ],
)
def test_the_first_step_that_differs_in_the_forward_pass_is_named(finding, new, way):
    """By the lecture's own names, with its shape, whatever the student calls it."""
    report, wrong = finding("3", "mlp-forward", "mlp.py", HIDDEN_LAYER, new)
    assert wrong.misconceptions == ()
    assert wrong.difference.way == way
    shown = " ".join(terminal.detail(report, "mlp-forward", 100, terminal.plain, "", False).split())
    assert f"{way[0].upper()}{way[1:]}." in shown


def test_the_first_step_that_differs_in_batch_norm_is_named(finding):
    """Steps count as what they are, in whatever shape they are kept."""
    old = "xmean = x.mean(0, keepdim=True)        # (1, dim)"
    _, wrong = finding("4", "batchnorm1d", "layers.py", old, "xmean = x.median(0).values")
    assert wrong.difference.way == "the first step on the way that comes out nowhere is xmean, shape (1, 3)"
    old = "xhat = (x - xmean) / torch.sqrt(xvar + self.eps)"
    _, wrong = finding(
        "4", "batchnorm1d", "layers.py", old, "xhat = (x - 2 * xmean.view(-1)) / (xvar + self.eps) ** 0.5"
    )
    assert "xmean and xvar come out as expected; the first that comes out nowhere is xhat" in wrong.difference.way


def test_nothing_is_said_of_the_way_where_a_mistake_is_named(finding):
    """The name says more."""
    _, wrong = finding("3", "mlp-forward", "mlp.py", HIDDEN_LAYER, "h = embcat @ W1 + b1")
    assert [named.id for named in wrong.misconceptions] == ["activation-missing"]
    assert (wrong.difference.way, wrong.difference.pattern) == ("", "")


def test_a_pattern_is_told_where_no_mistake_is_named_and_kept_off_the_page_of_a_hidden_check(finding):
    """In the terminal, in the report, and on the page for a public check; nothing of a hidden one."""
    out = "self.out = self.gamma * xhat + self.beta"
    report, wrong = finding("4", "batchnorm1d", "layers.py", out, f"{out}; self.out = self.out * 2")
    assert wrong.difference.pattern == "yours is expected times 2 everywhere"
    failed = [f for f in report.findings if f.status == FAILED and f.difference.pattern]
    assert {f.visibility for f in failed} == {"public", "hidden"}
    page = as_html.to_html(report)
    assert page.count("Yours is expected times 2 everywhere.") == 1 + sum(f.visibility == "public" for f in failed)
