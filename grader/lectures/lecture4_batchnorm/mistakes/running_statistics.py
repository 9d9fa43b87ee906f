"""Known mistakes of lecture 4 in what batch norm remembers, and when it uses it."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture4_batchnorm.mistakes.shared import BATCH_STD, BATCHNORM, EVALUATED, LAYERS, MODES, NEW_VAR

CREEP = (
    "        bnmean_running = (1 - momentum) * bnmean_running + momentum * bnmeani\n"
    "        bnstd_running = (1 - momentum) * bnstd_running + momentum * bnstdi\n"
)

BUFFERS = """        if self.training:
            with torch.no_grad():
                self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * xmean
                self.running_var = (1 - self.momentum) * self.running_var + self.momentum * xvar
"""
NEW_MEAN = "(1 - self.momentum) * self.running_mean + self.momentum * xmean"
BATCH_ALWAYS = """        xmean = x.mean(0, keepdim=True)
        xvar = x.var(0, keepdim=True)
"""
UPDATE_ALWAYS = """        with torch.no_grad():
            self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * x.mean(0, keepdim=True)
            self.running_var = (1 - self.momentum) * self.running_var + self.momentum * x.var(0, keepdim=True)
"""
SWITCH = """    for layer in layers:
        if hasattr(layer, "training"):
            layer.training = training
"""
STATISTICS = "        bnmean = hpreact.mean(0, keepdim=True)\n        bnstd = hpreact.std(0, keepdim=True)\n"
TRAINING_SET = 'Xtr, _ = splits["train"]'


def exchanged(line: str) -> str:
    """The line by which a running statistic moves, with its two factors in each other's place."""
    share = "self.momentum" if "self" in line else "momentum"
    return line.replace(f"(1 - {share})", "REST").replace(f"+ {share}", f"+ (1 - {share})").replace("REST", share)


def without_guard(text: str, guard: str) -> str:
    """The lines under a `with` that is gone, moved to its depth."""
    head, _, body = text.partition(guard)
    return head + "".join(line.removeprefix("    ") for line in body.splitlines(True))


UPDATED = (
    "    with torch.no_grad():\n        bnmeani = hpreact.mean(0, keepdim=True)\n"
    "        bnstdi = hpreact.std(0, keepdim=True)\n" + CREEP
)
CALIBRATED = (
    "    with torch.no_grad():\n"
    "        emb = C[Xtr]                               # (N, block_size, n_embd)\n"
    "        hpreact = emb.view(emb.shape[0], -1) @ W1  # (N, n_hidden)\n" + STATISTICS
)

MISCONCEPTIONS = (
    Misconception(
        "bn-momentum-swapped",
        "The share momentum is given to the old value, and the rest to the new batch.",
        "After one batch, should the running mean have jumped or crept?",
        (
            edit(
                BATCHNORM,
                CREEP,
                "        bnmean_running = momentum * bnmean_running + (1 - momentum) * bnmeani\n"
                "        bnstd_running = momentum * bnstd_running + (1 - momentum) * bnstdi\n",
            ),
            (
                Edit(LAYERS, NEW_MEAN, "self.momentum * self.running_mean + (1 - self.momentum) * xmean"),
                Edit(LAYERS, NEW_VAR, "self.momentum * self.running_var + (1 - self.momentum) * xvar"),
            ),
            *(edit(BATCHNORM, line, exchanged(line)) for line in CREEP.splitlines(True)),
            *(edit(LAYERS, line, exchanged(line)) for line in (NEW_MEAN, NEW_VAR)),
        ),
    ),
    Misconception(
        "bn-eval-uses-batch",
        "In evaluation the batch's own mean or spread still counts, so that the other rows decide too.",
        "Evaluate one row alone and then together with others. Is it the same answer?",
        (
            edit(BATCHNORM, EVALUATED, "hpreact = normalise_batch(hpreact, bngain, bnbias, eps)"),
            edit(
                BATCHNORM,
                EVALUATED,
                "bnmean, bnstd = hpreact.mean(0, keepdim=True), hpreact.std(0, keepdim=True, unbiased=False)\n    "
                + EVALUATED,
            ),
            edit(LAYERS, MODES, BATCH_ALWAYS),
            (Edit(LAYERS, MODES, BATCH_ALWAYS), Edit(LAYERS, BUFFERS, UPDATE_ALWAYS)),
            edit(LAYERS, "xmean = self.running_mean", "xmean = x.mean(0, keepdim=True)"),
            edit(LAYERS, "xvar = self.running_var", "xvar = x.var(0, keepdim=True)"),
        ),
    ),
    Misconception(
        "bn-updates-in-eval",
        "Looking at examples in evaluation moves the running statistics.",
        "Does looking at the dev set change your model? Print the buffers before and after.",
        (
            edit(LAYERS, BUFFERS, UPDATE_ALWAYS),
            (Edit(LAYERS, MODES, UPDATE_ALWAYS + MODES), Edit(LAYERS, BUFFERS, "")),
        ),
    ),
    Misconception(
        "modes-not-switched",
        "After the switch some layers, or all, are still in the mode that they were in.",
        "Print the flag of each layer before and after the switch. Which of them should have changed?",
        (
            edit(LAYERS, SWITCH, "    return\n"),
            edit(LAYERS, SWITCH, "    layers[-1].training = training\n"),
        ),
    ),
    Misconception(
        "bn-no-update",
        "The running statistics, or one of the two, never move with the batches, or start as if nothing ever varied.",
        "Print the running mean and variance at the start and after each of a few batches. Do they follow the data?",
        (
            edit(BATCHNORM, CREEP, "        pass\n"),
            *(edit(BATCHNORM, line, "") for line in CREEP.splitlines(True)),
            edit(LAYERS, BUFFERS, ""),
            *(edit(LAYERS, line, "") for line in BUFFERS.splitlines(True)[2:]),
            edit(LAYERS, "self.running_var = torch.ones(dim)", "self.running_var = torch.zeros(dim)"),
        ),
    ),
    Misconception(
        "bn-tracks-std",
        "The variance is kept where the standard deviation belongs, or the other way round.",
        "Which of the two does the formula for evaluation expect: the variance or its root?",
        (
            edit(BATCHNORM, BATCH_STD, "bnstdi = hpreact.var(0, keepdim=True)"),
            edit(BATCHNORM, "bnstd = hpreact.std(0, keepdim=True)", "bnstd = hpreact.var(0, keepdim=True)"),
            edit(BATCHNORM, EVALUATED, EVALUATED.replace("bnstd**2", "bnstd")),
            edit(LAYERS, NEW_VAR, NEW_VAR.replace("xvar", "xvar**0.5")),
            edit(LAYERS, "xvar = self.running_var", "xvar = self.running_var**2"),
        ),
    ),
    Misconception(
        "bn-buffer-in-graph",
        "Statistics that are only to be remembered stay tied to the graph that they were computed in.",
        "Who needs the history of the running mean? What happens to memory when each step adds to it?",
        (
            edit(BATCHNORM, UPDATED, without_guard(UPDATED, "    with torch.no_grad():\n")),
            edit(BATCHNORM, CALIBRATED, without_guard(CALIBRATED, "    with torch.no_grad():\n")),
            edit(LAYERS, BUFFERS, without_guard(BUFFERS, "            with torch.no_grad():\n")),
        ),
    ),
    Misconception(
        "bn-calibrate-on-dev",
        "The statistics are measured on examples that the net is examined with.",
        "Which data may the model have seen before its exam?",
        (
            edit(BATCHNORM, TRAINING_SET, 'Xtr, _ = splits["dev"]'),
            edit(BATCHNORM, TRAINING_SET, 'Xtr, _ = splits["test"]'),
            edit(BATCHNORM, TRAINING_SET, "Xtr = torch.cat([X for X, Y in splits.values()])"),
            edit(BATCHNORM, TRAINING_SET, 'Xtr = torch.cat([splits["train"][0], splits["dev"][0]])'),
        ),
    ),
)
