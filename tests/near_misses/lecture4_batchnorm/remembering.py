"""What resembles a known mistake of lecture 4 in what is remembered, on the way or measured, and is not it."""

from grader.judging.mistakes.known import Edit
from grader.lectures.lecture4_batchnorm.mistakes.diagnostics import RATIO, SATURATED
from grader.lectures.lecture4_batchnorm.mistakes.exercises import FOLDED_BIAS
from grader.lectures.lecture4_batchnorm.mistakes.forward import BIASED, LOGITS, TANH, UNIFORM
from grader.lectures.lecture4_batchnorm.mistakes.normalising import VARIANCE, XMEAN
from grader.lectures.lecture4_batchnorm.mistakes.running_formula import MEAN as MOVED_MEAN
from grader.lectures.lecture4_batchnorm.mistakes.running_formula import STD as MOVED_STD
from grader.lectures.lecture4_batchnorm.mistakes.running_statistics import CREEP, NEW_MEAN, SWITCH, TRAINING_SET
from grader.lectures.lecture4_batchnorm.mistakes.shared import (
    BATCHNORM,
    DIAGNOSTICS,
    EVALUATED,
    EXERCISES,
    LAYERS,
    MODES,
    NEW_VAR,
    START,
)
from near_misses import NearMiss, near, together

NEAR_MISSES = {
    "bn-momentum-swapped": (
        together(
            near("the old value gets the share twice", BATCHNORM, CREEP,
                 CREEP.replace("(1 - momentum)", "2 * momentum")),
            NearMiss("the old value gets the share twice", (
                Edit(LAYERS, NEW_MEAN, NEW_MEAN.replace("(1 - self.momentum)", "2 * self.momentum")),
                Edit(LAYERS, NEW_VAR, NEW_VAR.replace("(1 - self.momentum)", "2 * self.momentum")),
            )),
        ),
    ),
    "bn-eval-uses-batch": (
        together(
            near("in evaluation, the running mean and half of the running variance", LAYERS, MODES,
                 MODES.replace("xvar = self.running_var", "xvar = self.running_var / 2")),
            near("in evaluation, mean and spread are those of the whole batch's numbers", BATCHNORM, EVALUATED,
                 f"bnmean, bnstd = hpreact.mean(), bnstd\n    {EVALUATED}"),
        ),
    ),
    "bn-updates-in-eval": (
        near("the modes are switched the wrong way round", LAYERS, SWITCH,
             SWITCH.replace("layer.training = training", "layer.training = not training")),
    ),
    "modes-not-switched": (
        near("what is switched off is never on again", LAYERS, SWITCH,
             SWITCH.replace("= training", "= layer.training and training")),
    ),
    "bn-no-update": (
        near("the running mean follows the first example of each batch", LAYERS, NEW_MEAN,
             NEW_MEAN.replace("xmean", "x[:1]")),
    ),
    "bn-tracks-std": (
        together(
            near("the square of the variance is kept", LAYERS, NEW_VAR, NEW_VAR.replace("xvar", "xvar**2")),
            near("the standard deviation counts without its square's root", BATCHNORM, EVALUATED,
                 EVALUATED.replace("bnstd**2", "bnstd**4")),
        ),
    ),
    "bn-buffer-in-graph": (
        together(
            near("the batch's own statistics are cut off from the graph", LAYERS, XMEAN, f"{XMEAN}.detach()"),
            near("the batch's own variance is cut off from the graph", BATCHNORM, VARIANCE,
                 VARIANCE.replace("keepdim=True) ", "keepdim=True).detach() ")),
        ),
    ),
    "bn-calibrate-on-dev": (
        near("the last training example is left out", BATCHNORM, TRAINING_SET, 'Xtr = splits["train"][0][:-1]'),
    ),
    "bn-momentum-added": (
        near("the share is added to the sum", BATCHNORM, MOVED_MEAN, f"{MOVED_MEAN} + momentum"),
    ),
    "bn-shares-not-one": (
        near("half of the sum", BATCHNORM, MOVED_STD, f"({MOVED_STD}) / 2"),
    ),
    "bn-share-fixed": (
        near("the batch gets the square of its share", LAYERS, NEW_MEAN,
             NEW_MEAN.replace("self.momentum", "self.momentum**2")),
    ),
    "bn-statistics-mixed": (
        near("the spread moves towards the largest number of the batch", BATCHNORM, MOVED_STD,
             MOVED_STD.replace("bnstdi", "hpreact.amax(0, keepdim=True)")),
    ),
    "bn-remembers-normalised": (
        near("what is remembered is measured on the first two examples", LAYERS, NEW_VAR,
             NEW_VAR.replace("xvar", "x[:2].var(0)")),
    ),
    "bn-train-uses-running": (
        near("in training, mean and spread of the first two examples", LAYERS, MODES,
             MODES.replace("x.mean(", "x[:2].mean(").replace("x.var(", "x[:2].var(")),
    ),
    "bias-twice-or-missing": (
        together(
            near("half of the bias", LAYERS, BIASED, f"{BIASED} / 2"),
            near("the bias is taken away", BATCHNORM, LOGITS, "return h @ W2 - b2 "),
        ),
    ),
    "activation-wrong": (
        together(
            near("tanh of half the number", LAYERS, TANH, "self.out = torch.tanh(x / 2)"),
            near("half of the logits", BATCHNORM, LOGITS, "return (h @ W2 + b2) / 2 "),
        ),
    ),
    "nll-sign-or-base": (
        near("one character more than there are", START, UNIFORM, "return math.log(vocab_size + 1)"),
    ),
    "saturation-one-sided": (
        together(
            near("what lies just on the threshold counts too", START, f"{SATURATED}      #",
                 "saturated = h.abs() >= threshold      #"),
            near("the share that is not saturated", DIAGNOSTICS, "t.abs() > threshold", "t.abs() <= threshold"),
        ),
    ),
    "dead-counts-examples": (
        near("twice the rows that are flat throughout", START, "saturated.all(0).sum()", "saturated.all(1).sum() * 2"),
    ),
    "update-ratio-form": (
        near("the weights' spread over the update's", DIAGNOSTICS, RATIO,
             RATIO.replace("update.std() / p.data.std()", "p.data.std() / update.std()")),
    ),
    "bn-fold-wrong": (
        near("the mean is added", EXERCISES, FOLDED_BIAS, "folded.bias = (before + mean) * slope + bn.beta"),
        near("the weights are scaled twice", EXERCISES, "linear.weight * slope", "linear.weight * slope * slope"),
    ),
    "bn-fold-mixed": (
        near("the gain stands for the shift as well", EXERCISES, FOLDED_BIAS,
             "folded.bias = (before - mean) * slope + bn.gamma"),
    ),
}  # fmt: skip
