"""What resembles a known mistake of lecture 7 in what a block is made of, and is not it."""

from grader.lectures.lecture7_gpt.mistakes.blocks import AFTER, DROP, MEAN, RELU, ROOT, TALK, VAR
from grader.lectures.lecture7_gpt.mistakes.shared import ATTENTION, DROPPED
from near_misses import near

OUT = "return self.gamma * xhat + self.beta"

NEAR_MISSES = {
    "ffwd-shape": (near("a leak in the relu", ATTENTION, RELU, "            nn.LeakyReLU(),\n"),),
    "ln-axis": (
        near("the mean of all but the first channel", ATTENTION, MEAN, "xmean = x[..., 1:].mean(-1, keepdim=True)"),
    ),
    "ln-variance": (near("divided by one more", ATTENTION, VAR, f"{VAR} * x.shape[-1] / (x.shape[-1] + 1)"),),
    "ln-no-root": (near("the third root", ATTENTION, ROOT, "(xvar + self.eps) ** (1 / 3)"),),
    "ln-affine-missing": (near("the shift is taken away", ATTENTION, OUT, OUT.replace("+", "-")),),
    "head-size-not-divided": (
        near(
            "one channel of each head is left over",
            ATTENTION,
            "head_size = n_embd // n_head",
            "head_size = max(1, n_embd // n_head - 1)",
        ),
    ),
    "residual-missing": (near("half of what came in is kept", ATTENTION, TALK, "x = x / 2 + self.sa(self.ln1(x))"),),
    "ln-placement": (
        near("the same norm twice", ATTENTION, TALK, "x = x + self.sa(self.ln1(self.ln1(x) * 2 + 1) / 2)"),
    ),
    "block-order": (near("the talk counts twice", ATTENTION, TALK, "x = x + 2 * self.sa(self.ln1(x))"),),
    "dropout-in-eval": (
        near(
            "weights are smaller in evaluation",
            ATTENTION,
            DROPPED,
            "wei = self.dropout(wei) if self.training else wei * (1 - self.dropout.p)",
        ),
    ),
    "dropout-missing": (
        near("half of the dropout that is asked for", ATTENTION, DROP, "            nn.Dropout(dropout / 2),\n"),
    ),
    "dropout-misplaced": (near("dropout twice", ATTENTION, AFTER, f"self.dropout({AFTER})"),),
}
