"""Probes of lecture 5: each gradient by itself, the fused ones, and a net that trains without backward().

Everything is measured in float64. A gradient is handed tensors of the forward pass and arriving gradients that are
right, so no mistake is paid for twice; and each measurement says whether torch was asked to differentiate.
"""

from grader.inside.probes.lecture5_backprop import works_alone  # noqa: F401  (it registers)
from grader.inside.probes.lecture5_backprop.gradients import ARGUMENTS, GRADIENTS
from grader.inside.probes.lecture5_backprop.whole import (
    batchnorm_gradient,
    calibrated_statistics,
    comparison,
    cross_entropy_gradient,
    forward_values,
    gradients_by_hand,
    loss_of_rows,
    losses_by_hand,
)

PRELOAD = ("numpy", "torch")  # what the warm process imports before it forks workers for this lecture

__all__ = [
    "ARGUMENTS",
    "GRADIENTS",
    "PRELOAD",
    "batchnorm_gradient",
    "calibrated_statistics",
    "comparison",
    "cross_entropy_gradient",
    "forward_values",
    "gradients_by_hand",
    "loss_of_rows",
    "losses_by_hand",
]
