"""What resembles a known mistake of lecture 7 with texts, and is not it."""

from grader.lectures.lecture7_gpt.mistakes.shared import AVERAGING, BIGRAM, DATA
from grader.lectures.lecture7_gpt.mistakes.texts import BATCH, CHARS, FLAT, IX, LOSS, SHARES, Y
from near_misses import near

NEAR_MISSES = {
    "vocabulary-unsorted": (near("capitals count as small letters", DATA, CHARS, "chars = sorted(set(text.lower()))"),),
    "batch-target-short": (
        near("targets begin one place late, and end where they should", DATA, Y, Y.replace("i + 1 :", "i + 2 :")),
    ),
    "batch-target-unshifted": (near("targets are the inputs in reverse", DATA, Y, "y = x.flip(1)"),),
    "batch-index-range": (
        near(
            "only the first half is used",
            DATA,
            IX,
            IX.replace("len(data) - block_size", "(len(data) - block_size + 1) // 2"),
        ),
    ),
    "generator-not-passed": (
        near("a generator of its own", DATA, IX, IX.replace("=generator", "=torch.Generator().manual_seed(3)")),
    ),
    "split-by-mode-ignored": (
        near("each split is read backwards", BIGRAM, BATCH, BATCH.replace("(data,", "(data.flip(0),")),
    ),
    "ce-view-mixes-axes": (
        near("the positions stand in reverse", BIGRAM, FLAT, "logits = logits.flip(1).reshape(B * T, C)"),
    ),
    "loss-summed": (near("a little is added to the mean", BIGRAM, LOSS, f"{LOSS} * 1.01"),),
    "avg-no-keepdim": (near("divided by the roots of the sums", AVERAGING, SHARES, f"{SHARES} ** 0.5"),),
    "average-not-of-the-past": (
        near("only the position before and itself", AVERAGING, "x[b, : t + 1]", "x[b, max(0, t - 1) : t + 1]"),
    ),
    "average-not-divided": (
        near("divided by one more", AVERAGING, "torch.mean(xprev, 0)", "torch.sum(xprev, 0) / (t + 2)"),
    ),
    "average-mask-zero": (near("scores of -1 in the mask", AVERAGING, 'tril == 0, float("-inf")', "tril == 0, -1.0"),),
    "average-softmax-axis": (
        near(
            "shares of both axes",
            AVERAGING,
            "F.softmax(wei, dim=-1)",
            "F.softmax(wei, dim=-1) / 2 + F.softmax(wei, 0) / 2",
        ),
    ),
    "estimate-loss-mode": (
        near("half of each loss", BIGRAM, "losses[k] = loss.item()", "losses[k] = loss.item() / 2"),
    ),
    "estimate-last-batch": (
        near("a hundredth more than the mean", BIGRAM, "losses.mean().item()", "(losses.mean() * 1.01).item()"),
    ),
}
