"""Steps of lecture 8 by themselves: stand-ins for what other exercises compute, each of them something else."""

from collections.abc import Sequence
from typing import Any

from grader.inside.probe import works_alone
from grader.inside.probes.lecture8_tokenizer.basic import encoded, trained
from grader.inside.probes.lecture8_tokenizer.exercises import (
    encoded_characters,
    merges_of_chunks,
    trained_on_characters,
    work_of_training,
)
from grader.inside.probes.lecture8_tokenizer.regex_tokenizer import (
    encoded_chunk,
    encoded_ordinary,
    encoded_special,
    trained_in_chunks,
)

__all__: list[str] = []


def _get_stats(ids: Sequence[int], counts: dict[Any, int] | None = None) -> dict[Any, int]:
    """Each second pair counts, and by its place."""
    counts = {} if counts is None else counts
    for i in range(0, len(ids) - 1, 2):
        pair = ids[i], ids[i + 1]
        counts[pair] = counts.get(pair, 0) + 2
    return counts


def _merge(ids: Sequence[int], pair: tuple[int, int], idx: int) -> list[int]:
    """The first occurrence alone is replaced, and the rest is turned round."""
    for i in range(len(ids) - 1):
        if (ids[i], ids[i + 1]) == pair:
            return [*ids[:i], idx, *reversed(ids[i + 2 :])]
    return list(ids)


def _split_text(text: str, pattern: str = "") -> list[str]:
    """Three characters each, from behind."""
    return [text[i : i + 3] for i in range(0, len(text), 3)][::-1]


def _split_special(text: str, special_tokens: Any) -> list[str]:
    """Words, and the special tokens behind them."""
    return [*(word for word in text.split("<") if word), *special_tokens]


for made in (trained, encoded, encoded_chunk, merges_of_chunks, trained_on_characters):
    works_alone(made, get_stats=_get_stats, merge=_merge)
works_alone(work_of_training, get_stats=_get_stats, merge=_merge)
works_alone(encoded_characters, merge=_merge)
for made in (trained_in_chunks, encoded_ordinary):
    works_alone(made, get_stats=_get_stats, merge=_merge, split_text=_split_text)
works_alone(encoded_special, split_special=_split_special, split_text=_split_text, get_stats=_get_stats, merge=_merge)
