"""What lecture 2 measures: vocabularies, tables of counts and shares, losses, a one-layer net, and sampled names.

Measurements only: whether a number is right is decided elsewhere. Sampled names come from tables and weights that are
given, never from what a student trained.
"""

from grader.inside.probes.lecture2_bigram import works_alone  # noqa: F401  (it registers)
from grader.inside.probes.lecture2_bigram.counts import (
    draws_by_hand,
    draws_from_table,
    draws_of_given_numbers,
    loss_of_table,
    names_from_table,
    pairs_of_word,
    size_of_vocabulary,
    table_of_counts,
    table_of_names,
    table_of_shares,
    tables_of_vocabulary,
)
from grader.inside.probes.lecture2_bigram.exercises import (
    cross_entropy,
    loss_of_trigrams,
    pairs_of_trigrams,
    picked_rows,
    shares_of_split,
    table_of_trigrams,
    tuned_smoothing,
)
from grader.inside.probes.lecture2_bigram.neural import (
    draws_from_net,
    encoded_rows,
    names_from_net,
    net_gradient,
    net_loss,
    net_output,
    output_of_large_logits,
    pairs_of_dataset,
    precision_of_output,
    training,
)
from grader.inside.probes.lecture2_bigram.shared import SHARES

PRELOAD = ("numpy", "torch", "torch.nn.functional")  # what the warm process imports before it forks workers
NAMES = True  # a table is counted from the list in use

__all__ = [
    "NAMES",
    "PRELOAD",
    "SHARES",
    "cross_entropy",
    "draws_by_hand",
    "draws_from_net",
    "draws_from_table",
    "draws_of_given_numbers",
    "encoded_rows",
    "loss_of_table",
    "loss_of_trigrams",
    "names_from_net",
    "names_from_table",
    "net_gradient",
    "net_loss",
    "net_output",
    "output_of_large_logits",
    "pairs_of_dataset",
    "pairs_of_trigrams",
    "pairs_of_word",
    "picked_rows",
    "precision_of_output",
    "shares_of_split",
    "size_of_vocabulary",
    "table_of_counts",
    "table_of_names",
    "table_of_shares",
    "table_of_trigrams",
    "tables_of_vocabulary",
    "training",
    "tuned_smoothing",
]
