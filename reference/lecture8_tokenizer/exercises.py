"""Three more: training that does not do the same work twice, tokens out of characters, and tokens in colour.

Needs basic.py.
"""

from html import escape

from basic import BasicTokenizer, get_stats, merge


def fast_train(chunks, num_merges):
    """The merges that RegexTokenizer.train learns from these chunks, with less work. Returns a dict from pairs to ids.

    chunks: a list of str, as split_text gives them; num_merges: how many merges at most. Rules and ties are those of
    train. In a text of 100 kB most chunks occur many times: what is true of one is true of all that are equal.

    Work is counted in lines of your module that are run, however long that takes. Ours runs 60,000 for a text of
    100 kB that has 70 different chunks, and for 8 merges. Five times as many, 300,000, are too many.

    >>> fast_train(["low", " low", " low"], 3)
    {(108, 111): 256, (256, 119): 257, (32, 257): 258}

    Source: our own.
    """
    ### BEGIN SOLUTION fast-train
    # a dict remembers the order of first sight, so ties stay what they were
    often = {}
    for chunk in chunks:
        often[chunk] = often.get(chunk, 0) + 1
    words = {tuple(chunk.encode("utf-8")): count for chunk, count in often.items()}

    merges = {}
    for idx in range(256, 256 + num_merges):
        stats = {}
        for ids, count in words.items():
            for pair, times in get_stats(ids).items():
                stats[pair] = stats.get(pair, 0) + times * count
        pair = max(stats, key=stats.get, default=None)
        if pair is None or stats[pair] < 2:
            break
        words = {tuple(merge(ids, pair, idx)): count for ids, count in words.items()}
        merges[pair] = idx
    return merges
    ### END SOLUTION


class CodePointTokenizer(BasicTokenizer):
    """Tokens made of characters, not of bytes, as in sentencepiece. decode is that of BasicTokenizer.

    The ids 0 to 255 are bytes still, for characters that training has not seen. After them comes an id for each
    character of the training text, and then the merges. chars: a dict from each such character to its id.
    """

    def train(self, text, vocab_size):
        """Learn the characters and then merges until there are vocab_size ids; sets chars, merges and vocab.

        Characters stand in the order of their code points. vocab_size leaves room for all of them. Merges and ties are
        as in BasicTokenizer.train; the bytes of a character are those of UTF-8.

        >>> t = CodePointTokenizer()
        >>> t.train("ééa éé", 256 + 3 + 1)
        >>> t.chars, t.merges, t.vocab[259]
        ({' ': 256, 'a': 257, 'é': 258}, {(258, 258): 259}, b'\\xc3\\xa9\\xc3\\xa9')

        Source: lecture 8, 1:28:42; step 5 of its exercise.
        """
        ### BEGIN SOLUTION codepoint-train
        self.chars = {char: 256 + i for i, char in enumerate(sorted(set(text)))}
        self.merges = {}
        self.vocab = {idx: bytes([idx]) for idx in range(256)}
        self.vocab |= {idx: char.encode("utf-8") for char, idx in self.chars.items()}
        ids = [self.chars[char] for char in text]
        for idx in range(256 + len(self.chars), vocab_size):
            stats = get_stats(ids)
            pair = max(stats, key=stats.get, default=None)
            if pair is None or stats[pair] < 2:
                break
            ids = merge(ids, pair, idx)
            self.merges[pair] = idx
            self.vocab[idx] = self.vocab[pair[0]] + self.vocab[pair[1]]
        ### END SOLUTION

    def encode(self, text):
        """The ids of a text: each character's, or, for one that is not in chars, those of its bytes; then the merges.

        Returns a list of int. Merges go in the order in which they were learned, as in BasicTokenizer.encode.

        >>> t = CodePointTokenizer()
        >>> t.train("ééa éé", 256 + 3 + 1)
        >>> t.encode("éééü")
        [259, 258, 195, 188]

        Source: lecture 8, 1:28:42.
        """
        ### BEGIN SOLUTION codepoint-encode
        ids = []
        for char in text:
            # byte fallback
            ids.extend([self.chars[char]] if char in self.chars else char.encode("utf-8"))
        for pair, idx in self.merges.items():
            ids = merge(ids, pair, idx)
        return ids
        ### END SOLUTION


def token_html(ids, vocab, colours):
    """Tokens side by side on a page, each on its colour. Returns a str of HTML, nothing but spans.

    For each id a span whose style is background: and a colour. The colours take turns: the first token has the first.
    In the span stands the token's text (what is no UTF-8 by itself becomes U+FFFD), with &, < and > escaped, so that a
    page shows them and does not obey them.

    >>> token_html([60, 98], {60: b"<", 98: b"b"}, ["pink", "lime"])
    '<span style="background:pink">&lt;</span><span style="background:lime">b</span>'

    Source: our own; the lecture shows such a page at 5:50.
    """
    ### BEGIN SOLUTION token-colours
    spans = []
    for i, idx in enumerate(ids):
        text = vocab[idx].decode("utf-8", errors="replace")
        spans.append(f'<span style="background:{colours[i % len(colours)]}">{escape(text)}</span>')
    return "".join(spans)
    ### END SOLUTION
