"""What lecture 3 measures: rows of a dataset, each step of the net alone, training, names, learning rates.

Measurements only. Weights come from a seed in float64, so that two correct orders of operations agree to twelve digits.
"""

from grader.inside.probes.lecture3_mlp import works_alone  # noqa: F401  (it registers)
from grader.inside.probes.lecture3_mlp.dataset import context_rows, rows_of_names, split_names, split_parts
from grader.inside.probes.lecture3_mlp.exercises import (
    calm_parameters,
    direct_gradients,
    direct_logits,
    first_loss,
    loss_without_opinion,
)
from grader.inside.probes.lecture3_mlp.learning_rate import picked_rate, rates_between, swept_rates
from grader.inside.probes.lecture3_mlp.mlp import (
    drawn_minibatches,
    embedded_rows,
    embedding_gradient,
    fresh_parameters,
    loss_in_float32,
    loss_of_logits,
    net_gradients,
    net_logits,
    stepped_parameters,
)
from grader.inside.probes.lecture3_mlp.sampling import drawn_names, scripted_names
from grader.inside.probes.lecture3_mlp.training import loss_of_all_rows, training_losses
from grader.inside.probes.lecture3_mlp.weights import loss_on_held_out_names

PRELOAD = ("math", "numpy", "random", "torch")  # what the warm process imports before it forks workers
NAMES = True  # and that it has the list of names

__all__ = [
    "NAMES",
    "PRELOAD",
    "calm_parameters",
    "context_rows",
    "direct_gradients",
    "direct_logits",
    "drawn_minibatches",
    "drawn_names",
    "embedded_rows",
    "embedding_gradient",
    "first_loss",
    "fresh_parameters",
    "loss_in_float32",
    "loss_of_all_rows",
    "loss_of_logits",
    "loss_on_held_out_names",
    "loss_without_opinion",
    "net_gradients",
    "net_logits",
    "picked_rate",
    "rates_between",
    "rows_of_names",
    "scripted_names",
    "split_names",
    "split_parts",
    "stepped_parameters",
    "swept_rates",
    "training_losses",
]
