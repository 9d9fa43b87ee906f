import html

import numpy as np

from basic import BasicTokenizer, encode_by_vocab, get_stats, merge


def fast_train(chunks, num_merges):
    # one long row of different chunks with a border of -1 between them, and a weight for each place
    often = {}
    for chunk in chunks:
        often[chunk] = often.get(chunk, 0) + 1
    row, weights = [], []
    for chunk, times in often.items():
        data = chunk.encode("utf-8")
        row += [*data, -1]
        weights += [times] * (len(data) + 1)
    merges = {}
    for idx in range(256, 256 + num_merges):
        stats = {}
        for a, b, times in zip(row, row[1:], weights):
            if a >= 0 and b >= 0:
                stats[a, b] = stats.get((a, b), 0) + times
        top = max(stats.values(), default=0)
        if top < 2:
            break
        pair = next(pair for pair in stats if stats[pair] == top)
        merges[pair] = idx
        new_row, new_weights, i = [], [], 0
        while i < len(row):
            hit = i + 1 < len(row) and (row[i], row[i + 1]) == pair
            new_row.append(idx if hit else row[i])
            new_weights.append(weights[i])
            i += 2 if hit else 1
        row, weights = new_row, new_weights
    return merges


class CodePointTokenizer(BasicTokenizer):
    def train(self, text, vocab_size):
        codes = np.array([ord(char) for char in text], dtype=np.int64)
        alphabet, places = np.unique(codes, return_inverse=True)
        self.chars = {chr(code): 256 + i for i, code in enumerate(alphabet.tolist())}
        self.vocab = {i: bytes([i]) for i in range(256)}
        self.vocab.update({idx: char.encode("utf-8") for char, idx in self.chars.items()})
        self.merges = {}
        row = (places + 256).tolist()
        for idx in range(256 + len(alphabet), vocab_size):
            stats = get_stats(row)
            top = max(stats.values(), default=0)
            if top < 2:
                break
            pair = next(pair for pair in stats if stats[pair] == top)
            row = merge(row, pair, idx)
            self.merges[pair] = idx
            self.vocab[idx] = self.vocab[pair[0]] + self.vocab[pair[1]]

    def encode(self, text):
        row = [self.chars[char]] if (char := text[:1]) in self.chars else list(char.encode("utf-8"))
        for char in text[1:]:
            row = row + ([self.chars[char]] if char in self.chars else list(char.encode("utf-8")))
        return encode_by_vocab(row, self.merges, self.vocab)


def token_html(ids, vocab, colours):
    cycled = np.resize(np.array(colours, dtype=object), len(ids))
    texts = [html.escape(vocab[idx].decode("utf-8", errors="replace")) for idx in ids]
    return "\n".join(f'<span style="background:{colour};">{text}</span>' for colour, text in zip(cycled, texts))
