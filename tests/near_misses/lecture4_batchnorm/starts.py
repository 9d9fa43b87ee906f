"""What resembles a known mistake of lecture 4 in how its parameters start, and is not it."""

from grader.lectures.lecture4_batchnorm.mistakes.draws import ZEROS
from grader.lectures.lecture4_batchnorm.mistakes.initialisation import (
    KAIMING,
    LAST_GAMMA,
    PLAIN_W1,
    PLAIN_WEIGHT,
    W1,
    WEIGHT,
)
from grader.lectures.lecture4_batchnorm.mistakes.shared import (
    LAYERS,
    START,
    W2,
)
from near_misses import near, together

NEAR_MISSES = {
    "init-no-scale": (
        together(
            near("half the spread", START, KAIMING, "return gain / fan_in**0.5 / 2"),
            near("half the spread", LAYERS, WEIGHT, f"{WEIGHT} / 2"),
        ),
    ),
    "init-fan-in-no-root": (
        together(
            near("one input too many is counted", START, KAIMING, "return gain / (fan_in + 1) ** 0.5"),
            near("inputs and outputs count", LAYERS, WEIGHT, f"{PLAIN_WEIGHT} / ((fan_in + fan_out) / 2) ** 0.5"),
        ),
    ),
    "init-gain-wrong": (
        near("the gain of tanh is upside down", START, '"tanh": 5 / 3', '"tanh": 3 / 5'),
    ),
    "init-all-zero": (
        together(
            near("all weights of the first layer are the same number", START, W1,
                 "W1 = torch.full((fan_in, n_hidden), 0.1)"),
            near("all weights start at one", LAYERS, WEIGHT, "self.weight = torch.ones((fan_in, fan_out))"),
        ),
    ),
    "output-layer-overconfident": (
        together(
            near("the last layer is made ten times smaller than asked", START, W2, f"{W2} * 0.1"),
            near("the last gamma is a hundredth", LAYERS, LAST_GAMMA, "layers[-1].gamma *= 0.01"),
        ),
    ),
    "rand-for-randn": (
        together(
            near("evenly between -1 and 1", START, PLAIN_W1, f"W1 = 2 * torch.rand{PLAIN_W1[16:]} - 1"),
            near("the distances of the numbers from 0", LAYERS, WEIGHT, f"{WEIGHT}.abs()"),
        ),
    ),
    "generator-not-passed": (
        near("one number is drawn before all others", START, "    C  = torch.randn(",
             "    torch.randn(1, generator=generator)\n    C  = torch.randn("),
    ),
    "bias-random": (
        near("the bias of a Linear starts at ones", LAYERS, ZEROS, "torch.ones(fan_out) if bias"),
    ),
}  # fmt: skip
