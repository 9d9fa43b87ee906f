"""What is measured of basic.py: counts of pairs, one merge, a training, and both directions of a tokenizer."""

from collections.abc import Sequence
from types import ModuleType
from typing import Any

from grader.inside.probe import EXACT, probe
from grader.inside.probes.lecture8_tokenizer.shared import (
    Pairs,
    brief,
    ids_of,
    knowing,
    merges_of,
    pair_of,
    table,
    text_of,
    told,
    vocab_of,
    whole,
)


def _counts(counts: Pairs) -> dict[tuple[int, int], int]:
    return {(a, b): times for a, b, times in counts}


@probe(EXACT, lambda ids, counts=None: f"get_stats({ids}{f', {_counts(counts)}' if counts is not None else ''})")
def counted_pairs(basic: ModuleType, *, ids: list[int], counts: Pairs | None = None) -> Any:
    """The counts, their order, and what became of what was handed in."""
    handed, given = list(ids), None if counts is None else _counts(counts)
    found = table(basic.get_stats(handed) if given is None else basic.get_stats(handed, given), "get_stats(...)")
    return {
        "counts": {pair_of(pair, "get_stats(...)"): whole(n, "a count") for pair, n in found.items()},
        "pairs in order": [pair_of(pair, "get_stats(...)") for pair in found],
        **({} if given is None else {"counts handed in, afterwards": len(given), "returns that dict": found is given}),
    }


@probe(EXACT, lambda ids, pair, idx: f"merge({ids}, {tuple(pair)}, {idx})")
def merged(basic: ModuleType, *, ids: list[int], pair: Sequence[int], idx: int) -> Any:
    """The new list, and the old one."""
    handed = list(ids)
    return {"merged": ids_of(basic.merge(handed, (pair[0], pair[1]), idx), "merge(...)"), "ids afterwards": handed}


def _trained(text: str, vocab_size: int, before: str | None = None) -> str:
    first = "" if before is None else f"t.train({brief(before)}, {vocab_size}); "
    return f"t = BasicTokenizer(); {first}t.train({brief(text)}, {vocab_size})"


@probe(EXACT, _trained)
def trained(basic: ModuleType, *, text: str, vocab_size: int, before: str | None = None) -> Any:
    """The merges in order, and what each new id stands for; after another training, if one is given."""
    tokenizer = basic.BasicTokenizer()
    for one in ([] if before is None else [before]) + [text]:
        tokenizer.train(one, vocab_size)
    return {"merges": merges_of(tokenizer.merges, "merges"), **vocab_of(tokenizer.vocab, "vocab")}


@probe(EXACT, lambda text, merges: told(f"encode({brief(text)})", "BasicTokenizer()", merges))
def encoded(basic: ModuleType, *, text: str, merges: Pairs) -> Any:
    """The ids of a text, by given merges."""
    return ids_of(knowing(basic.BasicTokenizer(), merges).encode(text), "encode(...)")


@probe(EXACT, lambda ids, merges: told(f"decode({ids})", "BasicTokenizer()", merges))
def decoded(basic: ModuleType, *, ids: list[int], merges: Pairs) -> Any:
    """The text of some ids, by given merges."""
    return text_of(knowing(basic.BasicTokenizer(), merges).decode(list(ids)), "decode(...)")
