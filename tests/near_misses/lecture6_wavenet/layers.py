"""What resembles a known mistake of lecture 6 in its layers, and is not it."""

from grader.lectures.lecture6_wavenet.mistakes.layers import ALL_PARAMETERS, BIASED, FLAT, TABLE, WEIGHT
from grader.lectures.lecture6_wavenet.mistakes.shared import (
    AXES,
    BUFFERS,
    GROUPED,
    LAYERS,
    MODES,
    SQUEEZED,
    XHAT,
    XMEAN,
    XVAR,
)
from near_misses import near

NEW_MEAN = "(1 - self.momentum) * self.running_mean + self.momentum * xmean"

NEAR_MISSES = {
    "rand-for-randn": (
        near("evenly between -1 and 1", LAYERS, TABLE, TABLE.replace("torch.randn", "2 * torch.rand") + " - 1"),
    ),
    "generator-not-passed": (
        near(
            "a generator of its own, with a seed of its own",
            LAYERS,
            TABLE,
            TABLE.replace("generator=generator", "generator=torch.Generator().manual_seed(1)"),
        ),
    ),
    "embedding-scaled": (near("scaled by a number of its own", LAYERS, TABLE, f"{TABLE} * 0.02"),),
    "init-scale-wrong": (near("with the gain of tanh", LAYERS, WEIGHT, f"5 / 3 * {WEIGHT}"),),
    "bias-twice-or-missing": (near("the bias is taken away", LAYERS, BIASED, "self.out = self.out - self.bias"),),
    "flatten-wrong-grouping": (
        near(
            "neighbours are added, and laid beside themselves",
            LAYERS,
            GROUPED,
            "x = x.view(B, T // self.n, self.n, C).sum(2).repeat(1, 1, self.n)",
        ),
    ),
    "flatten-interleaved": (
        near(
            "the newest position of a group comes first",
            LAYERS,
            GROUPED,
            "x = x.view(B, T // self.n, self.n, C).flip(2).reshape(B, T // self.n, C * self.n)",
        ),
        near("the last position comes first", LAYERS, FLAT, "self.out = x.flip(1).reshape(x.shape[0], -1)"),
    ),
    "flatten-keeps-unit-axis": (
        near("the axis of a single group goes to the end", LAYERS, "x = x.squeeze(1)", "x = x.transpose(1, 2)"),
    ),
    "flatten-squeezes-too-much": (
        near("the first group alone is left, however many there are", LAYERS, SQUEEZED, "        x = x[:, 0]\n"),
    ),
    "sequential-params": (
        near(
            "the parameters come from the last layer to the first",
            LAYERS,
            ALL_PARAMETERS,
            ALL_PARAMETERS.replace("self.layers", "self.layers[::-1]"),
        ),
    ),
    "sequential-input-again": (
        near(
            "the layers are called from the last to the first",
            LAYERS,
            "        for layer in self.layers:\n            x = layer(x)",
            "        for layer in self.layers[::-1]:\n            x = layer(x)",
        ),
    ),
    "bn3d-batch-axis-only": (
        near(
            "the first position stands for all",
            LAYERS,
            MODES,
            MODES.replace(AXES, "dim = 0\n            y = x if x.ndim == 2 else x[:, 0]")
            .replace("x.mean", "y.mean")
            .replace("x.var", "y.var"),
        ),
    ),
    "bn3d-library-layout": (
        near(
            "the channels of each position, and the examples of each channel",
            LAYERS,
            MODES,
            MODES.replace("x.mean(dim", "x.mean(-1").replace("x.var(dim", "x.var(0"),
        ),
    ),
    "bn3d-mixed-axes": (near("the mean of the whole array", LAYERS, XMEAN, "xmean = x.mean()"),),
    "bn3d-single-number": (near("the variance of the whole array", LAYERS, XVAR, "xvar = x.var()"),),
    "bn3d-each-example": (
        near("the mean of each example, and the spread of all", LAYERS, XMEAN, "xmean = x.mean(-2, keepdim=True)"),
    ),
    "bn-biased-vs-unbiased": (
        near(
            "divided by two less than the number of values",
            LAYERS,
            XVAR,
            "xvar = x.var(dim, keepdim=True, correction=2)",
        ),
    ),
    "bn-eval-uses-batch": (
        near(
            "in evaluation the first example has a say in the mean",
            LAYERS,
            "xmean = self.running_mean",
            "xmean = self.running_mean + 0.1 * x[:1].reshape(-1, x.shape[-1])[0]",
        ),
    ),
    "bn-updates-in-eval": (
        near(
            "evaluation brings the running mean closer to zero",
            LAYERS,
            "xmean = self.running_mean",
            "xmean = self.running_mean\n            self.running_mean = 0.9 * self.running_mean",
        ),
    ),
    "bn-no-update": (near("the running mean alone jumps to the batch's", LAYERS, NEW_MEAN, "xmean"),),
    "bn-momentum-swapped": (near("half and half", LAYERS, NEW_MEAN, "0.5 * self.running_mean + 0.5 * xmean"),),
    "bn-buffer-in-graph": (
        near(
            "the running mean wants a gradient of its own",
            LAYERS,
            BUFFERS,
            f"{BUFFERS}            self.running_mean.requires_grad = True\n",
        ),
    ),
    "bn-eps-placement": (near("eps is taken off", LAYERS, XHAT, "xhat = (x - xmean) / torch.sqrt(xvar - self.eps)"),),
}
