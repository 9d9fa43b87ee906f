"""What is measured of files.py: the lines that are written, and what is known after they were read.

Files lie in a folder of their own, which is gone when the measurement is over.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from grader.inside.probe import EXACT, NotAsStated, probe
from grader.inside.probes.lecture8_tokenizer.shared import merges_of, table, text_of, vocab_of, whole

Special = dict[str, int]


class Known:
    """A tokenizer that knows something and does nothing."""

    def __init__(self, pattern: str, special: Special, merges: dict[tuple[int, int], int]) -> None:
        self.pattern, self.special_tokens, self.merges = pattern, special, merges
        self.vocab: dict[int, bytes] = {}

    def register_special_tokens(self, special_tokens: Special) -> None:
        self.special_tokens = dict(special_tokens)


def _merges(merges: Sequence[Sequence[int]]) -> dict[tuple[int, int], int]:
    return {(a, b): idx for a, b, idx in merges}


@probe(
    EXACT,
    lambda pattern, special, merges: (
        f"save(t, 'toy') for t.pattern = {pattern!r}, t.special_tokens = {special}, t.merges = {_merges(merges)}"
    ),
)
def saved(files: ModuleType, *, pattern: str, special: Special, merges: Sequence[Sequence[int]]) -> Any:
    """The lines of the file that is written, and the names of all files."""
    with tempfile.TemporaryDirectory() as folder:
        files.save(Known(pattern, dict(special), _merges(merges)), str(Path(folder, "toy")))
        names = sorted(path.name for path in Path(folder).iterdir())
        if "toy.model" not in names:
            raise NotAsStated(f"save(t, 'toy') writes {' and '.join(names) or 'no file'}; it should write toy.model")
        text = Path(folder, "toy.model").read_bytes().decode("utf-8", errors="replace")
    return {f"line {i}": line for i, line in enumerate(text.removesuffix("\n").split("\n"), 1)} | {
        "ends with a line end": text.endswith("\n")
    }


@probe(EXACT, lambda lines: f"load(t, 'toy.model') of a file with the lines {lines}")
def loaded(files: ModuleType, *, lines: Sequence[str]) -> Any:
    """What a tokenizer knows afterwards that knew something else before."""
    tokenizer = Known("old", {"<|old|>": 999}, {(1, 1): 256})
    tokenizer.vocab = {256: b"\1\1", 999: b"old"}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "toy.model")
        path.write_bytes("".join(f"{line}\n" for line in lines).encode())
        files.load(tokenizer, str(path))
    special = table(tokenizer.special_tokens, "special_tokens")
    return {
        "pattern": text_of(tokenizer.pattern, "pattern"),
        "special_tokens": {text_of(token, "a key"): whole(idx, "an id") for token, idx in special.items()},
        "merges": merges_of(tokenizer.merges, "merges"),
        **vocab_of(tokenizer.vocab, "vocab"),
    }
