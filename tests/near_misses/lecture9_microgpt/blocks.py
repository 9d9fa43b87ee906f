"""What resembles a known mistake of lecture 9 in products, shares, the norm and attention, and is not it."""

from grader.lectures.lecture9_microgpt.mistakes.blocks import CUT_KEYS, JOINED
from grader.lectures.lecture9_microgpt.mistakes.shared import (
    AUTOGRAD,
    BLOCKS,
    KEY,
    MEAN_SQUARE,
    MIXED,
    PART,
    ROWS,
    SCALE,
    SCORES,
    VALUE,
    WEIGHTS,
)
from near_misses import near

NEAR_MISSES = {
    "linear-by-columns": (near("the rows from last to first", AUTOGRAD, ROWS, ROWS.replace("in w]", "in w[::-1]]")),),
    "shares-cut-from-the-graph": (
        near("the first exponential is cut", AUTOGRAD, "total = sum(exps)", "total = sum(exps[1:]) + exps[0].data"),
    ),
    "shares-not-divided": (
        near("divided by the largest", AUTOGRAD, "[e / total for", "[e / max(exps, key=lambda v: v.data) for"),
    ),
    "norm-centred": (
        near("the first number is subtracted", BLOCKS, MEAN_SQUARE, f"x = [xi - x[0] for xi in x]\n    {MEAN_SQUARE}"),
    ),
    "norm-of-the-sum": (
        near("divided by n - 1", BLOCKS, MEAN_SQUARE, MEAN_SQUARE.replace("len(x)", "max(len(x) - 1, 1)")),
    ),
    "norm-without-root": (near("the fourth root", BLOCKS, SCALE, SCALE.replace("-0.5", "-0.25")),),
    "norm-epsilon": (
        near("1e-5 is subtracted", BLOCKS, SCALE, SCALE.replace("mean_square + 1e-5", "mean_square * 1.1 + 1e-5")),
    ),
    "norm-cut-from-the-graph": (
        near(
            "half of the mean square is cut",
            BLOCKS,
            SCALE,
            SCALE.replace("(mean_square +", "(mean_square / 2 + mean_square.data / 2 +"),
        ),
    ),
    "scores-not-scaled": (near("a third power", BLOCKS, SCORES, SCORES.replace("** 0.5", "** 1.5")),),
    "scores-not-shared": (
        near("twice the scores are shared", BLOCKS, WEIGHTS, "weights = softmax([2 * score for score in scores])"),
    ),
    "keys-mixed": (
        near(
            "the values from last to first",
            BLOCKS,
            MIXED,
            MIXED.replace("zip(weights, values)", "zip(weights, values[::-1])"),
        ),
    ),
    "cache-detached": (
        near(
            "the first number of a key is cut",
            BLOCKS,
            KEY,
            f"{CUT_KEYS}\n    keys[-1][1:] = linear(x, layer['wk'])[1:]",
        ),
    ),
    "cache-without-itself": (
        near(
            "a position is twice in the caches",
            BLOCKS,
            f"{KEY}\n    {VALUE}\n",
            f"{KEY}\n    {VALUE}\n    {KEY}\n    {VALUE}\n",
        ),
    ),
    "cache-overwritten": (
        near(
            "a new position comes first",
            BLOCKS,
            f"{KEY}\n    {VALUE}\n",
            f"{KEY.replace('append(', 'insert(0, ')}\n    {VALUE.replace('append(', 'insert(0, ')}\n",
        ),
    ),
    "projections-mixed-up": (near("the value by wo", BLOCKS, VALUE, VALUE.replace("wv", "wo")),),
    "heads-interleaved": (near("the parts overlap", BLOCKS, PART, "part = slice(start // 2, start // 2 + size)"),),
    "heads-alike": (near("each head sees the last part", BLOCKS, PART, "part = slice(len(x) - size, len(x))"),),
    "heads-not-joined": (near("joined by wq", BLOCKS, JOINED, JOINED.replace("wo", "wq")),),
}
