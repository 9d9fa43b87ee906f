"""What the pictures of lecture 8 show: a text in tokens, the merges it taught, and how it became shorter."""

from itertools import chain
from types import ModuleType
from typing import Any

from grader.inside.probe import EXACT, NotAsStated, probe
from grader.inside.probes.lecture8_tokenizer.shared import FIRST, brief, bytes_of, ids_of, table, whole


@probe(EXACT, lambda text, merges: f"RegexTokenizer().train(text, {FIRST + merges}) on {brief(text)}", seconds=10.0)
def pictured_tokens(regex_tokenizer: ModuleType, *, text: str, merges: int) -> Any:
    """All in lists of a fixed length: each byte's token, the pairs that were merged, the ids after so many merges."""
    tokenizer = regex_tokenizer.RegexTokenizer()
    tokenizer.train(text, FIRST + merges)
    learned = [[whole(a, "an id"), whole(b, "an id")] for a, b in table(tokenizer.merges, "merges")]
    ids = ids_of(tokenizer.encode_ordinary(text), "encode_ordinary(...)")
    owners = _owners([bytes_of(tokenizer.vocab[idx], f"vocab[{idx}]") for idx in ids], text.encode())
    return {
        "owners": owners,
        "ids": [ids[owner] for owner in owners],
        "pairs": (learned + [[-1, -1]] * merges)[:merges],
        "lengths": [_length(tokenizer, learned[:count], text) for count in range(merges + 1)],
    }


def _owners(tokens: list[bytes], text: bytes) -> list[int]:
    """For each byte of the text, in which token it lies."""
    if b"".join(tokens) != text:
        raise NotAsStated("the bytes of the tokens, put together, are not the text that was encoded")
    return list(chain.from_iterable([place] * len(token) for place, token in enumerate(tokens)))


def _length(tokenizer: Any, learned: list[list[int]], text: str) -> int:
    """How many ids the text has with these merges alone."""
    tokenizer.merges = {(a, b): idx for idx, (a, b) in enumerate(learned, FIRST)}
    return len(ids_of(tokenizer.encode_ordinary(text), "encode_ordinary(...)"))
