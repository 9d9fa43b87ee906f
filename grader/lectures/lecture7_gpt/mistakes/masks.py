"""Known mistakes of lecture 7 about who may hear whom: the mask, and the softmax over it."""

from grader.judging.mistakes.known import Misconception, edit
from grader.lectures.lecture7_gpt.mistakes.shared import (
    ATTENTION,
    BEFORE,
    EXERCISES,
    FUSED_SOFTMAX,
    MASK,
    SOFTMAX,
    VALUE,
)

TRIL = "self.tril[:T, :T]"
ZEROED = "        wei = F.softmax(wei, dim=-1) * self.tril[:T, :T]\n        wei = self.dropout(wei)\n"

MISCONCEPTIONS = (
    Misconception(
        "mask-missing",
        "Every position hears every other, also those that come after it.",
        "Change only the last character. Which outputs are allowed to change?",
        (edit(ATTENTION, MASK, "pass"), edit(EXERCISES, MASK, "pass")),
    ),
    Misconception(
        "mask-upper",
        "Each position hears what comes after it, and not what came before.",
        "A row is who asks, a column who answers. Whom may the first row ask?",
        (
            edit(ATTENTION, TRIL, f"{TRIL}.T"),
            edit(EXERCISES, TRIL, f"{TRIL}.T"),
            edit(ATTENTION, f"{TRIL} == 0", f"{TRIL}.tril(-1) == 1"),
        ),
    ),
    Misconception(
        "mask-excludes-self",
        "A position does not hear itself, which leaves nobody to the first one.",
        "May a character look at itself? Who is left for the first one?",
        (
            edit(ATTENTION, TRIL, f"{TRIL}.tril(-1)"),
            edit(EXERCISES, TRIL, f"{TRIL}.tril(-1)"),
            edit(ATTENTION, MASK, MASK.replace(TRIL, f"{TRIL}.tril(-1)").replace('float("-inf")', "-1e9")),
        ),
    ),
    Misconception(
        "mask-zero-fill",
        "Scores that must not count are set to 0, and 0 is a score like any other.",
        "What does softmax make of a 0? Print one row of the weights.",
        (
            edit(ATTENTION, MASK, MASK.replace('float("-inf")', "0.0")),
            edit(EXERCISES, MASK, MASK.replace('float("-inf")', "0.0")),
            edit(ATTENTION, MASK, f"wei = wei * {TRIL}"),
            edit(EXERCISES, MASK, f"wei = wei * {TRIL}"),
        ),
    ),
    Misconception(
        "mask-after-softmax",
        "Weights are taken away after the softmax, so that those which stay do not add up to 1.",
        "Add up the weights of row 0. What is missing?",
        (
            edit(ATTENTION, f"        {MASK}\n{BEFORE}", ZEROED),
            edit(EXERCISES, f"        {MASK}\n        {FUSED_SOFTMAX}", f"        {FUSED_SOFTMAX} * {TRIL}"),
        ),
    ),
    Misconception(
        "mask-not-cropped",
        "The mask always has block_size rows, also where there are fewer positions.",
        "Generate from one character. How large are the scores, and how large is the mask?",
        (
            edit(ATTENTION, TRIL, "self.tril"),
            edit(EXERCISES, TRIL, "self.tril"),
        ),
    ),
    Misconception(
        "mask-type-or-batch",
        "The mask is added to the scores as numbers, or only the first row of the batch is masked.",
        "Put the same text into both rows of the batch. Are the results equal, and what does the mask do to a score?",
        (
            edit(ATTENTION, MASK, f"wei = wei + {TRIL}"),
            edit(EXERCISES, MASK, f"wei = wei + {TRIL}"),
            edit(
                ATTENTION,
                MASK,
                'wei = torch.cat([wei[:1].masked_fill(self.tril[:T, :T] == 0, float("-inf")), wei[1:]])',
            ),
        ),
    ),
    Misconception(
        "attn-softmax-query-axis",
        "The softmax runs over those who ask: the columns of the weights add up to 1, not the rows.",
        "In the first example there were two axes. How many are there now, and which of them are the keys?",
        (
            edit(ATTENTION, SOFTMAX, "wei = F.softmax(wei, dim=1)"),
            edit(EXERCISES, "F.softmax(wei, dim=-1)", "F.softmax(wei, dim=-2)"),
        ),
    ),
    Misconception(
        "cross-batch-talk",
        "Rows of the batch have a say in each other's results.",
        "Two readers, two books: change row 1 of the batch only. May row 0 move?",
        (
            edit(ATTENTION, SOFTMAX, "wei = F.softmax(wei, dim=0)"),
            edit(ATTENTION, VALUE, "v = self.value(x).view(T, x.shape[0], -1).transpose(0, 1)"),
            edit(ATTENTION, VALUE, "v = self.value(x).mean(0, keepdim=True)"),
            edit(
                EXERCISES,
                "v = self.value(x).view(split).transpose(1, 2)",
                "v = self.value(x).view(self.n_head, B, T, C // self.n_head).transpose(0, 1)",
            ),
        ),
    ),
)
