"""Known mistakes of lecture 9 in tokens and in counting them."""

from grader.judging.mistakes.known import Misconception, edit
from grader.lectures.lecture9_microgpt.mistakes.shared import EACH_DOC, ENCODED, SHARE, TOKENS

MISCONCEPTIONS = (
    Misconception(
        "letters-not-sorted",
        "The letters stand in the order in which they first occur, not in that of the alphabet.",
        "If somebody hands in the same names in another order, is a letter's number still the same?",
        (edit(TOKENS, 'sorted(set("".join(docs)))', 'list(dict.fromkeys("".join(docs)))'),),
    ),
    Misconception(
        "letters-repeated",
        "A letter that occurs several times stands in the list several times.",
        "How many different letters has 'anna', and how long is your list for it?",
        (edit(TOKENS, 'sorted(set("".join(docs)))', 'sorted("".join(docs))'),),
    ),
    Misconception(
        "bos-missing",
        "The tokens of a document have BOS at one of their ends only, or at neither.",
        "How does the model learn with which letters names begin, and after which they end?",
        (
            edit(TOKENS, ENCODED, ENCODED.removesuffix(" + [bos]")),
            edit(TOKENS, ENCODED, ENCODED.replace("[bos] + ", "")),
            edit(TOKENS, ENCODED, ENCODED.replace("[bos] + ", "").removesuffix(" + [bos]")),
        ),
    ),
    Misconception(
        "bos-number",
        "BOS has another number than the first one that no letter has.",
        "Which numbers do 26 letters have, and which is the next one?",
        (
            edit(TOKENS, "bos = len(letters)", "bos = len(letters) + 1"),
            edit(TOKENS, "bos = len(letters)", "bos = 0"),
            edit(TOKENS, "bos = len(letters)", "bos = len(letters) - 1"),
        ),
    ),
    Misconception(
        "bos-in-text",
        "A BOS is not left out where tokens become text again.",
        "What does `letters` hold at the place with BOS's number?",
        (
            edit(TOKENS, " if token != len(letters)", ""),
            edit(TOKENS, " if token != len(letters))", " if token != len(letters) or not tokens.index(token))"),
            edit(TOKENS, '"".join(letters[token] for token in tokens if token != len(letters))',
                 '"".join((letters + ["."])[token] for token in tokens)'),
        ),
    ),
    Misconception(
        "pairs-across-documents",
        "The end of one document and the beginning of the next count as a pair of neighbours.",
        "Is there a name in which BOS follows BOS? What does your table say?",
        (
            edit(
                TOKENS,
                EACH_DOC,
                "    for tokens in [[token for doc in docs for token in encode(doc, letters)]]:\n",
            ),
        ),
    ),
    Misconception(
        "pairs-transposed",
        "Rows and columns of the table are exchanged: a row says what comes before, not after.",
        "In 'ab', which token is the row and which is the column?",
        (
            edit(TOKENS, "counts[a][b] += 1", "counts[b][a] += 1"),
            edit(TOKENS, "p = (counts[a][b] + 1) / (sum(counts[a])", "p = (counts[b][a] + 1) / (sum(counts[b])"),
        ),
    ),
    Misconception(
        "shares-of-a-row",
        "What is divided by is not the sum of the row's counts, each of them 1 higher.",
        "If you add up the probabilities of everything that may follow one token, what comes out?",
        (
            edit(TOKENS, SHARE, SHARE.replace("sum(counts[a]) + len(counts)", "sum(counts[a])")),
            edit(TOKENS, SHARE, SHARE.replace("sum(counts[a]) + len(counts)", "sum(counts[a]) + 1")),
            edit(TOKENS, SHARE, SHARE.replace("sum(counts[a]) + len(counts)", "sum(map(sum, counts)) + len(counts)")),
        ),
    ),
    Misconception(
        "smoothing-missing",
        "Nothing is added to the counts, so that a pair that was never seen has the probability 0.",
        "What is the probability of a pair that never occurred, and what is the log of that?",
        (
            edit(TOKENS, SHARE, SHARE.replace("(counts[a][b] + 1)", "counts[a][b]")),
            edit(TOKENS, SHARE, "p = counts[a][b] / sum(counts[a])"),
        ),
    ),
    Misconception(
        "pair-loss-not-mean",
        "The losses of the pairs are added up, or shared out among another number than there are pairs.",
        "How many pairs has a document of three letters, and by what is the sum of their losses divided?",
        (
            edit(TOKENS, "return sum(losses) / len(losses)", "return sum(losses)"),
            edit(TOKENS, "return sum(losses) / len(losses)", "return sum(losses) / len(doc)"),
            edit(TOKENS, "return sum(losses) / len(losses)", "return sum(losses) / len(tokens)"),
        ),
    ),
)  # fmt: skip
