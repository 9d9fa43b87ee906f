"""Known mistakes in mlp.py of lecture 3: the loss of the logits."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture3_mlp.mistakes.shared import EXERCISES, MLP

CROSS_ENTROPY = "return F.cross_entropy(logits, Y)"
UNIFORM = "return -math.log(1 / vocab_size)"


def by_hand(*lines: str) -> tuple[Edit, ...]:
    """The loss written out in these lines."""
    return edit(MLP, CROSS_ENTROPY, "\n    ".join(lines))


MISCONCEPTIONS = (
    Misconception(
        "ce-double-softmax",
        "Probabilities are handed to where logits are expected, so that softmax is taken twice.",
        "How low can your loss get if the model is certain, and right?",
        (
            edit(MLP, CROSS_ENTROPY, "return F.cross_entropy(F.softmax(logits, dim=1), Y)"),
            edit(MLP, "    return logits\n", "    return F.softmax(logits, dim=1)\n"),
        ),
    ),
    Misconception(
        "ce-nan",
        "On the way from the logits to the logarithm, what is too small or too large for float32 is lost.",
        "Try the logits -5, -3, 0, 100 step by step. Which step is the first to show inf, nan, 0 or something rounded?",
        (
            by_hand(
                "counts = logits.exp()",
                "probs = counts / counts.sum(1, keepdim=True)",
                "return -probs[torch.arange(len(Y)), Y].log().mean()",
            ),
            by_hand("return (logits.exp().sum(1).log() - logits[torch.arange(len(Y)), Y]).mean()"),
            by_hand("return -F.softmax(logits, dim=1)[torch.arange(len(Y)), Y].log().mean()"),
        ),
    ),
    Misconception(
        "ce-log-softmax-mixups",
        "Something other than the logarithm of the target's probability, once per row, enters the mean.",
        "Which single number per row enters the loss? By how many numbers is the sum divided?",
        (
            by_hand("return -logits.log()[torch.arange(len(Y)), Y].mean()"),
            by_hand("return -logits[torch.arange(len(Y)), Y].mean()"),
            by_hand("return -F.log_softmax(logits, dim=1).max(1).values.mean()"),
            by_hand("return -F.log_softmax(logits, dim=1).mean()"),
            by_hand("return -F.log_softmax(logits, dim=0)[torch.arange(len(Y)), Y].mean()"),
            by_hand("return -F.log_softmax(logits, dim=1)[:, Y].mean()"),
            by_hand("return -F.softmax(logits, dim=1)[torch.arange(len(Y)), Y].mean()"),
            by_hand("return -F.softmax(logits, dim=1)[torch.arange(len(Y)), Y].mean().log()"),
            by_hand("return -(F.one_hot(Y, logits.shape[1]) * F.log_softmax(logits, dim=1)).mean()"),
        ),
    ),
    Misconception(
        "nll-sum",
        "The losses of the rows are added up and not averaged.",
        "How does your loss change when every row comes twice?",
        (edit(MLP, CROSS_ENTROPY, 'return F.cross_entropy(logits, Y, reduction="sum")'),),
    ),
    Misconception(
        "nll-sign-or-base",
        "The loss is negative, or it is counted with another logarithm than the natural one.",
        "How surprised is a uniform guess among 27? Of which sign, and to which base, is the number that you get?",
        (
            by_hand("return F.log_softmax(logits, dim=1)[torch.arange(len(Y)), Y].mean()"),
            by_hand("return F.cross_entropy(logits, Y) / 0.6931471805599453"),
            edit(EXERCISES, UNIFORM, "return math.log(1 / vocab_size)"),
            edit(EXERCISES, UNIFORM, "return -math.log2(1 / vocab_size)"),
            edit(EXERCISES, UNIFORM, "return -math.log10(1 / vocab_size)"),
        ),
    ),
    Misconception(
        "one-row-for-all",
        "One row of the logits is used for all examples, whatever came before them.",
        "Change the second row of the logits. Should the loss of two examples change, and does it?",
        (by_hand("return F.cross_entropy(logits[-1:].expand(len(Y), -1), Y)"),),
    ),
)
