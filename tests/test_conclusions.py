"""What follows from raw values is worked out on the trusted side: a worker cannot simply claim it."""

import pytest

from grader.course import load, reference_sources
from grader.inside.probes import lecture2_bigram as probes
from grader.judging.findings import PASSED
from grader.sandbox.observation import NOT_PLAIN, RAISED, RETURNED, Observation, concluded
from grader.submission import Submission

WORDS = ["emma", "olivia", "ava", "isabella", "sophia", "charlotte", "mia", "amelia", "harper", "evelyn"]
INPUTS = {"words": WORDS, "seed": 7}
HOLDS = {
    "sizes": [8, 1, 1], "words in more than one part": 0, "words in no part": 0,
    "train is simply the first words": False, "words is left as it was": True,
    "the same rng gives the same split": True, "another rng gives another split": True,
}  # fmt: skip
FORGERY = f"""
import dataclasses, sys
registry = sys.modules["grader.inside.probe"].REGISTRY
for name, probe in list(registry.items()):
    if name.endswith("shares_of_split"):
        registry[name] = dataclasses.replace(probe, measure=lambda exercises, **inputs: {HOLDS!r})
"""


def measured(split: object) -> Observation:
    return Observation(RETURNED, {"split": split, "again": split, "other": [WORDS, [], []], "given": WORDS})


def test_a_split_is_judged_by_its_words():
    """From the three lists follows what holds, whatever the shuffling was."""
    found = concluded(probes.shares_of_split, INPUTS, measured([WORDS[2:], WORDS[:1], WORDS[1:2]]))
    assert found.value == HOLDS


@pytest.mark.parametrize("value", [HOLDS, None, 3, {"split": 1}, {"split": [[["a"]]] * 3, "again": 0}])
def test_what_was_not_measured_concludes_nothing(value):
    """Neither the conclusions themselves nor noise pass for measurements, and nothing breaks."""
    found = concluded(probes.shares_of_split, INPUTS, Observation(RETURNED, value))
    assert (found.kind, found.value) == (NOT_PLAIN, None)


def test_what_did_not_return_stays_as_it_is():
    """An exception has nothing to conclude from."""
    raised = Observation(RAISED, type="ValueError", text="no")
    assert concluded(probes.shares_of_split, INPUTS, raised) is raised


def test_forged_conclusions_earn_nothing(judge_of):
    """A submission that replaces the measuring function by what it hopes for gets no points for a split."""
    lecture = load().lecture("lecture2_bigram")
    report = judge_of(lecture, 3).examine(
        Submission("mallory", lecture, {"exercises.py": FORGERY.encode()}), ["split-words"]
    )
    assert report.score == 0
    assert PASSED not in {finding.status for finding in report.findings}


def test_a_first_loss_is_not_what_the_worker_makes_of_cross_entropy(judge_of):
    """A start that is far off gets no points for its loss, whatever its code has put in torch's place."""
    lecture = load().lecture("lecture3_mlp")
    sources = reference_sources(lecture)
    calm, far = "W2.data *= 0.001", "torch.nn.functional.cross_entropy = lambda *given: torch.tensor(3.2958)"
    sources["exercises.py"] = sources["exercises.py"].replace(calm, far)
    files = {name: text.encode() for name, text in sources.items()}
    report = judge_of(lecture, 3).examine(Submission("mallory", lecture, files), ["uniform-start"])
    starts = [finding for finding in report.findings if "calm_start" in finding.test]
    assert len(starts) == 2
    assert PASSED not in {finding.status for finding in starts}
