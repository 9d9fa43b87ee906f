"""What resembles a known mistake of lecture 4 and is not it."""

from grader.judging.mistakes.known import Edit
from grader.lectures.lecture4_batchnorm.mistakes.diagnostics import RATIO, SATURATED
from grader.lectures.lecture4_batchnorm.mistakes.exercises import FOLDED_BIAS, SLOPE
from grader.lectures.lecture4_batchnorm.mistakes.initialisation import KAIMING, LAST_GAMMA, PLAIN_WEIGHT, W1, WEIGHT
from grader.lectures.lecture4_batchnorm.mistakes.normalising import AFFINE, MEAN, OUT, RAW, VARIANCE, XHAT, XMEAN, XVAR
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
    W2,
)
from near_misses import NearMiss, near, together

BUFFER_OF_VARIANCE = f"                self.running_var = {NEW_VAR}\n"

NEAR_MISSES = {
    "init-no-scale": (
        together(
            near("half the spread", START, KAIMING, "return gain / fan_in**0.5 / 2"),
            near("half the spread", LAYERS, WEIGHT, f"{WEIGHT} / 2"),
        ),
    ),
    "init-fan-in-no-root": (
        together(
            near("one input too many is counted", START, KAIMING, "return gain / (fan_in + 1) ** 0.5"),
            near("inputs and outputs count", LAYERS, WEIGHT, f"{PLAIN_WEIGHT} / ((fan_in + fan_out) / 2) ** 0.5"),
        ),
    ),
    "init-gain-wrong": (
        near("the gain of tanh is upside down", START, '"tanh": 5 / 3', '"tanh": 3 / 5'),
    ),
    "init-all-zero": (
        together(
            near("all weights of the first layer are the same number", START, W1,
                 "W1 = torch.full((fan_in, n_hidden), 0.1)"),
            near("all weights start at one", LAYERS, WEIGHT, "self.weight = torch.ones((fan_in, fan_out))"),
        ),
    ),
    "output-layer-overconfident": (
        together(
            near("the last layer is made ten times smaller than asked", START, W2, f"{W2} * 0.1"),
            near("the last gamma is a hundredth", LAYERS, LAST_GAMMA, "layers[-1].gamma *= 0.01"),
        ),
    ),
    "bias-before-bn": (
        together(
            near("no layer has a bias, whatever was asked for", LAYERS,
                 "self.bias = torch.zeros(fan_out) if bias else None", "self.bias = None"),
            near("the bias of the last layer is not listed", BATCHNORM, "parameters = [C, W1, W2, b2,",
                 "parameters = [C, W1, W2,"),
        ),
    ),
    "bn-axis-features": (
        together(
            near("the mean is taken over the batch and the variance over the units", BATCHNORM, VARIANCE,
                 VARIANCE.replace("var(0", "var(1")),
            near("the mean is taken over the units and the variance over the batch", LAYERS, XMEAN,
                 "xmean = x.mean(1, keepdim=True)"),
        ),
    ),
    "bn-axis-all": (
        together(
            near("one mean for all units, and a variance for each", BATCHNORM, MEAN, "bnmeani = hpreact.mean()  #"),
            near("one variance for all units, and a mean for each", LAYERS, XVAR, "xvar = x.var()"),
        ),
    ),
    "bn-no-sqrt": (
        together(
            near("the fourth root", BATCHNORM, RAW, "bnraw = (hpreact - bnmeani) / (bnvari + eps) ** 0.25"),
            near("the root twice", LAYERS, XHAT, "xhat = (x - xmean) / (xvar + self.eps) ** 0.25"),
        ),
    ),
    "bn-eps-placement": (
        together(
            near("a variance below eps becomes eps", BATCHNORM, RAW,
                 "bnraw = (hpreact - bnmeani) / torch.sqrt(bnvari.clamp(min=eps))"),
            near("eps is taken off", LAYERS, XHAT, "xhat = (x - xmean) / torch.sqrt(xvar - self.eps)"),
        ),
    ),
    "bn-biased-vs-unbiased": (
        together(
            near("divided by two less than the number of examples", BATCHNORM, VARIANCE,
                 VARIANCE.replace("keepdim=True)", "keepdim=True, correction=2)")),
            near("divided by two less than the number of examples", LAYERS, XVAR,
                 "xvar = x.var(0, keepdim=True, correction=2)"),
        ),
    ),
    "bn-affine-missing": (
        together(
            near("the shift is taken away", BATCHNORM, AFFINE, "return bngain * bnraw - bnbias"),
            near("the gain counts twice", LAYERS, OUT, "self.out = self.gamma * self.gamma * xhat + self.beta"),
        ),
    ),
    "bn-shift-scaled": (
        near("the shift is doubled", BATCHNORM, "return bngain * bnraw + bnbias", "return bngain * bnraw + 2 * bnbias"),
    ),
    "bn-gain-shift-swapped": (
        near("the shift is added to the gain", BATCHNORM, "return bngain * bnraw + bnbias",
             "return (bngain + bnbias) * bnraw"),
    ),
    "bn-momentum-swapped": (
        together(
            near("the old value keeps everything", BATCHNORM, CREEP, CREEP.replace("(1 - momentum) * ", "")),
            NearMiss("the old value keeps everything", (
                Edit(LAYERS, NEW_MEAN, NEW_MEAN.replace("(1 - self.momentum) * ", "")),
                Edit(LAYERS, NEW_VAR, NEW_VAR.replace("(1 - self.momentum) * ", "")),
            )),
        ),
    ),
    "bn-eval-uses-batch": (
        together(
            near("in evaluation, the running mean and the batch's own variance", LAYERS, MODES,
                 MODES.replace("xvar = self.running_var", "xvar = x.var(0, keepdim=True)")),
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
        near("the running mean follows the batches, the running variance does not", LAYERS, BUFFER_OF_VARIANCE, ""),
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
        near("the shift is left out", EXERCISES, FOLDED_BIAS, "folded.bias = (before - mean) * slope"),
        near("eps is left out", EXERCISES, SLOPE, "slope = (bn.gamma / torch.sqrt(bn.running_var)).view(-1)"),
    ),
}  # fmt: skip
