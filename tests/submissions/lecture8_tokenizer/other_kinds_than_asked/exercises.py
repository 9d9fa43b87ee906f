def fast_train(chunks, num_merges):
    return [(97, 98)] * num_merges


class CodePointTokenizer:
    def train(self, text, vocab_size):
        self.chars = {ord(char): 256 + i for i, char in enumerate(sorted(set(text)))}
        self.merges = {}
        self.vocab = {}

    def encode(self, text):
        return tuple(text)


def token_html(ids, vocab, colours):
    tokens = [vocab[idx].decode("utf-8", errors="replace") for idx in ids]
    return "<p>" + " ".join(tokens) + "</p>"
