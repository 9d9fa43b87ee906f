"""What is measured of regex_tokenizer.py: chunks, special tokens in a text, training, encoding and decoding."""

from collections.abc import Sequence
from types import ModuleType
from typing import Any

from grader.inside.probe import EXACT, probe
from grader.inside.probes.lecture8_tokenizer.shared import (
    Pairs,
    brief,
    called,
    ids_of,
    merges_of,
    regex_tokenizer_of,
    special_from,
    text_of,
    texts_of,
    told,
    vocab_of,
)

NAMED = ("all", "none", "none_raise")


@probe(EXACT, lambda text, pattern=None: f"split_text({brief(text)}{'' if pattern is None else f', {pattern!r}'})")
def chunks(regex_tokenizer: ModuleType, *, text: str, pattern: str | None = None) -> Any:
    """The chunks of a text."""
    split = regex_tokenizer.split_text
    return texts_of(split(text) if pattern is None else split(text, pattern), "split_text(...)")


@probe(EXACT, lambda text, special: f"split_special({brief(text)}, {special_from(special)})")
def pieces(regex_tokenizer: ModuleType, *, text: str, special: Sequence[str]) -> Any:
    """The pieces of a text with special tokens in it."""
    return texts_of(regex_tokenizer.split_special(text, special_from(special)), "split_special(...)")


def _trained(text: str, vocab_size: int, pattern: str | None = None) -> str:
    return f"t = {called(pattern)}; t.train({brief(text)}, {vocab_size})"


@probe(EXACT, _trained)
def trained_in_chunks(
    regex_tokenizer: ModuleType, *, text: str, vocab_size: int, pattern: str | None = None
) -> Any:  # fmt: skip
    """The merges in order, what each new id stands for, and the special tokens, which training leaves alone."""
    tokenizer = regex_tokenizer_of(regex_tokenizer, pattern, [], ["<|end|>"])
    tokenizer.train(text, vocab_size)
    merges = merges_of(tokenizer.merges, "merges")
    return {"merges": merges, **vocab_of(tokenizer.vocab, "vocab"), "special_tokens": dict(tokenizer.special_tokens)}


@probe(EXACT, lambda chunk, merges: told(f"encode_chunk({chunk!r})", "RegexTokenizer()", merges))
def encoded_chunk(regex_tokenizer: ModuleType, *, chunk: bytes, merges: Pairs) -> Any:
    """The ids of one chunk."""
    return ids_of(regex_tokenizer_of(regex_tokenizer, None, merges).encode_chunk(chunk), "encode_chunk(...)")


@probe(
    EXACT,
    lambda text, merges, pattern=None: told(f"encode_ordinary({brief(text)})", called(pattern), merges),
)
def encoded_ordinary(regex_tokenizer: ModuleType, *, text: str, merges: Pairs, pattern: str | None = None) -> Any:
    """The ids of a text, chunk by chunk."""
    tokenizer = regex_tokenizer_of(regex_tokenizer, pattern, merges)
    return ids_of(tokenizer.encode_ordinary(text), "encode_ordinary(...)")


def _allowed(allowed: str | Sequence[str]) -> str:
    return repr(allowed) if isinstance(allowed, str) else "{" + ", ".join(map(repr, allowed)) + "}"


@probe(
    EXACT,
    lambda text, special, allowed, merges: told(
        f"encode({brief(text)}{'' if allowed is None else f', allowed_special={_allowed(allowed)}'})",
        "RegexTokenizer()",
        merges,
        special,
    ),
)
def encoded_special(
    regex_tokenizer: ModuleType, *, text: str, special: Sequence[str], allowed: str | Sequence[str] | None,
    merges: Pairs,
) -> Any:  # fmt: skip
    """The ids of a text in which some special tokens are allowed, or that it was refused."""
    tokenizer = regex_tokenizer_of(regex_tokenizer, None, merges, special)
    chosen = allowed if isinstance(allowed, str) else set(allowed or ())
    try:
        found = tokenizer.encode(text) if allowed is None else tokenizer.encode(text, allowed_special=chosen)
    except (AssertionError, ValueError):
        if allowed in (None, "none_raise"):
            return "refused"
        raise
    return ids_of(found, "encode(...)")


@probe(EXACT, lambda ids, special, merges: told(f"decode({ids})", "RegexTokenizer()", merges, special))
def decoded_special(regex_tokenizer: ModuleType, *, ids: list[int], special: Sequence[str], merges: Pairs) -> Any:
    """The text of some ids, special tokens among them."""
    return text_of(regex_tokenizer_of(regex_tokenizer, None, merges, special).decode(list(ids)), "decode(...)")


@probe(
    EXACT,
    lambda text, special, merges: told(
        f"encode({brief(text)}, allowed_special='all'), and back, twice,", "RegexTokenizer()", merges, special
    ),
)
def round_trip(regex_tokenizer: ModuleType, *, text: str, special: Sequence[str], merges: Pairs) -> Any:
    """A text to ids, back to text, and to ids again."""
    tokenizer = regex_tokenizer_of(regex_tokenizer, None, merges, special)
    ids = ids_of(tokenizer.encode(text, allowed_special="all"), "encode(...)")
    back = text_of(tokenizer.decode(list(ids)), "decode(...)")
    again = ids_of(tokenizer.encode(back, allowed_special="all"), "encode(...)")
    return {"text": back, "ids": ids, "ids of that text": again}
