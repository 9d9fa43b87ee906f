"""From names to numbers: the rows that the net learns from, and which names it may learn from.

Lecture 3, 0:09 and 0:53. Plain Python and torch.tensor are all you need.
What is left out: reading a file, and building `stoi` (lecture 2). You get the words and the table as arguments.
"""

import torch


def build_dataset(words, stoi, block_size):
    """Every symbol of every name as a target, with the block_size symbols before it as its context.

    words: list of str. stoi: dict, symbol to index; '.' is 0 and marks both the start and the end of a name.
    block_size: int, how many symbols the net sees. Returns (X, Y), two int64 tensors: X (N, block_size), the contexts,
    oldest symbol on the left; Y (N,), the targets. A name of n letters gives n + 1 rows, in the order of reading:
    the last one has '.' as its target. Before the first letter a context is filled up with '.'.

    >>> X, Y = build_dataset(["emma"], stoi, 3)
    >>> for context, target in zip(X.tolist(), Y.tolist()):
    ...     print(''.join(itos[i] for i in context), '-->', itos[target])
    ... --> e
    ..e --> m
    .em --> m
    emm --> a
    mma --> .
    >>> X.tolist()
    [[0, 0, 0], [0, 0, 5], [0, 5, 13], [5, 13, 13], [13, 13, 1]]

    Source: lecture 3, 0:09.
    """
    raise NotImplementedError("context-dataset")  # TODO: your code goes here


def split_words(words, rng):
    """Three parts of the names, without overlap: to train on, to choose settings by, and to judge by in the end.

    words: list of str, left as it is. rng: a random.Random. Returns (train, dev, test), three lists of str.
    Copy the list, shuffle the copy once with rng.shuffle, and cut it at n1 = int(0.8 * N) and n2 = int(0.9 * N):
    the first n1 names are train, those up to n2 are dev, the rest is test.

    >>> split_words(["emma", "olivia", "ava", "isabella", "sophia", "charlotte", "mia", "amelia", "harper", "evelyn"],
    ...             random.Random(42))
    (['amelia', 'isabella', 'ava', 'harper', 'charlotte', 'mia', 'evelyn', 'sophia'], ['emma'], ['olivia'])

    The lecture's 32,033 names give 25,626, 3,203 and 3,204.

    Source: lecture 3, 0:53.
    """
    raise NotImplementedError("split-dataset")  # TODO: your code goes here
