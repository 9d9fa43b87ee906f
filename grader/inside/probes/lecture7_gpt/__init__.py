"""Probes of lecture 7: a text as numbers, a bigram model, averages, attention, a GPT, and the lecture's exercises.

Numbers are handed in as float64, and new tensors are float64 while a probe measures. Every module gets the numbers of
the suite, whatever its own start was, so that all of it is judged by what it computes. What is built from other parts
is measured with the student's own; where these are wrong, with stand-ins (works_alone.py), so that no mistake is paid
twice.
"""

from grader.inside.probes.lecture7_gpt import works_alone  # noqa: F401  (it registers)
from grader.inside.probes.lecture7_gpt.attention import (
    block_at_rest,
    block_output,
    ffwd_output,
    ffwd_size,
    fresh_norm,
    head_output,
    heads_output,
    heads_size,
    norm_output,
    score_scale,
)
from grader.inside.probes.lecture7_gpt.averaging import means_by_loop, means_by_matrix, means_by_softmax
from grader.inside.probes.lecture7_gpt.bigram import bigram_answer, drawn_text, estimated_losses, scripted_text
from grader.inside.probes.lecture7_gpt.data import decoded_text, drawn_batch, encoded_text, numbered_characters
from grader.inside.probes.lecture7_gpt.dropping import (
    dropped_heads,
    dropped_in_block,
    dropped_in_model,
    dropped_thoughts,
    dropped_weights,
    evaluated_twice,
)
from grader.inside.probes.lecture7_gpt.exercises import (
    fused_dropped,
    fused_output,
    loss_of_marked,
    sums_as_rows,
    tuned_model,
    turned_vectors,
)
from grader.inside.probes.lecture7_gpt.gpt import drawn_gpt, gpt_answer, gpt_size, scripted_gpt
from grader.inside.probes.lecture7_gpt.moving import moved_at_once, moved_outputs
from grader.inside.probes.lecture7_gpt.shared import (
    block_spec,
    count,
    ffwd_spec,
    fused_spec,
    gpt_spec,
    head_spec,
    heads_spec,
)
from grader.inside.probes.lecture7_gpt.weights import loss_on_held_out_text

PRELOAD = ("copy", "numpy", "torch")  # what the warm process imports before it forks workers for this lecture
TEXT = True  # and that it has the text

__all__ = [
    "PRELOAD",
    "TEXT",
    "bigram_answer",
    "block_at_rest",
    "block_output",
    "block_spec",
    "count",
    "decoded_text",
    "drawn_batch",
    "drawn_gpt",
    "drawn_text",
    "dropped_heads",
    "dropped_in_block",
    "dropped_in_model",
    "dropped_thoughts",
    "dropped_weights",
    "encoded_text",
    "estimated_losses",
    "evaluated_twice",
    "ffwd_output",
    "ffwd_size",
    "ffwd_spec",
    "fresh_norm",
    "fused_dropped",
    "fused_output",
    "fused_spec",
    "gpt_answer",
    "gpt_size",
    "gpt_spec",
    "head_output",
    "head_spec",
    "heads_output",
    "heads_size",
    "heads_spec",
    "loss_of_marked",
    "loss_on_held_out_text",
    "means_by_loop",
    "means_by_matrix",
    "means_by_softmax",
    "moved_at_once",
    "moved_outputs",
    "norm_output",
    "numbered_characters",
    "score_scale",
    "scripted_gpt",
    "scripted_text",
    "sums_as_rows",
    "tuned_model",
    "turned_vectors",
]
