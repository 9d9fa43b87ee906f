"""A tokenizer as a file."""

from __future__ import annotations

from typing import Any


def save(tokenizer: Any, prefix: str) -> None:
    """Write."""
    if "\n" in tokenizer.pattern:
        raise ValueError("a pattern is one line")
    ordered = sorted(tokenizer.merges.items(), key=lambda item: item[1])
    if [idx for _, idx in ordered] != list(range(256, 256 + len(ordered))):
        raise ValueError("ids of merges must follow one another")
    with open(f"{prefix}.model", mode="w", encoding="utf-8", newline="") as file:
        file.write(tokenizer.pattern)
        file.write("\n")
        file.write(f"{len(tokenizer.special_tokens):d}\n")
        for token, idx in tokenizer.special_tokens.items():
            file.write(f"{idx:d} {token}\n")
        for (first, second), _ in ordered:
            file.write(f"{first:d} {second:d}\n")


def load(tokenizer: Any, path: str) -> None:
    """Read."""
    if not str(path).endswith(".model"):
        raise ValueError("the name must end with .model")
    with open(path, encoding="utf-8", newline="") as file:
        content = file.read()
    lines = content.split("\n")
    if lines.pop() != "":
        raise ValueError("the last line has no end")
    pattern, count = lines[0], int(lines[1])
    special: dict[str, int] = {}
    for line in lines[2:2 + count]:
        number, blank, token = line.partition(" ")
        assert blank == " "
        special[token] = int(number)
    merges: dict[tuple[int, int], int] = {}
    vocab: dict[int, bytes] = {number: bytes((number,)) for number in range(256)}
    for line in lines[2 + count:]:
        first, second = (int(word) for word in line.split())
        idx = 256 + len(merges)
        merges[(first, second)] = idx
        vocab[idx] = vocab[first] + vocab[second]
    tokenizer.pattern = pattern
    tokenizer.special_tokens = special
    tokenizer.merges = merges
    tokenizer.vocab = vocab
