"""Known mistakes of lecture 4 in the line by which a running statistic moves, in both files that have it."""

import re
from collections.abc import Iterator

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture4_batchnorm.mistakes.running_statistics import NEW_MEAN
from grader.lectures.lecture4_batchnorm.mistakes.shared import BATCHNORM, LAYERS, MODES, NEW_VAR

MEAN = "(1 - momentum) * bnmean_running + momentum * bnmeani"
STD = "(1 - momentum) * bnstd_running + momentum * bnstdi"
PAIRS = ((BATCHNORM, MEAN, STD), (LAYERS, NEW_MEAN, NEW_VAR))
SHARE = r"((?:self\.)?momentum)"
FORMULA = rf"\(1 - {SHARE}\) \* (\S+) \+ \S+ \* (\S+)"


def moved(old: str, new: str, each: bool = True) -> Iterator[tuple[Edit, ...]]:
    """The same slip, a pattern and what takes its place, in both lines of a file; with `each` in one of them too."""
    for file, *lines in PAIRS:
        wrong = [Edit(file, line, re.sub(old, new, line)) for line in lines]
        yield tuple(wrong)
        yield from ((one,) for one in wrong if each)


MISCONCEPTIONS = (
    Misconception(
        "bn-momentum-added",
        "In a running statistic a share is added where it should multiply.",
        "A batch has the mean 0. By how much does a running mean of 0 move then, and by how much does yours?",
        (
            *moved(rf"\+ {SHARE} \* ", r"+ \1 + "),
            *moved(rf"\(1 - {SHARE}\) \* ", r"(1 - \1) + "),
        ),
    ),
    Misconception(
        "bn-shares-not-one",
        "The shares of the old value and of the new batch do not add up to 1.",
        "If all batches were the same, where should a running value come to rest? Where does yours?",
        (
            *moved(rf"\(1 - {SHARE}\) \* ", ""),
            *moved(rf"\+ {SHARE} \* ", "+ "),
            *moved(r".* \+ ", ""),
            *moved(r" \+ ", " - ", each=False),
            *moved(r"\(1 - ", "(1 + ", each=False),
        ),
    ),
    Misconception(
        "bn-share-fixed",
        "A new batch gets another share than the momentum that was asked for, or than the stated one where none was.",
        "Call it with momentum 0.5 and with 0. What should each of the two do to the old value?",
        (
            *(
                tuple(Edit(file, line, re.sub(SHARE, share, line)) for line in lines)
                for (file, *lines), share in zip(PAIRS, ("0.001", "0.1"), strict=True)
            ),
            *moved(FORMULA, r"\3"),
            *moved(FORMULA, r"(\2 + \3) / 2", each=False),
            edit(BATCHNORM, "hpreact, momentum=0.001", "hpreact, momentum=0.1"),
            edit(BATCHNORM, "hpreact, momentum=0.001", "hpreact, momentum=0.999"),
            edit(LAYERS, "eps=1e-5, momentum=0.1", "eps=1e-5, momentum=0.9"),
            edit(LAYERS, "eps=1e-5, momentum=0.1", "eps=1e-5, momentum=0.001"),
        ),
    ),
    Misconception(
        "bn-statistics-mixed",
        "Mean and spread are mixed up: one takes the place, or the numbers, of the other.",
        "Write the two lines below each other. Which names should differ from one to the other, and do they?",
        (
            edit(BATCHNORM, STD, STD.replace("bnstdi", "bnmeani")),
            edit(BATCHNORM, MEAN, MEAN.replace("bnmeani", "bnstdi")),
            edit(BATCHNORM, STD, STD.replace("bnstd_running", "bnmean_running")),
            edit(BATCHNORM, MEAN, MEAN.replace("bnmean_running", "bnstd_running")),
            edit(BATCHNORM, STD, MEAN),
            edit(BATCHNORM, f"bnstd_running = {STD}", f"bnmean_running = {STD}"),
            edit(BATCHNORM, "return bnmean_running, bnstd_running", "return bnstd_running, bnmean_running"),
            edit(LAYERS, NEW_VAR, NEW_VAR.replace("xvar", "xmean")),
            edit(LAYERS, NEW_MEAN, NEW_MEAN.replace("xmean", "xvar")),
            (
                Edit(LAYERS, NEW_MEAN, NEW_MEAN.replace("xmean", "xvar")),
                Edit(LAYERS, NEW_VAR, NEW_VAR.replace("xvar", "xmean")),
            ),
            edit(LAYERS, NEW_VAR, NEW_VAR.replace("running_var", "running_mean")),
            edit(LAYERS, NEW_MEAN, NEW_MEAN.replace("running_mean", "running_var")),
            edit(LAYERS, NEW_VAR, NEW_MEAN),
            edit(LAYERS, f"self.running_var = {NEW_VAR}", f"self.running_mean = {NEW_VAR}"),
            edit(LAYERS, f"self.running_mean = {NEW_MEAN}", f"self.running_var = {NEW_MEAN}"),
            edit(BATCHNORM, "return bnmean, bnstd", "return bnstd, bnmean"),
        ),
    ),
    Misconception(
        "bn-remembers-normalised",
        "What is remembered of a batch is measured after it was normalised, and so is nearly the same every time.",
        "Which mean has a batch after it was normalised? Which one will evaluation have to take off?",
        (
            (
                Edit(LAYERS, NEW_MEAN, NEW_MEAN.replace("xmean", "xhat.mean(0)")),
                Edit(LAYERS, NEW_VAR, NEW_VAR.replace("xvar", "xhat.var(0)")),
            ),
            (
                Edit(LAYERS, NEW_MEAN, NEW_MEAN.replace("xmean", "self.out.mean(0)")),
                Edit(LAYERS, NEW_VAR, NEW_VAR.replace("xvar", "self.out.var(0)")),
            ),
        ),
    ),
    Misconception(
        "bn-train-uses-running",
        "In training a batch is normalised by what is remembered of earlier ones, and not by its own mean and spread.",
        "Print the mean that is taken off in training, beside the batch's own. In which mode does a new layer start?",
        (
            edit(LAYERS, MODES, MODES.replace("if self.training", "if not self.training")),
            (
                Edit(LAYERS, MODES, MODES.replace("if self.training", "if not self.training")),
                Edit(LAYERS, "if self.training:\n            with", "if not self.training:\n            with"),
            ),
            edit(
                LAYERS,
                "xhat = (x - xmean) / torch.sqrt(xvar + self.eps)",
                "xhat = (x - self.running_mean) / torch.sqrt(self.running_var + self.eps)",
            ),
            edit(LAYERS, "self.training = True", "self.training = False"),
        ),
    ),
)
