"""Known mistakes of lecture 5 where something was broadcast forwards, and has to be added up backwards."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture5_backprop.mistakes.shared import FUSED, LAST, both, gives

ROWS = ("dbngain", "dbnbias", "dbnvar_inv", "dbnmeani")  # one number per unit
COLUMNS = ("dcounts_sum_inv", "dlogit_maxes")  # one number per example
MEAN, VARIANCE = "dhpreact.sum(0) / n", "(dhpreact * bnraw).sum(0)"


def otherwise(name: str, new: str) -> tuple[Edit, ...]:
    """A variant with another reduction: for `.sum(0, keepdim=True)` or `.sum(1, keepdim=True)` stands this."""
    last = LAST[name].removeprefix("return ")
    return gives(name, last[: last.index(".sum(")] + new)


MISCONCEPTIONS = (
    Misconception(
        "broadcast-not-summed",
        "A number that was used many times does not collect the sum over its own uses.",
        "Used several times: what happens to its gradients?",
        (
            *(otherwise(name, "") for name in (*COLUMNS, *ROWS, "db2", "db1")),
            *(otherwise(name, ".sum(0, keepdim=True)") for name in COLUMNS),
            *(otherwise(name, ".sum(1, keepdim=True)") for name in ROWS),
            both(otherwise("dbngain", ""), otherwise("dbnbias", "")),
            both(otherwise("dbngain", ".sum(1, keepdim=True)"), otherwise("dbnbias", ".sum(1, keepdim=True)")),
        ),
    ),
    Misconception(
        "broadcast-averaged",
        "A number that was used many times gets the mean of its gradients, and not their sum.",
        "Used n times: add or average? How far do all results together move with it?",
        (
            *(otherwise(name, ".mean(1, keepdim=True)") for name in COLUMNS),
            *(otherwise(name, ".mean(0, keepdim=True)") for name in ROWS),
            both(otherwise("dbngain", ".mean(0, keepdim=True)"), otherwise("dbnbias", ".mean(0, keepdim=True)")),
        ),
    ),
    Misconception(
        "bias-grad-axis",
        "The gradient of a bias is added up over the units of each row, or averaged over the rows.",
        "The bias was added to every row. Which numbers hang on one of its entries?",
        (
            *(otherwise(name, new) for name in ("db2", "db1") for new in (".sum(1)", ".mean(0)")),
        ),
    ),
    Misconception(
        "gradient-shape",
        "The numbers are right and lie in another shape than what they are the gradient of.",
        "Print both shapes. Could your gradient be subtracted from it without being stretched first?",
        (
            *(otherwise(name, ".sum(1)") for name in COLUMNS),
            *(otherwise(name, ".sum(0, keepdim=True)") for name in ("db2", "db1")),
        ),
    ),
    Misconception(
        "fused-bn-sum-axis",
        "A sum in the formula runs over the whole array, and not over each column.",
        "One mean per unit. How many sums should there be if the layer has three units?",
        (
            edit(FUSED, MEAN, "dhpreact.sum() / n"),
            edit(FUSED, VARIANCE, "(dhpreact * bnraw).sum()"),
            (Edit(FUSED, MEAN, "dhpreact.sum() / n"), Edit(FUSED, VARIANCE, "(dhpreact * bnraw).sum()")),
        ),
    ),
)  # fmt: skip
