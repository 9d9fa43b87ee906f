def get_stats(ids, counts=None):
    return list(zip(ids, ids[1:]))


def merge(ids, pair, idx):
    print("merging", pair)


class BasicTokenizer:
    def __init__(self):
        self.merges = {}
        self.vocab = {}

    def train(self, text, vocab_size):
        self.merges = {"aa": 256}

    def encode(self, text):
        return text.encode("utf-8").hex()

    def decode(self, ids):
        return b"".join(self.vocab[idx] for idx in ids)
