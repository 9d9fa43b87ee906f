"""Known mistakes of lecture 5 in what counts as equal, and in the forward pass."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture5_backprop.mistakes.shared import COMPARE, FORWARD, TRAINING

SHAPES = 'if dt.shape != t.shape:\n        return False, False, float("inf") '
EXACT, CLOSE = "exact = torch.equal(dt, t)", "approximate = torch.allclose(dt, t) "
VARIANCE = "bnvar = 1 / (n - 1) * bndiff2.sum(0, keepdim=True)"

MISCONCEPTIONS = (
    Misconception(
        "exactness-panic",
        "Numbers that are the same up to rounding are called different.",
        "Add up three numbers from the left, then from the right. May the two results differ?",
        (edit(COMPARE, CLOSE, "approximate = exact "),),
    ),
    Misconception(
        "compare-broadcasts",
        "Tensors of different shapes are compared after one was stretched to the other's shape.",
        "Are (3,) and (1, 3) the same shape? What does torch do before it compares them?",
        (
            edit(COMPARE, SHAPES, "if False:\n        return False, False, 0.0 "),
            (Edit(COMPARE, SHAPES, "if False:\n        return False, False, 0.0 "),
             Edit(COMPARE, EXACT, "exact = torch.all(dt == t).item()")),
        ),
    ),
    Misconception(
        "difference-signed",
        "The largest difference is taken with its sign, so that differences downwards do not count.",
        "How far apart are 2 and 5? And 5 and 2?",
        (edit(COMPARE, "(dt - t).abs().max()", "(dt - t).max()"), edit(COMPARE, "(dt - t).abs()", "(t - dt)")),
    ),
    Misconception(
        "bn-biased-vs-unbiased",
        "A variance is divided by the number of examples; the statement asks for one less.",
        "Work out the variance of 1, 2 and 6 by hand, as the statement says. What do you divide by?",
        (
            edit(FORWARD, VARIANCE, VARIANCE.replace("(n - 1)", "n")),
            edit(TRAINING, "hprebn.var(0, keepdim=True)", "hprebn.var(0, keepdim=True, unbiased=False)"),
        ),
    ),
    Misconception(
        "logit-max-of-all",
        "The largest logit of the whole batch is taken off, and not that of each row.",
        "Which numbers share a softmax: those of a row, or all?",
        (edit(FORWARD, "logits.max(1, keepdim=True).values", "logits.max().view(1, 1).expand(n, 1)"),),
    ),
)  # fmt: skip
