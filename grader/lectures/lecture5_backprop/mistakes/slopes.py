"""Known mistakes of lecture 5 in the slope of a single line."""

from grader.judging.mistakes.known import Misconception, edit
from grader.lectures.lecture5_backprop.mistakes.shared import FORWARD, FUSED, PIECES, TRAINING, both, gives

GRADS = "[dC, dW1, db1, dW2, db2, dbngain, dbnbias]"
GAIN_BARE, BIAS_SCALED = (
    gives("dbngain", "torch.sum(dhpreact, 0, keepdim=True)"),
    gives("dbnbias", "torch.sum(bnraw * dhpreact, 0, keepdim=True)"),
)

MISCONCEPTIONS = (
    Misconception(
        "power-rule-tensor",
        "The slope of a power is incomplete: its factor, the sign, or the lower exponent is missing.",
        "What becomes of the exponent, in how many places, and of its sign?",
        (
            gives("dcounts_sum", "counts_sum**-2 * dcounts_sum_inv"),
            gives("dcounts_sum", "-counts_sum**-1 * dcounts_sum_inv"),
            gives("dbnvar", "-(bnvar + 1e-5) ** -1.5 * dbnvar_inv"),
            gives("dbnvar", "(bnvar + 1e-5) ** -1.5 * dbnvar_inv"),
            gives("dbnvar", "-0.5 * (bnvar + 1e-5) ** -0.5 * dbnvar_inv"),
            gives("dbnvar", "0.5 * (bnvar + 1e-5) ** -1.5 * dbnvar_inv"),
        ),
    ),
    Misconception(
        "bn-eps-placement",
        "eps is left out where the forward pass has it under the root.",
        "A column hardly varies. Which number stands under the root in the forward pass?",
        (
            gives("dbnvar", "-0.5 * bnvar ** -1.5 * dbnvar_inv"),
            edit(FORWARD, "(bnvar + 1e-5) ** -0.5", "bnvar ** -0.5"),
            edit(TRAINING, "(bnvar + 1e-5) ** -0.5", "bnvar ** -0.5"),
        ),
    ),
    Misconception(
        "matmul-transpose",
        "In the gradient of a matrix product the factors, or a transpose, have changed places.",
        "Use sizes that are all different. In how many ways can the two be multiplied?",
        (
            gives("dW2", "dlogits.T @ h"),
            gives("dW2", "h @ dlogits"),
            gives("dh", "dlogits @ W2"),
            gives("dh", "W2 @ dlogits"),
            gives("dW1", "dhprebn.T @ embcat"),
            gives("dW1", "embcat @ dhprebn"),
            gives("dembcat", "dhprebn @ W1"),
            gives("dembcat", "W1 @ dhprebn"),
            both(gives("dh", "dlogits @ W2"), gives("dW2", "h @ dlogits")),
            both(gives("dembcat", "dhprebn @ W1"), gives("dW1", "embcat @ dhprebn")),
        ),
    ),
    Misconception(
        "tanh-grad-preact",
        "The slope of tanh is computed from its input, or without the square.",
        "Write the slope in terms of the output. Can it be negative?",
        (gives("dhpreact", "(1.0 - hpreact**2) * dh"), gives("dhpreact", "(1.0 - h) * dh")),
    ),
    Misconception(
        "bn-gain-shift-swapped",
        "Gain and bias have changed places: what belongs to the one is given to the other.",
        "Which of the two is multiplied in the forward pass, and which is added?",
        (
            GAIN_BARE,
            BIAS_SCALED,
            both(GAIN_BARE, BIAS_SCALED),
            edit(TRAINING, GRADS, GRADS.replace("dbngain, dbnbias", "dbnbias, dbngain")),
        ),
    ),
    Misconception(
        "bn-var-bessel",
        "The variance was divided by n - 1, and its gradient is divided by n.",
        "Look at the divisor in the forward line. Does the same one come back?",
        (
            gives("dbndiff2", "1.0 / n * torch.ones_like(bndiff2) * dbnvar"),
            edit(FUSED, ".sum(0) / (n - 1)", ".sum(0) / n"),
        ),
    ),
    Misconception(
        "bn-square-factor",
        "The slope of x**2 is taken to be x, or x**2.",
        "d(x**2)/dx = ? By how much does a square of side 5 grow if its side grows by a little?",
        (
            edit(PIECES, "through_square = 2 * bndiff * dbndiff2", "through_square = bndiff * dbndiff2"),
            edit(PIECES, "through_square = 2 * bndiff * dbndiff2", "through_square = bndiff**2 * dbndiff2"),
        ),
    ),
)
