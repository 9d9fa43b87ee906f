"""Probes of lecture 9: tokens and counts, a net by hand, and a GPT of Values from its parts to its names.

Values come from the student's own engine where that is right, and else from the kit's (at_hand.py, abacus.py), so
that a slip of lecture 1 costs nothing here. Nothing here needs torch.
"""

from grader.inside.probes.lecture9_microgpt import works_alone  # noqa: F401  (it registers)
from grader.inside.probes.lecture9_microgpt.autograd import gradients_by_engine, product, shares
from grader.inside.probes.lecture9_microgpt.blocks import attended, heads, normed, small_net
from grader.inside.probes.lecture9_microgpt.by_hand import (
    gradients_by_hand,
    gradients_by_nudges,
    loss_of_net,
    steps_of_net,
)
from grader.inside.probes.lecture9_microgpt.gpt import fresh_model, listed_parameters, logits, losses, reach, work
from grader.inside.probes.lecture9_microgpt.tokens import decoded, encoded, letters_found, loss_of_pairs, pairs
from grader.inside.probes.lecture9_microgpt.training import adam_steps, drawn_names, scripted_name, training_losses

PRELOAD = ("math", "random")  # what the warm process imports before it forks workers for this lecture

__all__ = [
    "PRELOAD",
    "adam_steps",
    "attended",
    "decoded",
    "drawn_names",
    "encoded",
    "fresh_model",
    "gradients_by_engine",
    "gradients_by_hand",
    "gradients_by_nudges",
    "heads",
    "letters_found",
    "listed_parameters",
    "logits",
    "loss_of_net",
    "loss_of_pairs",
    "losses",
    "normed",
    "pairs",
    "product",
    "reach",
    "scripted_name",
    "shares",
    "small_net",
    "steps_of_net",
    "training_losses",
    "work",
]
