from __future__ import annotations

import math
from typing import Final, Iterator, Mapping, Sequence

import torch
from torch import Generator, Tensor

MARKER: Final = "."


class UnknownCharacter(KeyError):
    """A word has a character that the vocabulary does not know."""


def _number(ch: str, stoi: Mapping[str, int]) -> int:
    try:
        return stoi[ch]
    except KeyError:
        raise UnknownCharacter(ch) from None


def build_vocabulary(words: Sequence[str]) -> tuple[dict[str, int], dict[int, str]]:
    letters: list[str] = []
    for word in words:
        if not isinstance(word, str):
            raise TypeError(f"a word has to be a str, not {type(word).__name__}")
        for ch in word:
            if ch not in letters and ch != MARKER:
                letters.append(ch)
    letters.sort()
    stoi: dict[str, int] = {MARKER: 0}
    itos: dict[int, str] = {0: MARKER}
    for i, ch in enumerate(letters, start=1):
        stoi[ch] = i
        itos[i] = ch
    assert len(stoi) == len(itos) == len(letters) + 1
    assert all(itos[stoi[ch]] == ch for ch in stoi)
    return stoi, itos


def bigrams(word: str) -> list[tuple[str, str]]:
    if MARKER in word:
        raise ValueError(f"{MARKER!r} cannot be part of a word")
    pairs: list[tuple[str, str]] = []
    before = MARKER
    for ch in word:
        pairs.append((before, ch))
        before = ch
    pairs.append((before, MARKER))
    assert len(pairs) == len(word) + 1
    return pairs


def _pairs(words: Sequence[str], stoi: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    for word in words:
        for a, b in bigrams(word):
            yield _number(a, stoi), _number(b, stoi)


def count_bigrams(words: Sequence[str], stoi: Mapping[str, int]) -> Tensor:
    V = len(stoi)
    assert sorted(stoi.values()) == list(range(V)), "the numbers have to be 0, 1, 2, ..."
    N = torch.zeros((V, V), dtype=torch.int64)
    total = 0
    for i, j in _pairs(words, stoi):
        N[i, j] = N[i, j] + 1
        total += 1
    assert int(N.sum()) == total
    assert torch.equal(N.sum(0), N.sum(1)), "what is entered is left again"
    return N


def bigram_probabilities(N: Tensor, smoothing: float) -> Tensor:
    if N.dim() != 2:
        raise ValueError(f"a table has two dimensions, not {N.dim()}")
    if smoothing < 0:
        raise ValueError("smoothing cannot be negative")
    counts = N.to(dtype=torch.float64, copy=True)
    counts = counts.add(float(smoothing))
    totals = counts.sum(dim=1).unsqueeze(dim=1)
    assert totals.shape == (N.shape[0], 1)
    P = torch.div(counts, totals)
    assert P.shape == N.shape
    if bool((totals > 0).all()):
        assert torch.allclose(P.sum(1), torch.ones(N.shape[0], dtype=torch.float64))
    return P


def sample_names(P: Tensor, itos: Mapping[int, str], count: int, generator: Generator) -> list[str]:
    if P.dim() != 2 or P.shape[0] != P.shape[1] or P.shape[0] != len(itos):
        raise ValueError(f"P has shape {tuple(P.shape)}, and there are {len(itos)} characters")
    if not isinstance(generator, Generator):
        raise TypeError("a torch.Generator is needed")
    names: list[str] = []
    while len(names) < count:
        letters: list[str] = []
        ix = 0
        while not letters or ix != 0:
            drawn: Tensor = torch.multinomial(input=P[ix], num_samples=1, replacement=True, generator=generator)
            assert drawn.shape == (1,)
            ix = int(drawn.item())
            assert ix in itos
            letters.append(itos[ix])
        assert letters.pop() == MARKER
        names.append("".join(letters))
    assert len(names) == count
    return names


def draw(p: Tensor, generator: Generator) -> int:
    if p.dim() != 1:
        raise ValueError("one row is needed")
    u: float = torch.rand(1, generator=generator, dtype=torch.float64).item()
    assert 0 <= u < 1
    shares: list[float] = p.tolist()
    reached = 0.0
    for ix in range(len(shares)):
        reached += shares[ix]
        if not reached < u:
            return ix
    return len(shares) - 1


def average_nll(P: Tensor, words: Sequence[str], stoi: Mapping[str, int]) -> float:
    surprises: list[float] = []
    for i, j in _pairs(words, stoi):
        prob = float(P[i, j])
        assert 0 <= prob <= 1 + 1e-6
        surprises.append(-math.log(prob) if prob > 0 else math.inf)
    if not surprises:
        raise ValueError("no words, no loss")
    return math.fsum(surprises) / len(surprises)
