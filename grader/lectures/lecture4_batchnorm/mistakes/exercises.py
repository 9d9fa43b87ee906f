"""Known mistakes in exercises.py of lecture 4: folding batch norm away."""

from grader.judging.mistakes.known import Misconception, edit
from grader.lectures.lecture4_batchnorm.mistakes.shared import EXERCISES

SLOPE = "slope = (bn.gamma / torch.sqrt(bn.running_var + bn.eps)).view(-1)"
FOLDED_BIAS = "folded.bias = (before - mean) * slope + bn.beta"

MISCONCEPTIONS = (
    Misconception(
        "bn-fold-wrong",
        "The folded layer leaves out the running mean, its scale, or the root of the variance.",
        "Write the formula of evaluation as a line in x. What are its slope and its intercept?",
        (
            edit(EXERCISES, FOLDED_BIAS, "folded.bias = before * slope + bn.beta"),
            edit(EXERCISES, FOLDED_BIAS, "folded.bias = before - mean + bn.beta"),
            edit(EXERCISES, FOLDED_BIAS, "folded.bias = before * slope - mean + bn.beta"),
            edit(EXERCISES, SLOPE, "slope = (bn.gamma / (bn.running_var + bn.eps)).view(-1)"),
        ),
    ),
)
