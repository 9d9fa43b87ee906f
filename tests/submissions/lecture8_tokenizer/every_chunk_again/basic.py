"""Byte pair encoding on the bytes of a text: count pairs of neighbours, merge the commonest, begin again.

Plain Python; nothing else is needed.
"""


def get_stats(ids, counts=None):
    """How often each pair of neighbours occurs. Returns a dict from (int, int) to int, in the order of first sight.

    ids: a list of int. Every place counts, also where pairs overlap: [7, 7, 7] holds the pair (7, 7) twice.
    counts: a dict of such counts to go on with. It is changed, and returned; if none is given, a new one is made.

    >>> get_stats([1, 2, 3, 1, 2])
    {(1, 2): 2, (2, 3): 1, (3, 1): 1}
    >>> get_stats([4, 1, 2], {(1, 2): 10})
    {(1, 2): 11, (4, 1): 1}

    Source: lecture 8, 28:35.
    """
    counts = {} if counts is None else counts
    for pair in zip(ids, ids[1:]):
        counts[pair] = counts.get(pair, 0) + 1
    return counts


def merge(ids, pair, idx):
    """A new list in which idx stands for each occurrence of a pair of neighbours. The given list stays as it is.

    Occurrences are replaced from left to right, and no element is used twice: in [7, 7, 7] the pair (7, 7) is found
    once, and the last 7 is left.

    >>> merge([5, 6, 6, 7, 9, 1, 6, 7], (6, 7), 99)
    [5, 6, 99, 9, 1, 99]
    >>> merge([97, 97, 97], (97, 97), 256)
    [256, 97]

    Source: lecture 8, 30:36.
    """
    merged = []
    i = 0
    while i < len(ids):
        # the last element has no neighbour on its right
        if i < len(ids) - 1 and (ids[i], ids[i + 1]) == pair:
            merged.append(idx)
            i += 2
        else:
            merged.append(ids[i])
            i += 1
    return merged


class BasicTokenizer:
    """A tokenizer that learns from the bytes of a text.

    merges: a dict from a pair of ids to the id that stands for it, in the order in which they were learned.
    vocab: a dict from each id to its bytes. The ids 0 to 255 are the bytes themselves; merges begin at 256.
    encode and decode use what stands in these two, whoever has put it there.
    """

    def __init__(self):
        self.merges = {}
        self.vocab = {idx: bytes([idx]) for idx in range(256)}

    def train(self, text, vocab_size):
        """Learn merges until there are vocab_size ids; sets self.merges and self.vocab. Returns nothing.

        In each round the pair of neighbours that occurs most often becomes a new id: 256, 257, ... Of several that
        occur equally often it is the one that is seen first from the left. If no pair occurs twice any more, training
        ends, with fewer ids. A second training forgets the first.

        >>> t = BasicTokenizer()
        >>> t.train("aaabdaaabac", 256 + 3)
        >>> t.merges
        {(97, 97): 256, (256, 97): 257, (257, 98): 258}
        >>> t.vocab[258]
        b'aaab'

        Source: lecture 8, 34:58.
        """
        ids = list(text.encode("utf-8"))
        merges = {}                                             # (int, int) -> int
        vocab = {idx: bytes([idx]) for idx in range(256)}       # int -> bytes
        for idx in range(256, vocab_size):
            stats = get_stats(ids)
            # max takes the first of equals, and a dict goes in the order of first sight
            pair = max(stats, key=stats.get, default=None)
            if pair is None or stats[pair] < 2:
                break
            ids = merge(ids, pair, idx)
            merges[pair] = idx
            vocab[idx] = vocab[pair[0]] + vocab[pair[1]]
        self.merges, self.vocab = merges, vocab

    def encode(self, text):
        """The ids of a text. Returns a list of int.

        Its bytes are merged by the learned merges: of all pairs that are there, the one that was learned first comes
        first, wherever it stands, and so on until no pair that was learned is left.

        >>> t = BasicTokenizer()
        >>> t.train("aaabdaaabac", 256 + 3)
        >>> t.encode("aaabdaaabac")
        [258, 100, 258, 97, 99]
        >>> t.encode("é")
        [195, 169]

        Source: lecture 8, 48:21.
        """
        ids = list(text.encode("utf-8"))
        while len(ids) >= 2:
            # a pair that was never learned comes after all others
            pair = min(get_stats(ids), key=lambda p: self.merges.get(p, float("inf")))
            if pair not in self.merges:
                break
            ids = merge(ids, pair, self.merges[pair])
        return ids

    def decode(self, ids):
        """The text of some ids. Returns a str.

        The bytes of all ids are joined first, and become text then: a character may lie across several ids. Where bytes
        are no UTF-8, the sign U+FFFD takes their place, as Python puts it: errors="replace".

        >>> BasicTokenizer().decode([195, 169, 33])
        'é!'

        Source: lecture 8, 42:47.
        """
        return b"".join(self.vocab[idx] for idx in ids).decode("utf-8", errors="replace")
