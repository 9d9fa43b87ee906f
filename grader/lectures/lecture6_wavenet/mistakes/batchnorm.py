"""Known mistakes of lecture 6 in batch norm: over which axes it measures, what it remembers, and when."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture6_wavenet.mistakes.shared import (
    AXES,
    BUFFERS,
    LAYERS,
    MODES,
    OUT,
    XHAT,
    XMEAN,
    XVAR,
)

BATCH_ALWAYS = """        dim = 0 if x.ndim == 2 else (0, 1)
        xmean = x.mean(dim, keepdim=True)
        xvar = x.var(dim, keepdim=True)
"""
ALL_BATCHES = "\n".join(line.removeprefix("    ") for line in BUFFERS.split("\n")[1:])
BODY = f"{MODES}        {XHAT}\n        {OUT}\n{BUFFERS}"
BY_THE_MIDDLE = f"{OUT} if x.ndim == 2 else self.gamma.view(-1, 1) * xhat + self.beta.view(-1, 1)"
TORCHS_OWN = (
    "torch.nn.functional.batch_norm("
    "x, self.running_mean, self.running_var, self.gamma, self.beta, self.training, self.momentum, self.eps)"
)

MISCONCEPTIONS = (
    Misconception(
        "bn3d-batch-axis-only",
        "Each position is normalised by itself.",
        "How many numbers should the running mean of C channels have?",
        (edit(LAYERS, AXES, "dim = 0"),),
    ),
    Misconception(
        "bn3d-library-layout",
        "The middle axis is taken for the channels, as in torch's own layer, where it holds the positions.",
        "Which axis holds the channels in our arrays? Try as many positions as channels, and one more.",
        (
            edit(LAYERS, AXES, "dim = 0 if x.ndim == 2 else (0, 2)"),
            (
                Edit(LAYERS, AXES, "dim = 0 if x.ndim == 2 else (0, 2)"),
                Edit(LAYERS, OUT, BY_THE_MIDDLE),
            ),
            (
                Edit(LAYERS, AXES, "dim = 0 if x.ndim == 2 else (0, 2)"),
                Edit(LAYERS, OUT, f"{BY_THE_MIDDLE}\n        xmean, xvar = xmean.view(1, -1), xvar.view(1, -1)"),
            ),
            edit(LAYERS, BODY, f"        self.out = {TORCHS_OWN}\n"),
        ),
    ),
    Misconception(
        "bn3d-mixed-axes",
        "Mean and variance are taken over different axes.",
        "They are two statistics of one set of numbers. Which set is it, and is it the same for both?",
        (
            edit(LAYERS, XVAR, "xvar = x.var(0, keepdim=True)"),
            edit(LAYERS, XMEAN, "xmean = x.mean(0, keepdim=True)"),
            edit(LAYERS, XVAR, "xvar = x.var((0, 2) if x.ndim == 3 else 0, keepdim=True)"),
        ),
    ),
    Misconception(
        "bn3d-single-number",
        "One mean and one variance are taken of the whole array.",
        "Should a channel with large values decide how another channel is normalised?",
        (
            edit(LAYERS, AXES, "dim = 0 if x.ndim == 2 else (0, 1, 2)"),
            (Edit(LAYERS, XMEAN, "xmean = x.mean()"), Edit(LAYERS, XVAR, "xvar = x.var()")),
        ),
    ),
    Misconception(
        "bn3d-each-example",
        "Each example is normalised by itself: over its positions, its channels, or both.",
        "Does what comes out for one example depend on the others? In batch norm, it should.",
        (
            edit(LAYERS, AXES, "dim = 0 if x.ndim == 2 else 1"),
            edit(LAYERS, AXES, "dim = 0 if x.ndim == 2 else (1, 2)"),
            edit(LAYERS, AXES, "dim = -1"),
            edit(LAYERS, AXES, "dim = 0 if x.ndim == 2 else 2"),
        ),
    ),
    Misconception(
        "bn-biased-vs-unbiased",
        "A variance is divided by the number of values; the statement asks for one less.",
        "Work out the variance of 1, 3, 5 and 7 by hand. What do you divide by, and what does the statement say?",
        (edit(LAYERS, XVAR, "xvar = x.var(dim, keepdim=True, unbiased=False)"),),
    ),
    Misconception(
        "bn-eval-uses-batch",
        "In evaluation the batch's own mean or spread still counts, so that the other rows decide too.",
        "Evaluate one example alone and then together with others. Is it the same answer?",
        (
            edit(LAYERS, MODES, BATCH_ALWAYS),
            (Edit(LAYERS, MODES, BATCH_ALWAYS), Edit(LAYERS, BUFFERS, ALL_BATCHES)),
        ),
    ),
    Misconception(
        "bn-updates-in-eval",
        "Looking at examples in evaluation moves the running statistics.",
        "Does looking at the dev set change your model? Print the buffers before and after.",
        (
            (
                Edit(LAYERS, MODES, BATCH_ALWAYS.replace("xm", "m").replace("xv", "v") + MODES),
                Edit(LAYERS, BUFFERS, ALL_BATCHES.replace("xm", "m").replace("xv", "v")),
            ),
        ),
    ),
    Misconception(
        "bn-no-update",
        "The running statistics, or one of the two, never move with the batches.",
        "Print the running mean and variance at the start and after each of a few batches. Do they follow the data?",
        (
            edit(LAYERS, BUFFERS, ""),
            *(edit(LAYERS, line, "") for line in BUFFERS.splitlines(True)[2:]),
        ),
    ),
    Misconception(
        "bn-momentum-swapped",
        "The share momentum is given to the old value, and the rest to the new batch.",
        "After one batch, should the running mean have jumped or crept?",
        (
            (
                Edit(
                    LAYERS,
                    "(1 - self.momentum) * self.running_mean + self.momentum * xmean",
                    "self.momentum * self.running_mean + (1 - self.momentum) * xmean",
                ),
                Edit(
                    LAYERS,
                    "(1 - self.momentum) * self.running_var + self.momentum * xvar",
                    "self.momentum * self.running_var + (1 - self.momentum) * xvar",
                ),
            ),
        ),
    ),
    Misconception(
        "bn-buffer-in-graph",
        "Statistics that are only to be remembered stay tied to the graph that they were computed in.",
        "Who needs the history of the running mean? What happens to memory when each step adds to it?",
        (
            edit(
                LAYERS,
                BUFFERS,
                BUFFERS.replace("            with torch.no_grad():\n", "").replace("    " * 4, "    " * 3),
            ),
        ),
    ),
    Misconception(
        "bn-eps-placement",
        "eps is not added to the variance under the root: it stands outside, or is missing.",
        "Feed a channel that hardly varies. What should come out?",
        (
            edit(LAYERS, XHAT, "xhat = (x - xmean) / (torch.sqrt(xvar) + self.eps)"),
            edit(LAYERS, XHAT, "xhat = (x - xmean) / torch.sqrt(xvar)"),
        ),
    ),
)
