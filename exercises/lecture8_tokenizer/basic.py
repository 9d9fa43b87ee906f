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
    raise NotImplementedError("get-stats")  # TODO: your code goes here


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
    raise NotImplementedError("merge")  # TODO: your code goes here


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
        raise NotImplementedError("train-basic")  # TODO: your code goes here

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
        raise NotImplementedError("encode-basic")  # TODO: your code goes here

    def decode(self, ids):
        """The text of some ids. Returns a str.

        The bytes of all ids are joined first, and become text then: a character may lie across several ids. Where bytes
        are no UTF-8, the sign U+FFFD takes their place, as Python puts it: errors="replace".

        >>> BasicTokenizer().decode([195, 169, 33])
        'é!'

        Source: lecture 8, 42:47.
        """
        raise NotImplementedError("decode-basic")  # TODO: your code goes here
