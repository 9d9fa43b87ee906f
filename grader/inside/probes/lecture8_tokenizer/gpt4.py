"""What is measured of gpt4.py: a table of ranks read, its merges, its bytes, and a tokenizer that is made of it."""

from collections.abc import Sequence
from types import ModuleType
from typing import Any

from grader.inside.probe import EXACT, NotAsStated, probe
from grader.inside.probes.lecture8_tokenizer.shared import (
    FIRST,
    brief,
    bytes_of,
    described,
    ids_of,
    merges_of,
    table,
    text_of,
    whole,
)

Step = Sequence[int]  # byte b has the rank (b * step[0] + step[1]) % 256


def ranks_from(tokens: Sequence[bytes], step: Step) -> dict[bytes, int]:
    """A table of ranks: those of single bytes by a rule, and longer tokens behind them."""
    singles = {bytes([byte]): (byte * step[0] + step[1]) % FIRST for byte in range(FIRST)}
    return singles | {token: rank for rank, token in enumerate(tokens, FIRST)}


def told(tokens: Sequence[bytes], step: Step) -> str:
    """The same in words, so that it can be typed."""
    times = "i" if step[0] == 1 else f"{step[0]} * i"
    rank = "i" if tuple(step) == (1, 0) else f"({times} + {step[1]}) % 256"
    longer = "".join(f"; ranks[{token!r}] = {i}" for i, token in enumerate(tokens, FIRST))
    return f"ranks = {{bytes([i]): {rank} for i in range(256)}}{longer}"


@probe(EXACT, lambda text: f"read_ranks({brief(text)})")
def ranks_read(gpt4: ModuleType, *, text: str) -> Any:
    """The table in a file of ranks, in its order."""
    found = table(gpt4.read_ranks(text), "read_ranks(...)")
    return [f"{bytes_of(token, 'a key')!r}: {whole(rank, 'a rank')}" for token, rank in found.items()]


@probe(EXACT, lambda tokens, step: f"{told(tokens, step)}; recover_merges(ranks)")
def recovered(gpt4: ModuleType, *, tokens: Sequence[bytes], step: Step) -> Any:
    """The merges that a table came from, in order; and that the table is what it was."""
    ranks = ranks_from(tokens, step)
    found = merges_of(gpt4.recover_merges(ranks), "recover_merges(...)")
    return {"merges": found, "ranks afterwards are the same": ranks == ranks_from(tokens, step)}


@probe(EXACT, lambda step: f"{told([], step)}; byte_shuffle(ranks)")
def shuffled(gpt4: ModuleType, *, step: Step) -> Any:
    """The rank of each byte."""
    found = table(gpt4.byte_shuffle(ranks_from([], step)), "byte_shuffle(...)")
    if set(found) != set(range(FIRST)):
        keys = described(next((key for key in found if key not in range(FIRST)), 0))
        raise NotAsStated(f"byte_shuffle(...) has {len(found)} keys, such as {keys}; they should be 0 to 255")
    return [whole(found[byte], f"byte_shuffle(...)[{byte}]") for byte in range(FIRST)]


@probe(
    EXACT,
    lambda text, tokens, step, pattern=None: (
        f"{told(tokens, step)}; GPT4Tokenizer(ranks{'' if pattern is None else f', {pattern!r}'})"
        f".encode_ordinary({brief(text)})"
    ),
)
def encoded_by_ranks(
    gpt4: ModuleType, *, text: str, tokens: Sequence[bytes], step: Step, pattern: str | None = None
) -> Any:
    """The ids of a text, and what the two tables of the tokenizer say of a byte and of a token."""
    ranks = ranks_from(tokens, step)
    tokenizer = gpt4.GPT4Tokenizer(ranks) if pattern is None else gpt4.GPT4Tokenizer(ranks, pattern)
    shuffle = table(tokenizer.byte_shuffle, "byte_shuffle")
    return {
        "ids": ids_of(tokenizer.encode_ordinary(text), "encode_ordinary(...)"),
        "merges": merges_of(tokenizer.merges, "merges"),
        "byte_shuffle[104]": whole(shuffle[104], "byte_shuffle[104]"),
    }


@probe(EXACT, lambda ids, tokens, step: f"{told(tokens, step)}; GPT4Tokenizer(ranks).decode({ids})")
def decoded_by_ranks(gpt4: ModuleType, *, ids: list[int], tokens: Sequence[bytes], step: Step) -> Any:
    """The text of some ids."""
    return text_of(gpt4.GPT4Tokenizer(ranks_from(tokens, step)).decode(list(ids)), "decode(...)")
