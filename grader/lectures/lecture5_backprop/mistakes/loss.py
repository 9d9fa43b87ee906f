"""Known mistakes of lecture 5 between the loss and the logits."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture5_backprop.mistakes.shared import FUSED, PIECES, gives

SEED = "dlogprobs[range(n), Yb] = -1.0 / n"
LARGEST = "F.one_hot(logits.max(1).indices, num_classes=logits.shape[1])"
DIVIDED, PULLED = "    dlogits /= n  ", "    dlogits[torch.arange(n), Yb] -= 1  "

MISCONCEPTIONS = (
    Misconception(
        "dlogprobs-no-mean",
        "The entries are not minus 1/n at the targets and 0 elsewhere.",
        "By how much does the mean of n numbers move if one of them moves by 1?",
        (
            edit(PIECES, SEED, "dlogprobs[range(n), Yb] = -1.0"),
            edit(PIECES, SEED, "dlogprobs[range(n), Yb] = 1.0 / n"),
            edit(PIECES, SEED, "dlogprobs[:] = -1.0 / n"),
            edit(PIECES, SEED, "dlogprobs[:, Yb] = -1.0 / n"),
        ),
    ),
    Misconception(
        "dprobs-reciprocal",
        "The slope of the logarithm is taken to be its input, or the logarithm itself.",
        "d log p / dp = ? Where is the curve of the logarithm steepest?",
        (gives("dprobs", "probs * dlogprobs"), gives("dprobs", "probs.log() * dlogprobs")),
    ),
    Misconception(
        "logit-max-path",
        "The way through the largest logit of a row is missing, has the other sign, or ends in other cells.",
        "If all logits of a row rise by 1, what becomes of norm_logits, and of the loss?",
        (
            gives("dlogits", "dnorm_logits.clone()"),
            gives("dlogits", "dnorm_logits - largest * dlogit_maxes"),
            gives("dlogits", "dnorm_logits + dlogit_maxes"),
            gives("dlogit_maxes", "dnorm_logits.sum(1, keepdim=True)"),
            edit(PIECES, LARGEST, LARGEST.replace(".max(", ".min(")),
            edit(PIECES, LARGEST, "(logits == logits.max())"),
        ),
    ),
    Misconception(
        "tie-shared",
        "Where two logits of a row are the largest, both are taken for the maximum.",
        "The maximum of 2 and 2 is 2. How far does it move if both rise by 1?",
        (edit(PIECES, LARGEST, "(logits == logits.max(1, keepdim=True).values)"),),
    ),
    Misconception(
        "fused-ce-incomplete",
        "Softmax minus one-hot over n is incomplete: the division by n is missing, or the subtraction.",
        "The loss is a mean over n rows: where is it? What should one row of dlogits add up to?",
        (
            edit(FUSED, DIVIDED, "    # not divided  "),
            edit(FUSED, PULLED, "    # not pulled  "),
            (Edit(FUSED, DIVIDED, "    # not divided  "), Edit(FUSED, PULLED, "    # not pulled  ")),
        ),
    ),
    Misconception(
        "softmax-overflow",
        "The exponentials of large logits overflow, and give nan.",
        "How large is exp(1000)? What may be taken off from all logits of a row before?",
        (
            edit(FUSED, "F.softmax(logits, 1)", "logits.exp() / logits.exp().sum(1, keepdim=True)"),
        ),
    ),
)  # fmt: skip
