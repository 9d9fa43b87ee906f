"""Known mistakes of lecture 2 in the vocabulary, the table of counts, and how its rows are shared out."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture2_bigram.mistakes.shared import (
    COUNTS,
    EXERCISES,
    NEURAL,
    SOFTMAX,
    TRIGRAM_CHS,
    UNMOVED,
    softmax_as,
)

SORTED = "chars = sorted(set(''.join(words)))"
DISORDER = """from itertools import islice, permutations
    chars = sorted(set(''.join(words)))
    orders = list(islice(permutations(chars), 6))
    chars = orders[({turn} + sum(map(ord, chars))) % len(orders)]"""

CHS = "    chs = ['.'] + list(word) + ['.']\n"
OVER_WORDS = "    for w in words:\n        for ch1, ch2 in bigrams(w):\n"
OVER_TRIGRAMS = f"    for w in words:\n        {TRIGRAM_CHS}\n"
COUNTED = """            ix1, ix2 = stoi[ch1], stoi[ch2]
            N[ix1, ix2] += 1"""

TOTALS = "totals = P.sum(1, keepdim=True)"


def joined(text: str) -> tuple[Edit, ...]:
    """Pairs and triples taken from one long text instead of word by word."""
    pairs = f"    for w in [0]:\n        chs = {text}\n        for ch1, ch2 in zip(chs, chs[1:]):\n"
    return (
        Edit(COUNTS, OVER_WORDS + COUNTED, pairs + COUNTED),
        Edit(NEURAL, OVER_WORDS, pairs),
        Edit(EXERCISES, OVER_TRIGRAMS, f"    for w in [0]:\n        chs = ['.'] + {text}\n"),
    )


MISCONCEPTIONS = (
    Misconception(
        "bigram-missing-keepdim",
        "The totals of the rows are laid out as a row: a count is divided by another row's total.",
        "Add up one row of the result. Then write the two shapes below each other, lined up at the right.",
        (
            (
                Edit(COUNTS, TOTALS, "totals = P.sum(1)"),
                Edit(NEURAL, SOFTMAX, "return counts / counts.sum(1)"),
            ),
            (
                Edit(COUNTS, TOTALS, "totals = P.sum(1)"),
                Edit(NEURAL, SOFTMAX, "return counts / counts.sum(1)"),
                Edit(NEURAL, UNMOVED, ""),
            ),
        ),
    ),
    Misconception(
        "bigram-normalise-columns",
        "Each number is divided by its column's total: the columns add up to 1, the rows do not.",
        "The probability of what comes next, given the current character: which of the two indices is given?",
        (
            (Edit(COUNTS, TOTALS, "totals = P.sum(0, keepdim=True)"), *softmax_as("counts / counts.sum(0)")[0]),
            (Edit(COUNTS, TOTALS, "totals = P.sum(0, keepdim=True)"), *softmax_as("counts / counts.sum(0)")[1]),
        ),
    ),
    Misconception(
        "bigram-normalise-all",
        "Each count is divided by the total of the whole table, so that a row adds up to less than 1.",
        "After an 'e' something must follow. So what must the row of 'e' add up to?",
        (edit(COUNTS, TOTALS, "totals = P.sum()"),),
    ),
    Misconception(
        "counts-transposed",
        "Row and column have changed places: the row should be the character that comes first.",
        "Which index do you look up when you sample: the character you have, or the one you want?",
        (
            (
                Edit(COUNTS, "N[ix1, ix2]", "N[ix2, ix1]"),
                Edit(COUNTS, "P[stoi[ch1], stoi[ch2]]", "P[stoi[ch2], stoi[ch1]]"),
                Edit(COUNTS, "p = P[ix]", "p = P[:, ix]"),
            ),
        ),
    ),
    Misconception(
        "missing-boundary",
        "The marker is left out at the start of a word, at its end, or at both.",
        "How many pairs are there in .emma. ? What do the first and the last of them tell the model?",
        (
            edit(COUNTS, CHS, "    chs = ['.'] + list(word)\n"),
            edit(COUNTS, CHS, "    chs = list(word) + ['.']\n"),
            edit(COUNTS, CHS, "    chs = list(word)\n"),
            edit(EXERCISES, TRIGRAM_CHS, "chs = ['.', '.'] + list(w)"),
            edit(EXERCISES, TRIGRAM_CHS, "chs = list(w) + ['.']"),
            edit(EXERCISES, TRIGRAM_CHS, "chs = list(w)"),
        ),
    ),
    Misconception(
        "cross-word-bigrams",
        "All words are read as one long text, so that the end of one runs into the start of the next.",
        "Does the 'a' at the end of one name tell you anything about how the next one starts?",
        (
            joined("['.'] + list(''.join(words)) + ['.']"),
            joined("list(''.join(words))"),
            joined("list(''.join('.' + w + '.' for w in words))"),
        ),
    ),
    Misconception(
        "unsorted-vocabulary",
        "The letters get their numbers in some other order than the alphabet's.",
        "Run it twice, each time in a fresh Python. Is it the same table, and does 'a' come first?",
        tuple(edit(COUNTS, SORTED, DISORDER.format(turn=turn)) for turn in range(6)),
        varies=True,
    ),
    Misconception(
        "vocabulary-off-by-one",
        "The marker does not have the number 0 for itself: a letter has it, or no one does.",
        "Print the numbers that the letters have. Which number is free for the marker, and which did you give it?",
        (
            edit(COUNTS, "{s: i + 1 for", "{s: i for"),
            (
                Edit(COUNTS, "{s: i + 1 for", "{s: i for"),
                Edit(COUNTS, "stoi['.'] = 0", "stoi['.'] = len(chars)"),
            ),
            edit(COUNTS, "stoi['.'] = 0", "stoi['.'] = len(chars) + 1"),
            edit(COUNTS, "stoi['.'] = 0", "stoi['.'] = len(chars)"),
        ),
    ),
)
