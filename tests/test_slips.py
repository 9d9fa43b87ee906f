"""Slips that somebody got past the checks: each costs points now, in its own exercise, and takes no other with it."""

from functools import cache

import pytest

from grader.course import load, reference_sources
from grader.judging.suite import PUBLIC
from grader.judging.suite import tests_of as checks_of
from grader.proof.mutants.trying import LIMITS, SEED, first_failing

START, BATCHNORM, LAYERS, LOOK, EXERCISES = (
    "initialisation.py", "batchnorm.py", "layers.py", "diagnostics.py", "exercises.py",
)  # fmt: skip
LEAVES = "    for p in parameters:\n        p.requires_grad = True\n    return parameters\n"
NOT_LEAVES = "    return [p.requires_grad_() * 1 for p in parameters]\n"
MOVED = "[name for name, p in zip(NAMES, parameters) if (p.grad != 0).any()]"
LOSS = "loss = F.cross_entropy(h @ W2 + b2, Y)"
UNITS = "    for _ in range(depth):\n        layers += [Linear(fan_in, n_hidden, bias=False, generator=generator)"
SHARED = (
    "    same = Linear(n_hidden, n_hidden, bias=False, generator=generator) if depth > 1 else None\n"
    "    for i in range(depth):\n"
    "        layers += [same if i else Linear(fan_in, n_hidden, bias=False, generator=generator)"
)

SLIPS = {
    "calm-init: no leaves": ("calm-init", START, LEAVES, NOT_LEAVES),
    "spurious-bias: no leaves": ("spurious-bias", BATCHNORM, LEAVES, NOT_LEAVES),
    "zero-start: all": ("zero-start", EXERCISES, "(p.grad != 0).any()", "(p.grad != 0).all()"),
    "zero-start: above": ("zero-start", EXERCISES, "(p.grad != 0).any()", "(p.grad > 0).any()"),
    "zero-start: below": ("zero-start", EXERCISES, "(p.grad != 0).any()", "(p.grad < 0).any()"),
    "zero-start: no tanh": ("zero-start", EXERCISES, "h = torch.tanh(emb", "h = (emb"),
    "zero-start: no b1": ("zero-start", EXERCISES, "-1) @ W1 + b1)", "-1) @ W1)"),
    "zero-start: nll": ("zero-start", EXERCISES, LOSS, "loss = F.nll_loss(h @ W2 + b2, Y)"),
    "zero-start: old gradients": ("zero-start", EXERCISES, "        p.grad = None\n", "        pass\n"),
    "zero-start: order": ("zero-start", EXERCISES, MOVED, MOVED + "[::-1]"),
    "zero-start: predicted order": ("zero-start", EXERCISES, "if moves[name]]", "if moves[name]][::-1]"),
    "zero-start: C forgotten": ("zero-start", EXERCISES, '(random["C"] and random["W1"])', 'random["W1"]'),
    "fold-batchnorm: wide bias": ("fold-batchnorm", EXERCISES, "slope + bn.beta", "slope + bn.beta.view(1, -1)"),
    "update-ratios: takes the step": (
        "update-ratios", LOOK, "            update = lr * p.grad\n",
        "            update = lr * p.grad\n            p.data -= update\n",
    ),
    "activation-stats: just on it": ("activation-stats", LOOK, "t.abs() > threshold", "t.abs() >= threshold"),
    "deep-net: shared layers": ("deep-net", LAYERS, UNITS, SHARED),
    "batchnorm1d: an eps of its own": ("batchnorm1d", LAYERS, "xvar + self.eps", "xvar + 1e-5"),
}  # fmt: skip
PUBLIC_TOO = {
    "calm-init: no leaves", "spurious-bias: no leaves", "zero-start: C forgotten", "zero-start: all",
    "zero-start: old gradients", "deep-net: shared layers", "batchnorm1d: an eps of its own",
    "fold-batchnorm: wide bias", "activation-stats: just on it", "update-ratios: takes the step",
}  # fmt: skip


@pytest.fixture(scope="module")
def judge(judge_of):
    return judge_of(load().lecture("lecture4_batchnorm"), SEED, LIMITS)


@cache
def edited(file, old, new):
    """The reference with one slip in one file."""
    source = reference_sources(load().lecture("lecture4_batchnorm"))[file]
    assert source.count(old) == 1, f"{old!r} stands {source.count(old)} times in {file}"
    return {file: source.replace(old, new)}


def failing(judge, change):
    """The exercises that lose points by a change, and how many."""
    lost = {}
    for test in checks_of(judge.lecture):
        if first_failing(judge, change, [test]):
            lost[test.exercise] = lost.get(test.exercise, 0) + test.points
    return lost


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_seen_by_the_checks_of_its_exercise(judge, name):
    """By a public one where that is fair."""
    exercise, *change = SLIPS[name]
    own = [test for test in checks_of(judge.lecture) if test.exercise == exercise]
    killer = first_failing(judge, edited(*change), own)
    assert killer is not None
    assert killer.visibility == PUBLIC or name not in PUBLIC_TOO


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        ((START, '"tanh": 5 / 3', '"tanh": 5 // 3'), {"kaiming-std": 5}),
        ((LAYERS, "self.out = x @ self.weight", "self.out = 2 * x @ self.weight"), {"linear": 4, "deep-net": 2}),
        ((LAYERS, "/ fan_in**0.5", "/ fan_in"), {"linear": 3}),
        ((LAYERS, "= self.gamma * xhat", "= 2 * self.gamma * xhat"), {"batchnorm1d": 8, "deep-net": 2}),
    ],
)  # fmt: skip
def test_a_slip_takes_no_other_exercise_with_it(judge, change, lost):
    """What is built from a step is measured with something else in its place; only training needs one's own layers."""
    assert failing(judge, edited(*change)) == lost
