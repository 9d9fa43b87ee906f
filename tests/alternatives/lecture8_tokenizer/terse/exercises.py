from collections import Counter
from html import escape
from itertools import cycle, pairwise

from basic import BasicTokenizer, apply, learn, merge, spell


def fast_train(chunks, num_merges):
    rows, merges = {tuple(c.encode()): n for c, n in Counter(chunks).items()}, {}
    for idx in range(256, 256 + num_merges):
        stats = Counter()
        for row, n in rows.items():
            for p in pairwise(row): stats[p] += n
        pair = max(stats, key=stats.get, default=None)
        if not pair or stats[pair] < 2: break
        rows, merges[pair] = {tuple(merge(row, pair, idx)): n for row, n in rows.items()}, idx
    return merges


class CodePointTokenizer(BasicTokenizer):
    def train(self, text, vocab_size):
        self.chars = {c: i for i, c in enumerate(sorted({*text}), 256)}
        self.merges = learn([[self.chars[c] for c in text]], 256 + len(self.chars), vocab_size)
        self.vocab = spell(self.merges, {i: bytes([i]) for i in range(256)} | {i: c.encode() for c, i in self.chars.items()})

    def encode(self, text):
        return apply([i for c in text for i in ([self.chars[c]] if c in self.chars else c.encode())], self.merges)


def token_html(ids, vocab, colours):
    return "".join(f'<span style="background:{c}">{escape(vocab[i].decode(errors="replace"))}</span>' for i, c in zip(ids, cycle(colours)))
