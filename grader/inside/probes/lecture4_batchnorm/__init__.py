"""Probes of lecture 4: starts, batch norm, layers, diagnostics, and the two exercises.

Numbers are handed in as float64, and new tensors are float64 while a probe measures; only fresh draws are measured
in float32, as the student has them. Each step has inputs of its own, so that no mistake is undone by another one; what
is built from layers is measured with layers of torch's (doubles.py), so that no mistake is paid for twice.
"""

from grader.inside.probes.lecture4_batchnorm import works_alone  # noqa: F401  (it registers)
from grader.inside.probes.lecture4_batchnorm.batchnorm import (
    bias_gradients,
    calibrated_statistics,
    normalised_batch,
    normalised_gradients,
    predicted_logits,
    running_statistics,
    useful_parameters,
)
from grader.inside.probes.lecture4_batchnorm.diagnostics import (
    activation_numbers,
    gradient_numbers,
    gradient_ratios,
    step_ratios,
)
from grader.inside.probes.lecture4_batchnorm.exercises import folded_layer, limit_loss, predicted_names, seen_names
from grader.inside.probes.lecture4_batchnorm.initialisation import (
    calm_parameters,
    dead_count,
    first_loss,
    saturated_share,
    uniform_loss,
    weight_spread,
)
from grader.inside.probes.lecture4_batchnorm.layers import (
    batchnorm_buffers,
    batchnorm_evaluation,
    batchnorm_output,
    fresh_batchnorm,
    fresh_linear,
    linear_output,
    tanh_output,
)
from grader.inside.probes.lecture4_batchnorm.net import (
    deep_logits,
    deep_losses,
    deep_modes,
    deep_net_draws,
    deep_net_parts,
    deep_switches,
    parameter_shapes,
)

PRELOAD = ("numpy", "torch")  # what the warm process imports before it forks workers for this lecture

__all__ = [
    "PRELOAD",
    "activation_numbers",
    "batchnorm_buffers",
    "batchnorm_evaluation",
    "batchnorm_output",
    "bias_gradients",
    "calibrated_statistics",
    "calm_parameters",
    "dead_count",
    "deep_logits",
    "deep_losses",
    "deep_modes",
    "deep_net_draws",
    "deep_net_parts",
    "deep_switches",
    "first_loss",
    "folded_layer",
    "fresh_batchnorm",
    "fresh_linear",
    "gradient_numbers",
    "gradient_ratios",
    "limit_loss",
    "linear_output",
    "normalised_batch",
    "normalised_gradients",
    "parameter_shapes",
    "predicted_logits",
    "predicted_names",
    "running_statistics",
    "saturated_share",
    "seen_names",
    "step_ratios",
    "tanh_output",
    "uniform_loss",
    "useful_parameters",
    "weight_spread",
]
