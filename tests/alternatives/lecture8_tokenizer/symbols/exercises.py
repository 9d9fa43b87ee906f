from collections import Counter
from html import escape

from basic import BasicTokenizer, apply_all, learn, signs, spelled


def fast_train(chunks, num_merges):
    return learn([(signs(chunk.encode("utf8")), n) for chunk, n in Counter(chunks).items()], 256, 256 + num_merges)


class CodePointTokenizer(BasicTokenizer):
    def train(self, text, vocab_size):
        alphabet = "".join(sorted(set(text)))
        self.chars = {char: 256 + alphabet.index(char) for char in alphabet}
        row = "".join(signs([self.chars[char]]) for char in text)
        self.merges = learn([(row, 1)], 256 + len(alphabet), vocab_size)
        vocab = {i: bytes([i]) for i in range(256)} | {idx: char.encode("utf8") for char, idx in self.chars.items()}
        self.vocab = spelled(self.merges, vocab)

    def encode(self, text):
        row = "".join(signs([self.chars[char]] if char in self.chars else char.encode("utf8")) for char in text)
        return apply_all(row, self.merges)


def token_html(ids, vocab, colours):
    spans = ""
    for number, idx in enumerate(ids):
        shown = escape(vocab[idx].decode("utf8", "replace"), quote=True)
        spans += "<span style='background:%s'>%s</span>" % (colours[number % len(colours)], shown)
    return spans
