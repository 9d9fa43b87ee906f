"""Known mistakes of lecture 2 in the loss, of the table and of the net, and in smoothing."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture2_bigram.mistakes.shared import COUNTS, EXERCISES, NEURAL, softmax_as

SHARED_OUT = "P = N + smoothing "
QUOTIENT = "return P / totals"
PICKED = "probs[torch.arange(len(xs)), ys]"
TRIGRAMS_PICKED = "P[xs, ys] "
MEANS = "counts / counts.mean(1, keepdim=True)"


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
        "smoothing-one-side",
        "Counts and totals are smoothed differently, so that a row does not add up to 1.",
        "Add up one row of the result. Which counts is its total the total of?",
        (
            edit(COUNTS, "totals = P.sum(1, keepdim=True)", "totals = N.sum(1, keepdim=True)"),
            edit(COUNTS, "totals = P.sum(1, keepdim=True)", "totals = N.sum(1, keepdim=True) + smoothing"),
            edit(COUNTS, QUOTIENT, "return N / totals"),
            (
                Edit(COUNTS, "totals = P.sum(1, keepdim=True)", "totals = N.sum(1, keepdim=True) + smoothing"),
                Edit(COUNTS, QUOTIENT, "return N / totals"),
            ),
        ),
    ),
    Misconception(
        "smoothing-fixed",
        "The number that is added is always 1, whatever was asked for.",
        "Call it with a smoothing of 0 and with one of 10. Are the two results different?",
        (edit(COUNTS, SHARED_OUT, "P = N + 1 "),),
    ),
    Misconception(
        "row-mean-for-total",
        "A row is divided by its mean, and not by its total: it adds up to as many as it has entries.",
        "Add up one row of the result. What should it be, and by which number is yours too large?",
        (
            (Edit(COUNTS, "P.sum(1, keepdim=True)", "P.float().mean(1, keepdim=True)"), *softmax_as(MEANS)[0]),
            (Edit(COUNTS, "P.sum(1, keepdim=True)", "P.float().mean(1, keepdim=True)"), *softmax_as(MEANS)[1]),
        ),
    ),
    Misconception(
        "one-row-for-all",
        "One row of the probabilities is used for all examples, whatever came before them.",
        "Change the second row of the table. Should the loss change, and does it?",
        (
            (
                Edit(COUNTS, "P[stoi[ch1], stoi[ch2]]", "P[0, stoi[ch2]]"),
                Edit(NEURAL, PICKED, "probs[0, ys]"),
                Edit(EXERCISES, TRIGRAMS_PICKED, "P[0, ys] "),
            ),
        ),
    ),
    Misconception(
        "rows-confused",
        "The row of an example is looked up by its character where its place in the batch counts, or the reverse.",
        "What does row 2 belong to here: the third example, or the character with the number 2?",
        (
            (
                Edit(NEURAL, PICKED, "probs[xs, ys]"),
                Edit(EXERCISES, TRIGRAMS_PICKED, "P[torch.arange(len(ys)), ys] "),
            ),
        ),
    ),
    Misconception(
        "log-misplaced",
        "The logarithm is left out, or taken of the average, and not of each probability.",
        "Two examples with the probabilities 0.5 and 0.1: work out the loss by hand. In which order do you do it?",
        (
            (
                Edit(COUNTS, "torch.log(prob).item()", "prob.item()"),
                Edit(NEURAL, ".log().mean()", ".mean()"),
                Edit(EXERCISES, "-probs.log().mean()", "-probs.mean()"),
            ),
            (
                Edit(NEURAL, ".log().mean()", ".mean().log()"),
                Edit(EXERCISES, "-probs.log().mean()", "-probs.mean().log()"),
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
