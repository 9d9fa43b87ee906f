"""What the pictures of lecture 3 share: sizes, steps, the exercises they need, when two runs look the same."""

from grader.desk.pictures import canvas
from grader.desk.pictures.canvas import Numbers
from grader.inside.probes.lecture3_mlp.shared import SYMBOLS

BLOCK_SIZE = 3
SEED = 2147483647
LECTURES = [len(SYMBOLS), BLOCK_SIZE, 2, 100]
STEPS, BATCH, RATE = 1000, 32, 0.1
MEAN = 50
FITTING = ("embed", "mlp-forward", "mlp-loss", "minibatch", "sgd-step")
TRAINING = (*FITTING, "train-mlp-lm")


def alike(mean: Numbers, wanted: Numbers) -> bool:
    """Whether two runs look the same: in float32, equal code may drift apart a little."""
    return canvas.agree(mean, wanted, 0.05, 0.1)
