"""Probes of lecture 8: pairs and merges, chunks and special tokens, GPT-4's table, files, and three more.

Nothing here needs torch. What a tokenizer would have learned is put into it, so that no exercise waits for training.
"""

from grader.inside.probes.lecture8_tokenizer import works_alone  # noqa: F401  (it registers)
from grader.inside.probes.lecture8_tokenizer.basic import counted_pairs, decoded, encoded, merged, trained
from grader.inside.probes.lecture8_tokenizer.exercises import (
    coloured,
    encoded_characters,
    merges_of_chunks,
    trained_on_characters,
    work_of_training,
)
from grader.inside.probes.lecture8_tokenizer.files import loaded, saved
from grader.inside.probes.lecture8_tokenizer.gpt4 import (
    decoded_by_ranks,
    encoded_by_ranks,
    ranks_read,
    recovered,
    shuffled,
)
from grader.inside.probes.lecture8_tokenizer.regex_tokenizer import (
    chunks,
    decoded_special,
    encoded_chunk,
    encoded_ordinary,
    encoded_special,
    pieces,
    round_trip,
    trained_in_chunks,
)

PRELOAD = ("regex", "html", "base64")  # what the warm process imports before it forks workers for this lecture

__all__ = [
    "PRELOAD",
    "chunks",
    "coloured",
    "counted_pairs",
    "decoded",
    "decoded_by_ranks",
    "decoded_special",
    "encoded",
    "encoded_by_ranks",
    "encoded_characters",
    "encoded_chunk",
    "encoded_ordinary",
    "encoded_special",
    "loaded",
    "merged",
    "merges_of_chunks",
    "pieces",
    "ranks_read",
    "recovered",
    "round_trip",
    "saved",
    "shuffled",
    "trained",
    "trained_in_chunks",
    "trained_on_characters",
    "work_of_training",
]
