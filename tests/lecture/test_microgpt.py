"""Lecture 9 at full length: the GPT of 4,192 numbers, its 1,000 losses, and the names that it invents."""

import random
from types import SimpleNamespace

import lecture_kit as kit
import pytest

pytestmark = pytest.mark.lecture

STEPS, N_HEAD, RATE, TEMPERATURE = 1000, 4, 0.01, 0.5
PRINTED_LOSSES = ["3.3660", "3.4243", "3.1778"]  # as the author shows them
LAST_LOSS = "2.6497"  # of the last step, as others who ran the same program report it
PRINTED_NAMES = [  # the first ten, reported likewise
    "kamon", "ann", "karai", "jaire", "vialan", "karia", "yeran", "anna", "areli", "kaina",
]  # fmt: skip
REPORTED = "reported by others who ran the author's program"


@pytest.fixture(scope="module")
def trained(lecture_words):
    """Everything comes from one generator: the order of the names, the model, and afterwards the draws."""
    ours, rng, docs = kit.reference(9), random.Random(42), list(lecture_words)
    rng.shuffle(docs)
    letters = ours.tokens.letters_of(docs)
    model = ours.gpt.make_model(len(letters) + 1, 16, 16, 1, rng)
    losses = ours.training.train(model, docs, letters, N_HEAD, STEPS, RATE)
    names = [ours.training.sample(model, letters, N_HEAD, TEMPERATURE, rng) for _ in range(20)]
    return SimpleNamespace(size=len(ours.gpt.parameters_of(model)), losses=losses, names=names)


def test_losses_of_microgpt(trained, record):
    """Three printed ones, and the last."""
    record("L9.01", "parameters of microgpt", "4192", trained.size)
    for step, printed in enumerate(PRINTED_LOSSES):
        record("L9.02", f"loss at step {step + 1}", printed, trained.losses[step])
    record("L9.03", "loss at step 1,000", LAST_LOSS, trained.losses[-1], REPORTED)
    assert trained.size == 4192
    assert [f"{loss:.4f}" for loss in trained.losses[:3]] == PRINTED_LOSSES
    assert f"{trained.losses[-1]:.4f}" == LAST_LOSS


def test_names_of_microgpt(trained, record):
    """The names that come out at temperature 0.5."""
    same = sum(name == printed for name, printed in zip(trained.names, PRINTED_NAMES, strict=False))
    record("L9.04", "of 10 names, how many are the same", "10", same, REPORTED)
    assert trained.names[: len(PRINTED_NAMES)] == PRINTED_NAMES
