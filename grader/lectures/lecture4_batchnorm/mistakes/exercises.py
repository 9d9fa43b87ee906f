"""Known mistakes in exercises.py of lecture 4: folding batch norm away."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture4_batchnorm.mistakes.shared import EXERCISES

SLOPE = "slope = (bn.gamma / torch.sqrt(bn.running_var + bn.eps)).view(-1)"
FOLDED_BIAS = "folded.bias = (before - mean) * slope + bn.beta"

MISCONCEPTIONS = (
    Misconception(
        "bn-fold-wrong",
        "The folded layer leaves a part of the formula out, or scales what should not be scaled.",
        "Write the formula of evaluation as a line in x. What are its slope and its intercept?",
        (
            edit(EXERCISES, FOLDED_BIAS, "folded.bias = before * slope + bn.beta"),
            edit(EXERCISES, FOLDED_BIAS, "folded.bias = before - mean + bn.beta"),
            edit(EXERCISES, FOLDED_BIAS, "folded.bias = before * slope - mean + bn.beta"),
            edit(EXERCISES, SLOPE, "slope = (bn.gamma / (bn.running_var + bn.eps)).view(-1)"),
            edit(EXERCISES, FOLDED_BIAS, "folded.bias = (before - mean) * slope"),
            edit(EXERCISES, FOLDED_BIAS, "folded.bias = (0 - mean) * slope + bn.beta"),
            edit(EXERCISES, FOLDED_BIAS, "folded.bias = before - mean * slope + bn.beta"),
            edit(EXERCISES, FOLDED_BIAS, "folded.bias = (before - mean + bn.beta) * slope"),
            edit(EXERCISES, SLOPE, "slope = (1 / torch.sqrt(bn.running_var + bn.eps)).view(-1)"),
            edit(EXERCISES, SLOPE, "slope = (bn.gamma / torch.sqrt(bn.running_var)).view(-1)"),
            edit(EXERCISES, "folded.weight = linear.weight * slope", "folded.weight = linear.weight"),
        ),
    ),
    Misconception(
        "bn-fold-mixed",
        "Two numbers of batch norm have changed places in the folded layer: gain and shift, or mean and variance.",
        "Write the formula of evaluation with the names of the layer's attributes. Which of them stands where?",
        (
            (
                Edit(EXERCISES, SLOPE, SLOPE.replace("bn.gamma", "bn.beta")),
                Edit(EXERCISES, FOLDED_BIAS, FOLDED_BIAS.replace("bn.beta", "bn.gamma")),
            ),
            (
                Edit(EXERCISES, SLOPE, SLOPE.replace("running_var", "running_mean")),
                Edit(EXERCISES, "mean = bn.running_mean", "mean = bn.running_var"),
            ),
        ),
    ),
)
