"""What resembles a known mistake of lecture 4 in batch norm itself, and is not it."""

from grader.lectures.lecture4_batchnorm.mistakes.centring import CENTRED
from grader.lectures.lecture4_batchnorm.mistakes.normalising import AFFINE, MEAN, OUT, RAW, VARIANCE, XHAT, XMEAN, XVAR
from grader.lectures.lecture4_batchnorm.mistakes.shared import (
    BATCHNORM,
    LAYERS,
)
from near_misses import near, together

NEAR_MISSES = {
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
            near("the third root", BATCHNORM, RAW, "bnraw = (hpreact - bnmeani) / (bnvari + eps) ** (1 / 3)"),
            near("the third root", LAYERS, XHAT, "xhat = (x - xmean) / (xvar + self.eps) ** (1 / 3)"),
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
        near("the shift is tripled", BATCHNORM, "return bngain * bnraw + bnbias", "return bngain * bnraw + 3 * bnbias"),
    ),
    "bn-gain-shift-swapped": (
        near("the shift is added to the gain", BATCHNORM, "return bngain * bnraw + bnbias",
             "return (bngain + bnbias) * bnraw"),
    ),
    "bn-mean-stays": (
        near("the mean is taken off twice", BATCHNORM, CENTRED[0][1], "(hpreact - 2 * bnmeani) / "),
    ),
    "bn-total-for-mean": (
        near("the largest of the batch stands for its mean", LAYERS, XMEAN, "xmean = x.amax(0, keepdim=True)"),
    ),
    "bn-spread-stays": (
        near("the distance of the smallest from the largest stands for the spread", BATCHNORM, RAW,
             "bnraw = (hpreact - bnmeani) / (hpreact.amax(0) - hpreact.amin(0) + eps)"),
    ),
    "bn-root-twice": (
        near("the square of the variance under the root", LAYERS, XHAT,
             "xhat = (x - xmean) / torch.sqrt(xvar**2 + self.eps)"),
    ),
    "bn-missing-keepdim": (
        near("mean and variance of each example, the same for all examples", BATCHNORM, MEAN,
             "bnmeani = hpreact.mean(1).mean()  #"),
    ),
    "bn-gain-added": (
        near("the gain is taken away", BATCHNORM, AFFINE, "return bnraw - bngain + bnbias"),
    ),
}  # fmt: skip
