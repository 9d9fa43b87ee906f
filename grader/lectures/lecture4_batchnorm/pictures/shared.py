"""What the pictures of lecture 4 share: sizes, learning rates, the exercises they need, a share in words."""

SEED = 2147483647
N_EMBD, N_HIDDEN, DEPTH, DEEP_HIDDEN = 10, 200, 5, 100
STEPS, LOOK_AFTER, UPDATES = 300, 100, 200
MEAN, RATES = 20, [0.1, 0.001]
FLAT, ALMOST_FLAT = 0.99, 0.97  # the lecture's thresholds for one hidden layer, and for the deep net
LAYERS = ("linear", "batchnorm1d", "tanh-layer", "deep-net")


def percent(share: float) -> str:
    """A share as one says it: 61%, 9.6%."""
    return f"{share:.0%}" if share >= 0.1 or share == 0 else f"{share:.1%}"
