"""Known mistakes of lecture 2 in the loss, of the table and of the net, and in smoothing."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture2_bigram.mistakes.shared import COUNTS, EXERCISES, NEURAL

SHARED_OUT = "P = N + smoothing "
QUOTIENT = "return P / totals"
PICKED = "probs[torch.arange(len(xs)), ys]"
TRIGRAMS_PICKED = "P[xs, ys] "


def logarithm(name: str) -> tuple[Edit, ...]:
    """Another logarithm, wherever the course takes one itself."""
    return (
        Edit(COUNTS, "torch.log(prob)", f"torch.{name}(prob)"),
        Edit(NEURAL, ".log()", f".{name}()"),
        Edit(EXERCISES, ".log()", f".{name}()"),
    )


MISCONCEPTIONS = (
    Misconception(
        "nll-sum",
        "The loss is the total over all examples, and not their average.",
        "Should the loss of twice as much data be twice as bad?",
        (
            (
                Edit(COUNTS, "return -log_likelihood / n", "return -log_likelihood"),
                Edit(NEURAL, ".log().mean()", ".log().sum()"),
                Edit(EXERCISES, "-probs.log().mean()", "-probs.log().sum()"),
                Edit(EXERCISES, "F.cross_entropy(W[xs], ys)", "F.cross_entropy(W[xs], ys, reduction='sum')"),
            ),
        ),
    ),
    Misconception(
        "nll-per-word",
        "The loss is divided by the number of words.",
        "What is one prediction here: a whole word, or each of its characters?",
        (
            (
                Edit(COUNTS, "return -log_likelihood / n", "return -log_likelihood / len(words)"),
                Edit(EXERCISES, "-probs.log().mean().item()", "-probs.log().sum().item() / len(words)"),
            ),
        ),
    ),
    Misconception(
        "nll-sign-or-base",
        "The loss is negative, or it is counted with another logarithm than the natural one.",
        "A uniform guess over 27 characters: which loss do you expect, of which sign, and what do you get?",
        (
            (
                Edit(COUNTS, "return -log_likelihood / n", "return log_likelihood / n"),
                Edit(NEURAL, "loss = -probs[", "loss = probs["),
                Edit(EXERCISES, "return -probs.log()", "return probs.log()"),
                Edit(EXERCISES, "return F.cross_entropy", "return -F.cross_entropy"),
            ),
            logarithm("log2"),
            logarithm("log10"),
        ),
    ),
    Misconception(
        "log-of-zero",
        "Nothing is added to the counts, so that a pair that never occurred has probability 0 and an infinite loss.",
        "Which probability does a pair get that never occurred, and what is the logarithm of that?",
        (
            edit(COUNTS, SHARED_OUT, "P = N + 0 "),
            edit(EXERCISES, "bigram_probabilities(N, strength)", "bigram_probabilities(N, 0)"),
        ),
    ),
    Misconception(
        "smoothing-after",
        "The number is added after the rows were shared out, so that a row adds up to more than 1.",
        "Add up a row once more, after the smoothing.",
        (
            (Edit(COUNTS, SHARED_OUT, "P = N + 0 "), Edit(COUNTS, QUOTIENT, "return P / totals + smoothing")),
            (
                Edit(COUNTS, SHARED_OUT, "P = N + 0 "),
                Edit(COUNTS, QUOTIENT, "return torch.where(N == 0, float(smoothing), P / totals)"),
            ),
        ),
    ),
    Misconception(
        "gather-columns",
        "Whole columns of the probabilities are averaged, where each row should give a single number.",
        "Two examples, two right answers: how many numbers should be left, two or four?",
        (
            (
                Edit(NEURAL, PICKED, "probs[:, ys]"),
                Edit(EXERCISES, TRIGRAMS_PICKED, "P[xs][:, ys] "),
            ),
        ),
    ),
)
