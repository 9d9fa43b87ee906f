from basic import BasicTokenizer, encode_with_heap, learn


def fast_train(chunks, num_merges):
    often = {}
    for chunk in chunks:
        often[chunk] = often.get(chunk, 0) + 1
    return learn([(chunk.encode(), times) for chunk, times in often.items()], 256, 256 + num_merges)


class CodePointTokenizer(BasicTokenizer):
    def train(self, text, vocab_size):
        self.chars = dict(zip(sorted(set(text)), range(256, 256 + len(set(text)))))
        row = [self.chars[char] for char in text]
        self.merges = learn([(row, 1)], 256 + len(self.chars), vocab_size)
        vocab = {i: bytes([i]) for i in range(256)}
        for char, idx in self.chars.items():
            vocab[idx] = char.encode()
        for (a, b), idx in self.merges.items():
            vocab[idx] = vocab[a] + vocab[b]
        self.vocab = vocab

    def encode(self, text):
        row = []
        for char in text:
            if char in self.chars:
                row.append(self.chars[char])
            else:
                row += char.encode()
        return encode_with_heap(row, self.merges)


ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def token_html(ids, vocab, colours):
    page, turn = [], 0
    for idx in ids:
        text = "".join(ESCAPED.get(sign, sign) for sign in str(vocab[idx], "utf-8", "replace"))
        page += ['<span style="background:', colours[turn], '">', text, "</span>"]
        turn = turn + 1 if turn + 1 < len(colours) else 0
    return "".join(page)
