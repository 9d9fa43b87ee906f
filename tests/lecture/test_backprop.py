"""Lecture 5 at full length: 200,000 steps without loss.backward()."""

import lecture_kit as kit
import pytest
import torch
from backprop_kit import started

pytestmark = pytest.mark.lecture

UNSEEDED = "the notebook draws bngain and bnbias without a seed; here the global generator stands at 0"
PRINTED = {0: "3.7805", 10_000: "2.1775", 20_000: "2.3957", 190_000: "1.92"}
RECORDED = {0: 3.778110980987549, 10: 3.1860744953155518, 100: 2.332653760910034, 1000: 2.24591326713562,
            10_000: 2.1970150470733643, 20_000: 2.385767698287964, 50_000: 2.385575771331787,
            100_000: 2.0003793239593506, 150_000: 2.1643128395080566, 199_999: 2.295836925506592}  # fmt: skip


def test_net_trained_by_hand(splits, record):
    """Its losses (L5.12), and those of both splits with calibrated statistics (L5.13)."""
    training, (parameters, generator) = kit.reference(5).training, started(64, 200)
    losses = training.train_manual(parameters, *splits["train"], 200_000, 32, kit.decayed, generator)
    for step, printed in PRINTED.items():
        record("L5.12", f"loss at step {step:,}", printed, losses[step], UNSEEDED)
    statistics = training.calibrate_batchnorm(parameters, splits["train"][0])
    found = [training.calibrated_loss(parameters, *splits[part], *statistics) for part in ("train", "dev")]
    for part, text, loss in zip(("train", "val"), ("2.070523500442505", "2.109893560409546"), found, strict=True):
        record("L5.13", f"{part} loss after 200,000 steps", text, loss, UNSEEDED)
    assert [losses[step] for step in (0, 10, 100)] == pytest.approx([RECORDED[s] for s in (0, 10, 100)], abs=1e-4)
    assert [losses[step] for step in RECORDED] == pytest.approx([*RECORDED.values()], abs=0.05)
    assert found == pytest.approx([2.069533348083496, 2.108724355697632], abs=0.005)
    assert all(not p.requires_grad and torch.isfinite(p).all() for p in parameters)
