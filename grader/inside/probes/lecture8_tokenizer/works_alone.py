"""Steps of lecture 8 by themselves: stand-ins for what other exercises compute, each of them something else."""

from collections.abc import Sequence
from types import ModuleType
from typing import Any

from grader.inside.probe import Probe, in_place, measured_alone, works_alone
from grader.inside.probes.lecture8_tokenizer.basic import encoded, trained
from grader.inside.probes.lecture8_tokenizer.exercises import (
    encoded_characters,
    merges_of_chunks,
    trained_on_characters,
    work_of_training,
)
from grader.inside.probes.lecture8_tokenizer.gpt4 import decoded_by_ranks, encoded_by_ranks
from grader.inside.probes.lecture8_tokenizer.regex_tokenizer import (
    encoded_chunk,
    encoded_ordinary,
    encoded_special,
    round_trip,
    trained_in_chunks,
)

__all__: list[str] = []


def _get_stats(ids: Sequence[int], counts: dict[Any, int] | None = None) -> dict[Any, int]:
    """The pairs are seen from the right."""
    counts = {} if counts is None else counts
    for i in reversed(range(len(ids) - 1)):
        pair = ids[i], ids[i + 1]
        counts[pair] = counts.get(pair, 0) + 1
    return counts


def _merge(ids: Sequence[int], pair: tuple[int, int], idx: int) -> list[int]:
    """The pairs are replaced from the right, and what comes of it is turned round, if there is one."""
    merged, i = list[int](), len(ids) - 1
    while i >= 0:
        found = i > 0 and (ids[i - 1], ids[i]) == pair
        merged.append(idx if found else ids[i])
        i -= 2 if found else 1
    return merged if len(merged) < len(ids) else list(ids)


def _split_text(text: str, pattern: str = "") -> list[str]:
    """Five characters each, from behind."""
    return [text[i : i + 5] for i in range(0, len(text), 5)][::-1]


def _split_special(text: str, special_tokens: Any) -> list[str]:
    """Words, and the special tokens behind them."""
    return [*(word for word in text.split("<") if word), *special_tokens]


def _encode_ordinary(self: Any, text: str) -> list[int]:
    """Word by word, each with its length."""
    return [idx for word in text.split() for idx in (len(word), *self.encode_chunk(word.encode()))]


def _encode_chunk(self: Any, chunk_bytes: Any) -> list[int]:
    """Each byte three times as large, and more for each merge."""
    return [len(self.merges) + 3 * byte for byte in chunk_bytes]


def _decode(self: Any, ids: list[int]) -> str:
    """Each id with what the vocabulary says of it."""
    return "; ".join(f"{idx} {self.vocab.get(idx)!r} {len(self.special_tokens)}" for idx in ids)


def _recover_merges(mergeable_ranks: dict[bytes, int]) -> dict[tuple[int, int], int]:
    """The first byte of each longer token, and its last."""
    return {(token[0], token[-1]): rank for token, rank in mergeable_ranks.items() if len(token) > 1}


def _byte_shuffle(mergeable_ranks: dict[bytes, int]) -> dict[int, int]:
    """The ranks backwards."""
    return {byte: 255 - mergeable_ranks[bytes([byte])] for byte in range(256)}


METHODS = {"encode_ordinary": _encode_ordinary, "encode_chunk": _encode_chunk, "decode": _decode}


def _without_methods(original: Probe, names: Sequence[str], **stand_ins: Any) -> None:
    """Let a step be measured by itself: with these methods of RegexTokenizer, and these functions, replaced."""

    def measure(*modules: ModuleType, **inputs: Any) -> Any:
        kind = modules[0].RegexTokenizer
        before = {name: vars(kind)[name] for name in names if name in vars(kind)}
        try:
            for name in before:
                setattr(kind, name, METHODS[name])
            with in_place(modules[0], stand_ins):
                return original.measure(*modules, **inputs)
        finally:
            for name, method in before.items():
                setattr(kind, name, method)

    measured_alone(original, measure)


for made in (trained, encoded, encoded_chunk, merges_of_chunks, trained_on_characters):
    works_alone(made, get_stats=_get_stats, merge=_merge)
works_alone(work_of_training, get_stats=_get_stats, merge=_merge)
works_alone(encoded_characters, merge=_merge)
for made in (trained_in_chunks, encoded_ordinary):
    works_alone(made, get_stats=_get_stats, merge=_merge, split_text=_split_text)
_without_methods(encoded_special, ["encode_ordinary", "encode_chunk"], split_special=_split_special)
_without_methods(round_trip, list(METHODS), split_special=_split_special)
for made in (encoded_by_ranks, decoded_by_ranks):
    _without_methods(made, list(METHODS), recover_merges=_recover_merges, byte_shuffle=_byte_shuffle)
