"""Three more exercises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from basic import BasicTokenizer, Pair, get_stats, merge, merged_by, most_common


@dataclass
class Word:
    """A chunk, and how often it occurs."""

    ids: list[int]
    times: int


def fast_train(chunks: Sequence[str], num_merges: int) -> dict[Pair, int]:
    """The merges."""
    if num_merges < 0:
        raise ValueError("num_merges must not be negative")
    words: dict[str, Word] = {}
    for chunk in chunks:
        if chunk not in words:
            words[chunk] = Word(list(chunk.encode("utf-8")), 0)
        words[chunk].times += 1
    merges: dict[Pair, int] = {}
    for idx in range(256, 256 + num_merges):
        stats: dict[Pair, int] = {}
        for word in words.values():
            for pair, count in get_stats(word.ids).items():
                stats[pair] = stats.get(pair, 0) + count * word.times
        best = most_common(stats)
        if best is None:
            break
        for word in words.values():
            word.ids = merge(word.ids, best, idx)
        merges[best] = idx
    return merges


class CodePointTokenizer(BasicTokenizer):
    """Characters."""

    chars: dict[str, int]

    def train(self, text: str, vocab_size: int) -> None:
        """Learn."""
        alphabet = sorted(set(text), key=ord)
        if vocab_size < 256 + len(alphabet):
            raise ValueError("no room for all characters")
        self.chars = {char: 256 + place for place, char in enumerate(alphabet)}
        merges: dict[Pair, int] = {}
        vocab = {number: bytes([number]) for number in range(256)}
        vocab.update({idx: char.encode("utf-8") for char, idx in self.chars.items()})
        ids = [self.chars[char] for char in text]
        while len(vocab) < vocab_size:
            best = most_common(get_stats(ids))
            if best is None:
                break
            idx = len(vocab)
            ids = merge(ids, best, idx)
            merges[best] = idx
            vocab[idx] = vocab[best[0]] + vocab[best[1]]
        self.merges, self.vocab = merges, vocab

    def encode(self, text: str) -> list[int]:
        """Text to ids."""
        ids: list[int] = []
        for char in text:
            known = self.chars.get(char)
            ids.extend(char.encode("utf-8") if known is None else [known])
        return merged_by(ids, self.merges)


def escaped(text: str) -> str:
    """Harmless on a page."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def token_html(ids: Sequence[int], vocab: dict[int, bytes], colours: Sequence[str]) -> str:
    """Spans."""
    if not colours:
        raise ValueError("there must be a colour")
    spans: list[str] = []
    for place, idx in enumerate(ids):
        colour = colours[place % len(colours)]
        text = vocab[idx].decode("utf-8", errors="replace")
        spans.append(f'<span style="background: {colour}">{escaped(text)}</span>')
    return "".join(spans)
