"""What the probes of lecture 8 share: careful readings, tables as a student would type them, and ready tokenizers."""

from collections.abc import Iterable, Mapping, Sequence
from types import ModuleType
from typing import Any

from grader.inside.plain import article
from grader.inside.probe import NotAsStated

Pairs = Sequence[Sequence[int]]  # merges in the order in which they were learned; the first has the id 256
FIRST = 256  # the first id that is no byte
LONG = 60  # so many characters of a text are shown whole
SPECIAL = 1000  # the id of the first special token of a measurement


# ---- readings


def described(thing: Any) -> str:
    """What kind of thing it is, with its article."""
    if isinstance(thing, bytes | bytearray):
        return type(thing).__name__
    return "None (is a return missing?)" if thing is None else article(type(thing).__name__)


def items(thing: Any, what: str) -> list[Any]:
    """The items of whatever sequence the student chose."""
    if isinstance(thing, str | dict) or not hasattr(thing, "__iter__"):
        raise NotAsStated(f"{what} is {described(thing)}; it should be a list")
    return list(thing)


def whole(thing: Any, what: str) -> int:
    """A plain whole number."""
    if isinstance(thing, int) and not isinstance(thing, bool):
        return thing
    raise NotAsStated(f"{what} is {described(thing)}; it should be an int")


def ids_of(thing: Any, what: str) -> list[int]:
    """A list of whole numbers."""
    return [whole(idx, f"{what}[{i}]") for i, idx in enumerate(items(thing, what))]


def text_of(thing: Any, what: str) -> str:
    if isinstance(thing, str):
        return thing
    raise NotAsStated(f"{what} is {described(thing)}; it should be a str")


def texts_of(thing: Any, what: str) -> list[str]:
    """A list of str."""
    return [text_of(one, f"{what}[{i}]") for i, one in enumerate(items(thing, what))]


def bytes_of(thing: Any, what: str) -> bytes:
    if isinstance(thing, bytes | bytearray):
        return bytes(thing)
    raise NotAsStated(f"{what} is {described(thing)}; it should be bytes")


def table(thing: Any, what: str) -> dict[Any, Any]:
    if isinstance(thing, dict):
        return thing
    raise NotAsStated(f"{what} is {described(thing)}; it should be a dict")


def pair_of(key: Any, what: str) -> str:
    """A pair of ids in words, so that two of them compare as a student reads them."""
    if isinstance(key, tuple) and len(key) == 2:
        return f"({whole(key[0], f'a key of {what}')}, {whole(key[1], f'a key of {what}')})"
    raise NotAsStated(f"a key of {what} is {described(key)}; it should be a pair of ints")


def merges_of(thing: Any, what: str) -> list[str]:
    """A table of merges, in its order."""
    found = table(thing, what)
    return [f"{pair_of(pair, what)}: {whole(idx, f'an id in {what}')}" for pair, idx in found.items()]


def vocab_of(thing: Any, what: str) -> dict[str, Any]:
    """How many ids a vocabulary has, and the bytes of those that are no single bytes."""
    found = {whole(idx, f"a key of {what}"): data for idx, data in table(thing, what).items()}
    longer = [f"{idx}: {bytes_of(found[idx], f'{what}[{idx}]')!r}" for idx in sorted(found) if idx >= FIRST]
    return {f"ids in {what}": len(found), what: longer}


# ---- inputs


def merges_from(pairs: Pairs) -> dict[tuple[int, int], int]:
    """The table that a tokenizer keeps."""
    return {(pair[0], pair[1]): idx for idx, pair in enumerate(pairs, FIRST)}


def vocab_from(pairs: Pairs) -> dict[int, bytes]:
    """The bytes of every id."""
    vocab = {idx: bytes([idx]) for idx in range(FIRST)}
    for (a, b), idx in merges_from(pairs).items():
        vocab[idx] = vocab[a] + vocab[b]
    return vocab


def special_from(tokens: Iterable[str]) -> dict[str, int]:
    """Special tokens with ids of their own."""
    return {token: idx for idx, token in enumerate(tokens, SPECIAL)}


def knowing(tokenizer: Any, pairs: Pairs) -> Any:
    """The same tokenizer, with these merges in the place of what training would have taught it."""
    tokenizer.merges, tokenizer.vocab = merges_from(pairs), vocab_from(pairs)
    return tokenizer


def regex_tokenizer_of(module: ModuleType, pattern: str | None, pairs: Pairs, special: Iterable[str] = ()) -> Any:
    """A RegexTokenizer that knows these merges and special tokens."""
    made = module.RegexTokenizer() if pattern is None else module.RegexTokenizer(pattern)
    knowing(made, pairs).register_special_tokens(special_from(special))
    return made


# ---- in words


def brief(text: str) -> str:
    """A text as a student would type it, with what cannot be seen escaped; of a long one its beginning."""
    return repr(text) if len(text) <= LONG else f"{text[:LONG]!r} and so on, {len(text):,} characters"


def told(call: str, name: str, pairs: Pairs, special: Sequence[str] = ()) -> str:
    """A call of a tokenizer's, and what the tokenizer knows; the call comes first, for long tables are cut."""
    known = [f"t.merges = {merges_from(pairs)}"] if pairs else []
    known += [f"t.special_tokens = {special_from(special)}"] if special else []
    return f"t.{call} for t = {name} with {', '.join(known)}" if known else f"{name}.{call}"


def called(pattern: str | None) -> str:
    """How a RegexTokenizer is made."""
    return f"RegexTokenizer({'' if pattern is None else repr(pattern)})"


def listed(mapping: Mapping[Any, Any]) -> str:
    """A dict as a student would type it; of a long one how many there are."""
    return repr(dict(mapping)) if len(mapping) <= 8 else f"{{...}} of {len(mapping):,}"
