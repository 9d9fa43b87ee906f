"""GPT-4's own tokenizer, out of the one file that is public: its tokens and their ranks.

Needs regex_tokenizer.py. The file has 100,256 lines; `grader data --ranks` fetches it. Every function here works
with a small table as well as with that one.
"""

import base64

from regex_tokenizer import RegexTokenizer


def read_ranks(text):
    """The table in a file of ranks: a dict from a token's bytes to its rank, in the order of the file.

    Each line has two words: the bytes in base64, and the rank in digits. Empty lines mean nothing.

    >>> read_ranks("IQ== 0\\nIg== 1\\naGk= 256\\n")
    {b'!': 0, b'"': 1, b'hi': 256}

    Source: lecture 8, 1:25:28.
    """
    ranks = {}
    for line in text.splitlines():
        if line:
            token, rank = line.split()
            ranks[base64.b64decode(token)] = int(rank)
    return ranks


def recover_merges(mergeable_ranks):
    """The merges that a table of ranks came from: a dict from (int, int) to int, by rising rank.

    mergeable_ranks: a dict from bytes to rank. It holds every single byte. A longer token was made of two that are in
    the table. Which two, its own bytes tell: begin with single bytes, and join the two neighbours whose bytes, taken
    together, have the lowest rank (of equals the first), again and again, until two parts are left. The pair of their
    ranks was merged into the token's rank.

    >>> ranks = {bytes([i]): i for i in range(256)}
    >>> recover_merges({**ranks, b"ab": 256, b"cab": 257})
    {(97, 98): 256, (99, 256): 257}

    Source: lecture 8, 1:25:28; step 3 of its exercise.
    """
    merges = {}
    for token, rank in sorted(mergeable_ranks.items(), key=lambda item: item[1]):
        if len(token) == 1:
            continue
        parts = [bytes([byte]) for byte in token]
        while len(parts) > 2:
            joined = [mergeable_ranks.get(a + b, float("inf")) for a, b in zip(parts, parts[1:])]
            i = joined.index(min(joined))
            parts[i : i + 2] = [parts[i] + parts[i + 1]]
        merges[mergeable_ranks[parts[0]], mergeable_ranks[parts[1]]] = rank
    return merges


def byte_shuffle(mergeable_ranks):
    """Which rank each byte has: a dict from int to int. For a reason that nobody has told, it is not always its own.

    >>> ranks = {bytes([i]): (i + 7) % 256 for i in range(256)}
    >>> byte_shuffle(ranks)[0], byte_shuffle(ranks)[255]
    (7, 6)

    Source: lecture 8, 1:25:28; step 3 of its exercise.
    """
    return {byte: mergeable_ranks[bytes([byte])] for byte in range(256)}


class GPT4Tokenizer(RegexTokenizer):
    """A tokenizer that is not trained: what it knows is in a table of ranks. ids are ranks, those of bytes too."""

    def __init__(self, mergeable_ranks, pattern=None):
        """Sets merges, vocab (from each rank to the bytes of text that it stands for), and byte_shuffle.

        Special tokens are registered afterwards, as with any RegexTokenizer.
        """
        super().__init__(pattern)
        self.merges = recover_merges(mergeable_ranks)
        self.byte_shuffle = byte_shuffle(mergeable_ranks)
        self.vocab = {rank: token for token, rank in mergeable_ranks.items()}

    def encode_chunk(self, chunk_bytes):
        """The ids of one chunk, given as bytes: each byte becomes its rank before pairs are merged.

        >>> ranks = {bytes([i]): (i + 7) % 256 for i in range(256)}
        >>> GPT4Tokenizer({**ranks, b"hi": 256}).encode("hi you")          # "hi", " ", "y", "o", "u"
        [256, 39, 128, 118, 124]
        >>> GPT4Tokenizer(ranks).decode([111, 112])
        'hi'

        Source: lecture 8, 1:25:28; step 3 of its exercise.
        """
        shuffled = bytes(self.byte_shuffle[byte] for byte in chunk_bytes)
        return super().encode_chunk(shuffled)
