"""What lecture 1 measures: slopes, values and gradients of small programs, drawn graphs, nets, training.

Measurements only: whether a number is right is decided elsewhere. The names of a student's private attributes are
never relied on; an upstream gradient is set through the public ones (see engine.py).
"""

from grader.inside.probes.lecture1_micrograd import works_alone  # noqa: F401  (it registers)
from grader.inside.probes.lecture1_micrograd.derivatives import (
    gradient_by_hand,
    numerical_gradient_of_function,
    slope_of_curve,
    symmetric_slope_of_curve,
)
from grader.inside.probes.lecture1_micrograd.drawing import drawn_graph, drawn_operations, traced_graph
from grader.inside.probes.lecture1_micrograd.engine import added_gradients, gradients, graph, text_of_value, values
from grader.inside.probes.lecture1_micrograd.nn import (
    gradients_after_zero_grad,
    layer_output,
    layer_parameters,
    mlp_output,
    mlp_parameters,
    neuron_output,
    neuron_parameters,
)
from grader.inside.probes.lecture1_micrograd.shared import METHODS, ROUNDING
from grader.inside.probes.lecture1_micrograd.softmax import (
    likelihood_loss,
    softmax_gradients,
    softmax_loss,
    softmax_values,
)
from grader.inside.probes.lecture1_micrograd.training import (
    parameters_after_step,
    squared_error_gradients,
    squared_error_value,
    training_losses,
)

PRELOAD = ("graphviz", "math", "random")  # what the warm process imports before it forks workers for this lecture

__all__ = [
    "METHODS",
    "PRELOAD",
    "ROUNDING",
    "added_gradients",
    "drawn_graph",
    "drawn_operations",
    "gradient_by_hand",
    "gradients",
    "gradients_after_zero_grad",
    "graph",
    "layer_output",
    "layer_parameters",
    "likelihood_loss",
    "mlp_output",
    "mlp_parameters",
    "neuron_output",
    "neuron_parameters",
    "numerical_gradient_of_function",
    "parameters_after_step",
    "slope_of_curve",
    "softmax_gradients",
    "softmax_loss",
    "softmax_values",
    "squared_error_gradients",
    "squared_error_value",
    "symmetric_slope_of_curve",
    "text_of_value",
    "traced_graph",
    "training_losses",
    "values",
]
