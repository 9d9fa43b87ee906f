"""Known mistakes of lecture 4 in taking the mean off and dividing by the spread, wherever batch norm is written out."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture4_batchnorm.mistakes.normalising import (
    AFFINE,
    MEAN,
    OUT,
    RAW,
    VARIANCE,
    XHAT,
    XMEAN,
    XVAR,
)
from grader.lectures.lecture4_batchnorm.mistakes.shared import BATCHNORM, EVALUATED, LAYERS

CENTRED = ((BATCHNORM, "(hpreact - bnmeani) / "), (LAYERS, "(x - xmean) / "), (BATCHNORM, "(hpreact - bnmean) / "))


def centred(old: str, new: str) -> tuple[tuple[Edit, ...], ...]:
    """The same slip where the mean is taken off: in the function, in the layer, and in evaluation."""
    return tuple(edit(file, piece, piece.replace(old, new)) for file, piece in CENTRED)


MISCONCEPTIONS = (
    Misconception(
        "bn-mean-stays",
        "The mean is not taken off before the division: it stays, is added, or is divided by itself.",
        "Which mean should a column have before gain and shift? Which one has yours?",
        (
            *(edit(file, piece, f"{piece[1:].split()[0]} / ") for file, piece in CENTRED),
            *centred(" - ", " + "),
            edit(BATCHNORM, RAW, RAW.replace("(hpreact - bnmeani)", "hpreact - bnmeani")),
            edit(LAYERS, XHAT, XHAT.replace("(x - xmean)", "x - xmean")),
        ),
    ),
    Misconception(
        "bn-total-for-mean",
        "The total of the batch stands where its mean belongs.",
        "Does what is taken off grow when the batch gets twice as many examples?",
        (
            edit(BATCHNORM, MEAN, MEAN.replace("mean(0", "sum(0")),
            edit(LAYERS, XMEAN, XMEAN.replace("mean(0", "sum(0")),
        ),
    ),
    Misconception(
        "bn-spread-stays",
        "The distances from the mean are multiplied by the spread, or left as they are, and not divided by it.",
        "Which spread should a column have before gain and shift? Which one has yours?",
        (
            edit(BATCHNORM, RAW, "bnraw = hpreact - bnmeani"),
            edit(LAYERS, XHAT, "xhat = x - xmean"),
            edit(BATCHNORM, EVALUATED, "hpreact = bngain * (hpreact - bnmean) + bnbias"),
            *centred(" / ", " * "),
        ),
    ),
    Misconception(
        "bn-root-twice",
        "The root is taken twice, or of a standard deviation, which is a root already.",
        "A column has the variance 16. By which number should it be divided, and by which one is it?",
        (
            edit(BATCHNORM, VARIANCE, VARIANCE.replace(".var(", ".std(")),
            edit(BATCHNORM, RAW, RAW.replace("torch.sqrt(bnvari + eps)", "torch.sqrt(torch.sqrt(bnvari + eps))")),
            edit(LAYERS, XVAR, XVAR.replace(".var(", ".std(")),
            edit(LAYERS, XHAT, XHAT.replace("torch.sqrt(xvar + self.eps)", "torch.sqrt(torch.sqrt(xvar + self.eps))")),
        ),
    ),
    Misconception(
        "bn-missing-keepdim",
        "Mean and spread are taken of each example and laid out as a row: they meet other numbers than their own.",
        "Batch norm: over which dimension does the batch run? Write the two shapes below each other, lined up right.",
        (
            (
                Edit(BATCHNORM, MEAN, MEAN.replace("0, keepdim=True", "1")),
                Edit(BATCHNORM, VARIANCE, VARIANCE.replace("0, keepdim=True", "1")),
            ),
            (
                Edit(LAYERS, XMEAN, XMEAN.replace("0, keepdim=True", "1")),
                Edit(LAYERS, XVAR, XVAR.replace("0, keepdim=True", "1")),
            ),
        ),
    ),
    Misconception(
        "bn-gain-added",
        "The gain is added where it should multiply, or the shift multiplies where it should be added.",
        "Set the gain to 1 and the shift to 0. What should each of them do to a number then?",
        (
            edit(BATCHNORM, AFFINE, "return bngain + bnraw + bnbias"),
            edit(BATCHNORM, EVALUATED, EVALUATED.replace("bngain * ", "bngain + ")),
            edit(LAYERS, OUT, OUT.replace("gamma * ", "gamma + ")),
            edit(BATCHNORM, AFFINE, "return bngain * bnraw * bnbias"),
            edit(LAYERS, OUT, OUT.replace(" + ", " * ")),
        ),
    ),
)
