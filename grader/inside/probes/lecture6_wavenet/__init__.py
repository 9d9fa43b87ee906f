"""Probes of lecture 6: layers with positions, two nets made of them, and the same net as a convolution.

Numbers are handed in as float64, and new tensors are float64 while a probe measures; only fresh draws are measured
in float32, as the student has them. What is built from layers, and what uses a net, is measured with layers of torch's
(doubles.py), so that no mistake is paid for twice; one measurement puts everything of the student's together.
"""

from grader.inside.probes.lecture6_wavenet import works_alone  # noqa: F401  (it registers)
from grader.inside.probes.lecture6_wavenet.bare_net import count, flat_shapes, tree_shapes
from grader.inside.probes.lecture6_wavenet.exercises import (
    convolved,
    field_size,
    predicted_shapes,
    seen_inputs,
    seen_shapes,
    slid_logits,
)
from grader.inside.probes.lecture6_wavenet.layers import (
    batchnorm_buffers,
    batchnorm_evaluation,
    batchnorm_output,
    buffer_sizes,
    embedding_output,
    flat_output,
    fresh_batchnorm,
    fresh_embedding,
    fresh_linear,
    grouped_output,
    linear_output,
)
from grader.inside.probes.lecture6_wavenet.net_parts import (
    flat_logits,
    flat_parts,
    own_losses,
    prepared_net,
    tree_logits,
    tree_parts,
)
from grader.inside.probes.lecture6_wavenet.sampling import drawn_names, scripted_names
from grader.inside.probes.lecture6_wavenet.sequence import chained
from grader.inside.probes.lecture6_wavenet.using import loss_of_rows, smoothed_losses, switched_modes, training_losses

PRELOAD = ("numpy", "torch")  # what the warm process imports before it forks workers for this lecture

__all__ = [
    "PRELOAD",
    "batchnorm_buffers",
    "batchnorm_evaluation",
    "batchnorm_output",
    "buffer_sizes",
    "chained",
    "convolved",
    "count",
    "drawn_names",
    "embedding_output",
    "field_size",
    "flat_logits",
    "flat_output",
    "flat_parts",
    "flat_shapes",
    "fresh_batchnorm",
    "fresh_embedding",
    "fresh_linear",
    "grouped_output",
    "linear_output",
    "loss_of_rows",
    "own_losses",
    "predicted_shapes",
    "prepared_net",
    "scripted_names",
    "seen_inputs",
    "seen_shapes",
    "slid_logits",
    "smoothed_losses",
    "switched_modes",
    "training_losses",
    "tree_logits",
    "tree_parts",
    "tree_shapes",
]
