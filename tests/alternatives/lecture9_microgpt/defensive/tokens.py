"""Tokens and counts, with checks."""

from __future__ import annotations

import math


def letters_of(docs: list[str]) -> list[str]:
    if not all(isinstance(doc, str) for doc in docs):
        raise TypeError("documents are texts")
    found = sorted(set().union(*docs)) if docs else []
    assert all(len(letter) == 1 for letter in found)
    return found


def encode(doc: str, letters: list[str]) -> list[int]:
    bos = len(letters)
    for letter in doc:
        if letter not in letters:
            raise ValueError(f"no such letter: {letter!r}")
    tokens = [bos, *(letters.index(letter) for letter in doc), bos]
    assert len(tokens) == len(doc) + 2
    return tokens


def decode(tokens: list[int], letters: list[str]) -> str:
    bos = len(letters)
    return "".join(letters[token] for token in tokens if token is not None and token != bos)


def count_pairs(docs: list[str], letters: list[str]) -> list[list[int]]:
    size = len(letters) + 1
    counts: list[list[int]] = [[0] * size for _ in range(size)]
    total = 0
    for doc in docs:
        tokens = encode(doc=doc, letters=letters)
        for left, right in zip(tokens[:-1], tokens[1:], strict=True):
            counts[left][right] += 1
            total += 1
    assert total == sum(map(sum, counts)) == sum(len(doc) + 1 for doc in docs)
    return counts


def pair_loss(counts: list[list[int]], doc: str, letters: list[str]) -> float:
    tokens = encode(doc=doc, letters=letters)
    total = 0.0
    for left, right in zip(tokens[:-1], tokens[1:], strict=True):
        numerator, denominator = counts[left][right] + 1, sum(counts[left]) + len(letters) + 1
        assert 0 < numerator <= denominator
        total += -math.log(numerator / denominator)
    return total / (len(tokens) - 1)
