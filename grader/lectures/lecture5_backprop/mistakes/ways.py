"""Known mistakes of lecture 5 where something is used twice, and its gradient comes back on two ways."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture5_backprop.mistakes.shared import FUSED, LAST, PIECES, gives

THROUGH_MEAN = "through_mean = 1.0 / n * torch.ones_like(hprebn) * dbnmeani"
FUSED_LAST = "return bngain * bnvar_inv * (dhpreact - through_mean - through_variance)"


def in_place(name: str, first: str, change: str) -> tuple[Edit, ...]:
    """A variant that gives the arriving gradient a second name, and then changes it in place."""
    return edit(PIECES, LAST[name], f"found = {first}\n    found {change}\n    return found")


MISCONCEPTIONS = (
    Misconception(
        "second-branch-lost",
        "Of two ways on which a gradient comes back, one alone is kept.",
        "In how many lines of the forward pass does this variable appear on the right-hand side?",
        (
            gives("dcounts", "direct"),
            gives("dcounts", "through_sum"),
            gives("dlogits", "largest * dlogit_maxes"),
            gives("dbndiff", "through_square"),
            gives("dhprebn", "through_mean"),
        ),
    ),
    Misconception(
        "aliasing-no-clone",
        "A gradient that was handed in is changed: the result is another name for the same tensor.",
        "After your function has run, is the gradient that arrived still the same?",
        (
            in_place("dlogits", "dnorm_logits", "+= largest * dlogit_maxes"),
            in_place("dhprebn", "dbndiff", "+= through_mean"),
            in_place("dprobs", "dlogprobs", "/= probs"),
            in_place("dnorm_logits", "dcounts", "*= counts"),
            in_place("dhpreact", "dh", "*= 1.0 - h**2"),
        ),
    ),
    Misconception(
        "bn-mean-path",
        "The way through the mean is missing, has the other sign, or is not divided by the number of examples.",
        "Each x also moves the mean, and the mean moves everybody. By how much, and in which direction?",
        (
            gives("dhprebn", "dbndiff.clone()"),
            gives("dhprebn", "dbndiff - through_mean"),
            gives("dbnmeani", "dbndiff.sum(0, keepdim=True)"),
            edit(PIECES, THROUGH_MEAN, "through_mean = torch.ones_like(hprebn) * dbnmeani"),
            edit(FUSED, FUSED_LAST, "return bngain * bnvar_inv * (dhpreact - through_variance)"),
            edit(FUSED, FUSED_LAST, "return bngain * bnvar_inv * (dhpreact + through_mean - through_variance)"),
            edit(FUSED, "dhpreact.sum(0) / n", "dhpreact.sum(0)"),
        ),
    ),
    Misconception(
        "bn-var-path",
        "The variance is treated as if it did not depend on the examples.",
        "Does moving one example away from the mean change the spread? And whom does the spread change?",
        (
            gives("dbndiff", "direct"),
            edit(FUSED, FUSED_LAST, "return bngain * bnvar_inv * (dhpreact - through_mean)"),
        ),
    ),
    Misconception(
        "bn-mean-and-variance-fixed",
        "Mean and variance are both treated as if they did not depend on the examples.",
        "If all numbers of a column rise by 1, what does batch norm make of it?",
        (edit(FUSED, FUSED_LAST, "return bngain * bnvar_inv * dhpreact"),),
    ),
)
