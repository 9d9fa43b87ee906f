import html

from basic import Tokenizer, get_stats, merge


def fast_train(chunks, num_merges):
    counts = {}
    for chunk in chunks:
        counts[chunk] = counts.get(chunk, 0) + 1
    ids = [(list(chunk.encode("utf-8")), n) for chunk, n in counts.items()]
    merges = {}
    for i in range(num_merges):
        stats = {}
        for chunk_ids, n in ids:
            for pair in zip(chunk_ids, chunk_ids[1:]):
                stats[pair] = stats.get(pair, 0) + n
        if not stats:
            break
        pair = max(stats, key=stats.get)
        if stats[pair] == 1:
            break
        idx = 256 + i
        ids = [(merge(chunk_ids, pair, idx), n) for chunk_ids, n in ids]
        merges[pair] = idx
    return merges


class CodePointTokenizer(Tokenizer):
    def train(self, text, vocab_size):
        chars = sorted(set(text))
        self.chars = {ch: 256 + i for i, ch in enumerate(chars)}
        self.merges = {}
        self.vocab = {idx: bytes([idx]) for idx in range(256)}
        for ch, i in self.chars.items():
            self.vocab[i] = ch.encode("utf-8")
        ids = [self.chars[ch] for ch in text]
        while len(self.vocab) < vocab_size:
            stats = get_stats(ids)
            if not stats:
                break
            pair = max(stats, key=stats.get)
            if stats[pair] == 1:
                break
            idx = len(self.vocab)
            ids = merge(ids, pair, idx)
            self.merges[pair] = idx
            self.vocab[idx] = self.vocab[pair[0]] + self.vocab[pair[1]]

    def encode(self, text):
        ids = []
        for ch in text:
            if ch in self.chars:
                ids.append(self.chars[ch])
            else:
                ids.extend(ch.encode("utf-8"))
        while len(ids) >= 2:
            stats = get_stats(ids)
            pair = min(stats, key=lambda p: self.merges.get(p, float("inf")))
            if pair not in self.merges:
                break
            ids = merge(ids, pair, self.merges[pair])
        return ids

    def decode(self, ids):
        return b"".join(self.vocab[idx] for idx in ids).decode("utf-8", errors="replace")


def token_html(ids, vocab, colours):
    result = ""
    for i, idx in enumerate(ids):
        colour = colours[i % len(colours)]
        token = vocab[idx].decode("utf-8", errors="replace")
        result += "<span style='background: " + colour + ";'>" + html.escape(token, quote=False) + "</span>"
    return result
