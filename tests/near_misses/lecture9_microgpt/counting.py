"""What resembles a known mistake of lecture 9 in tokens and in the small net, and is not it."""

from grader.lectures.lecture9_microgpt.mistakes.shared import (
    AUTOGRAD,
    BACK,
    BELOW,
    BY_HAND,
    DLOGITS,
    DPRE,
    DWTE,
    EACH_DOC,
    ENCODED,
    SHARE,
    TOKENS,
)
from near_misses import near

LETTERS = 'sorted(set("".join(docs)))'
TEXT = '"".join(letters[token] for token in tokens if token != len(letters))'
MEAN = "return sum(losses) / len(losses)"
SLOPE = "(above - below) / (2 * h)"

NEAR_MISSES = {
    "letters-not-sorted": (near("from z to a", TOKENS, LETTERS, 'sorted(set("".join(docs)), reverse=True)'),),
    "letters-repeated": (near("the letters of the first document alone", TOKENS, LETTERS, "sorted(set(docs[0]))"),),
    "bos-missing": (near("BOS twice at the end", TOKENS, ENCODED, f"{ENCODED} + [bos]"),),
    "bos-number": (near("BOS is minus 1", TOKENS, "bos = len(letters)", "bos = -1"),),
    "bos-in-text": (near("the last letter is left out as well", TOKENS, TEXT, TEXT.replace("!=", "< -1 +")),),
    "pairs-across-documents": (
        near("the first document counts twice", TOKENS, EACH_DOC, EACH_DOC.replace("in docs", "in docs + docs[:1]")),
    ),
    "pairs-transposed": (
        near("counted both ways", TOKENS, "counts[a][b] += 1", "counts[a][b] += 1\n            counts[b][a] += 1"),
    ),
    "shares-of-a-row": (
        near("the column's sum", TOKENS, SHARE, SHARE.replace("sum(counts[a])", "sum(row[b] for row in counts)")),
    ),
    "smoothing-missing": (
        near("half is added above, one below", TOKENS, SHARE, SHARE.replace("[b] + 1)", "[b] + 0.5)")),
    ),
    "pair-loss-not-mean": (near("the largest loss", TOKENS, MEAN, "return max(losses)"),),
    "relu-missing": (
        near("what is below 0 changes its sign", BY_HAND, "max(0.0, p) for p in pre] ", "abs(p) for p in pre] "),
        near("a square in place of relu", AUTOGRAD, "h = [pre.relu() for", "h = [pre * pre for"),
    ),
    "softmax-overflow": (
        near("exp of a hundredth", AUTOGRAD, "(logit - largest).exp()", "((logit - largest) / 100).exp()"),
    ),
    "log-not-negated": (
        near("the loss is 1 minus the probability", BY_HAND, "return -math.log(forward", "return 1 - float(forward"),
    ),
    "target-not-subtracted": (
        near("2 is subtracted at the target", BY_HAND, DLOGITS, DLOGITS.replace("(i == target)", "2 * (i == target)")),
    ),
    "slopes-of-minus-loss": (
        near("twice the slopes", BY_HAND, DLOGITS, "dlogits = [2 * (p - (i == target)) for i, p in enumerate(probs)]"),
    ),
    "relu-slope": (near("what is let through is halved", BY_HAND, DPRE, DPRE.replace("[d if", "[d / 2 if")),),
    "embedding-rows": (near("the first row", BY_HAND, DWTE, DWTE.replace("dwte[token]", "dwte[0]")),),
    "nudge-one-way": (near("twice as far back", BY_HAND, BELOW, BELOW.replace("before - h", "before - 2 * h")),),
    "nudge-width": (near("divided by 4h", BY_HAND, SLOPE, "(above - below) / (4 * h)"),),
    "nudge-stays": (near("0 is put back", BY_HAND, BACK, "                row[j] = 0.0\n"),),
}
