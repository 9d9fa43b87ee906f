"""Names as tokens, and the simplest model of them: how often does one token follow another?

Step 1 of 6. Plain Python; nothing of your own is needed.
What is left out: everything that looks back further than one token. The last three steps do nothing else.
"""

import math


def letters_of(docs):
    """The letters that occur in the documents, each once, in alphabetical order. Returns a list of str.

    docs: a list of str. A letter's token is its place in this list. There is one token more, BOS, with the number
    len(letters): it stands at both ends of every document. 26 letters make 27 tokens, and there BOS is 26.

    >>> letters_of(["emma", "ava"])
    ['a', 'e', 'm', 'v']

    Source: microgpt, its tokenizer.
    """
    ### BEGIN SOLUTION doc-tokens
    return sorted(set("".join(docs)))
    ### END SOLUTION


def encode(doc, letters):
    """The tokens of a document: BOS, its letters, BOS again. Returns a list of int.

    >>> encode("ava", ["a", "e", "m", "v"])
    [4, 0, 3, 0, 4]

    Source: microgpt, its training loop.
    """
    ### BEGIN SOLUTION doc-tokens
    bos = len(letters)
    return [bos] + [letters.index(letter) for letter in doc] + [bos]
    ### END SOLUTION


def decode(tokens, letters):
    """The text that tokens stand for; a BOS stands for none, wherever it is. Returns a str.

    >>> decode([4, 0, 3, 0, 4], ["a", "e", "m", "v"])
    'ava'

    Source: our own; microgpt does it while it samples.
    """
    ### BEGIN SOLUTION doc-tokens
    return "".join(letters[token] for token in tokens if token != len(letters))
    ### END SOLUTION


def count_pairs(docs, letters):
    """How often each token is followed by each: counts[a][b] is how often b comes right after a.

    Returns a list of len(letters) + 1 rows, each with as many ints. The last row is what documents begin with; what
    stands in the last column of a row is how often documents end after it.

    >>> count_pairs(["ab", "a"], ["a", "b"])
    [[0, 1, 1], [0, 0, 1], [2, 0, 0]]

    Source: microgpt, the first of its six steps.
    """
    ### BEGIN SOLUTION pair-counts
    size = len(letters) + 1
    counts = [[0] * size for _ in range(size)]
    for doc in docs:
        tokens = encode(doc, letters)
        for a, b in zip(tokens, tokens[1:]):
            counts[a][b] += 1
    return counts
    ### END SOLUTION


def pair_loss(counts, doc, letters):
    """The mean of -log(probability) over all pairs of neighbours in a document, its ends included. Returns a float.

    The probability of b after a: counts[a][b] and 1 more, divided by the sum of such numbers in row a. So a pair that
    was never seen has a small probability, and not 0.

    With counts of zeros every token is as likely as any other: 27 of them cost log(27), 3.2958.

    >>> round(pair_loss(count_pairs(["ab", "a"], ["a", "b"]), "b", ["a", "b"]), 4)
    1.1513

    Source: microgpt, the first of its six steps.
    """
    ### BEGIN SOLUTION pair-loss
    tokens = encode(doc, letters)
    losses = []
    for a, b in zip(tokens, tokens[1:]):
        p = (counts[a][b] + 1) / (sum(counts[a]) + len(counts))
        losses.append(-math.log(p))
    return sum(losses) / len(losses)
    ### END SOLUTION
