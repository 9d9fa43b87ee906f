"""Lecture 5, hidden checks of pieces.py: each gradient on fresh numbers of its own."""

from grader.inside.probes.lecture5_backprop import GRADIENTS
from grader.judging.suite import exercise
from grader.lectures.lecture5_backprop.shared import arguments

EXERCISES = {
    "grad-logprobs": ("dlogprobs",),
    "grad-probs": ("dprobs",),
    "grad-counts-sum": ("dcounts_sum_inv", "dcounts_sum"),
    "grad-counts": ("dcounts",),
    "grad-norm-logits": ("dnorm_logits",),
    "grad-logits": ("dlogit_maxes", "dlogits"),
    "grad-output-layer": ("dh", "dW2", "db2"),
    "grad-tanh": ("dhpreact",),
    "grad-gain-bias": ("dbngain", "dbnbias", "dbnraw"),
    "grad-variance": ("dbnvar_inv", "dbnvar", "dbndiff2"),
    "grad-centring": ("dbndiff", "dbnmeani", "dhprebn"),
    "grad-hidden-layer": ("dembcat", "dW1", "db1"),
    "grad-embedding": ("demb", "dC"),
}
SIZES = {"n": 6, "V": 7, "H": 5, "T": 2, "E": 4}


def on_fresh_numbers(name):
    """The check of one gradient."""

    def check(agree, draw):
        agree(GRADIENTS[name], **arguments(name, draw, SIZES))

    check.__doc__ = f"{name} is right for other numbers and sizes."
    return check


for id, gradients in EXERCISES.items():
    for gradient in gradients:
        globals()[f"test_fresh_gradient_{gradient}"] = exercise(id, points=1)(on_fresh_numbers(gradient))
