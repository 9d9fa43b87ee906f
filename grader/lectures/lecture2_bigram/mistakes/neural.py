"""Known mistakes of lecture 2 in what the net computes: one-hot rows, the softmax, the price on weights."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture2_bigram.mistakes.shared import EXERCISES, NEURAL, UNMOVED, softmax_as

PRICE = "+ l2 * (W**2).mean()"


def priced(price: str) -> tuple[Edit, ...]:
    """Another price on large weights, in both losses."""
    return Edit(NEURAL, PRICE, price), Edit(EXERCISES, PRICE, price)


MISCONCEPTIONS = (
    Misconception(
        "one-hot-type-or-width",
        "The rows hold whole numbers, or they are only as long as the largest number in this batch needs.",
        "Encode only the number 1. How long is the row, and can it be multiplied by a matrix of floats?",
        (
            edit(NEURAL, "F.one_hot(xs, num_classes=classes).float()", "F.one_hot(xs, num_classes=classes)"),
            edit(NEURAL, "F.one_hot(xs, num_classes=classes).float()", "F.one_hot(xs).float()"),
            edit(NEURAL, "F.one_hot(xs, num_classes=classes).float()", "F.one_hot(xs)"),
        ),
    ),
    Misconception(
        "softmax-unnormalised",
        "The exponentials are not divided by their total, so that a row does not add up to 1.",
        "Probabilities are positive, and a row of them adds up to 1: which of the two steps is missing?",
        softmax_as("counts"),
    ),
    Misconception(
        "softmax-global",
        "The exponentials are divided by the total of all rows together.",
        "Each row answers a question of its own. What must each of them add up to?",
        softmax_as("counts / counts.sum()"),
    ),
    Misconception(
        "softmax-overflow",
        "The exponential of a large logit is more than a float can hold, and the result is nan.",
        "Does a softmax change if the same number is added to all logits of a row?",
        (edit(NEURAL, UNMOVED, ""),),
    ),
    Misconception(
        "regulariser-form",
        "The price on large weights is not the mean of their squares, added to the loss.",
        "If W had twice as many entries of the same size, should the price grow? And may it ever be negative?",
        tuple(
            priced(price)
            for price in (
                "+ l2 * (W**2).sum()",
                "+ l2 * W.mean()",
                "+ l2 * W.abs().mean()",
                "+ l2 * W.mean()**2",
                "- l2 * (W**2).mean()",
                "+ 0 * l2",
            )
        ),
    ),
)
