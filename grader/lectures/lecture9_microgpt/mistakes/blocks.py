"""Known mistakes of lecture 9 in products, shares, the norm and attention."""

from grader.judging.mistakes.known import Edit, Misconception, edit
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

QUERY = 'query = linear(x, layer["wq"])'
NO_GRAPH = "[number.data for number in linear(x, layer[{!r}])]"
NEW_VALUES = "[type(number)(number.data) for number in linear(x, layer[{!r}])]"
JOINED = 'return linear(out, layer["wo"])'
CUT_KEYS, CUT_VALUES = f"keys.append({NO_GRAPH.format('wk')})", f"values.append({NO_GRAPH.format('wv')})"

MISCONCEPTIONS = (
    Misconception(
        "linear-by-columns",
        "The vector meets the columns of the matrix, not its rows.",
        "With three rows of two numbers, how long must x be, and how many numbers come out?",
        (edit(AUTOGRAD, ROWS, "return [sum(w[j][i] * xj for j, xj in enumerate(x)) for i in range(len(w))]"),),
    ),
    Misconception(
        "shares-cut-from-the-graph",
        "A part of softmax is computed with plain numbers, so that its gradient does not get through.",
        "By which ways does one logit change the share of another? Is each of them made of Values?",
        (
            edit(AUTOGRAD, "total = sum(exps)", "total = sum(e.data for e in exps)"),
            edit(AUTOGRAD, "return [e / total for e in exps]", "return [e.data / total for e in exps]"),
        ),
    ),
    Misconception(
        "shares-not-divided",
        "The exponentials are not divided by their sum, so that they are no shares.",
        "What do the numbers that softmax gives add up to?",
        (edit(AUTOGRAD, "return [e / total for e in exps]", "return exps"),),
    ),
    Misconception(
        "norm-centred",
        "The mean is subtracted first, as LayerNorm does; an RMSNorm moves nothing.",
        "What is the norm of a vector of equal numbers, such as 2, 2, 2?",
        (
            edit(
                BLOCKS, MEAN_SQUARE,
                "mean = sum(x) / len(x)\n    x = [xi - mean for xi in x]\n    " + MEAN_SQUARE,
            ),
            edit(
                BLOCKS, MEAN_SQUARE,
                "mean = sum(x) / len(x)\n    mean_square = sum((xi - mean) * (xi - mean) for xi in x) / len(x)",
            ),
        ),
    ),
    Misconception(
        "norm-of-the-sum",
        "The squares are added up and not averaged, so that longer vectors come out smaller.",
        "What is the mean of the squares of your result, for two numbers and for eight?",
        (edit(BLOCKS, MEAN_SQUARE, MEAN_SQUARE.removesuffix(" / len(x)")),),
    ),
    Misconception(
        "norm-without-root",
        "The vector is divided by the mean of its squares, and not by the root of that.",
        "If x becomes ten times as large, how much larger does its mean square become?",
        (edit(BLOCKS, SCALE, SCALE.replace("** -0.5", "** -1")),),
    ),
    Misconception(
        "norm-epsilon",
        "The 1e-5 is missing, has another size, or is not added to the mean square, inside the root.",
        "What happens to a vector of zeros? And what is the root of 1e-5?",
        (
            edit(BLOCKS, SCALE, "scale = mean_square ** -0.5"),
            edit(BLOCKS, SCALE, "scale = 1 / (mean_square ** 0.5 + 1e-5)"),
            edit(BLOCKS, SCALE, SCALE.replace("1e-5", "1e-8")),
            edit(BLOCKS, MEAN_SQUARE, "mean_square = (sum(xi * xi for xi in x) + 1e-5) / len(x) - 1e-5"),
        ),
    ),
    Misconception(
        "norm-cut-from-the-graph",
        "The scale of the norm is a plain number: gradients do not know that it depends on x.",
        "If one number of x grows, what happens to the others' results? Does your gradient know it?",
        (
            edit(BLOCKS, SCALE, "scale = (mean_square.data + 1e-5) ** -0.5"),
            edit(BLOCKS, MEAN_SQUARE, "mean_square = sum(xi.data * xi.data for xi in x) / len(x)"),
        ),
    ),
    Misconception(
        "scores-not-scaled",
        "The scores are not divided by the root of d, the length of a query.",
        "For longer vectors, dot products get larger. What does that do to the shares?",
        (
            edit(BLOCKS, SCORES, SCORES.replace(" / len(query) ** 0.5", "")),
            edit(BLOCKS, SCORES, SCORES.replace(" / len(query) ** 0.5", " / len(query)")),
            edit(BLOCKS, SCORES, SCORES.replace(" / len(query) ** 0.5", " * len(query) ** 0.5")),
            edit(BLOCKS, SCORES, SCORES.replace("len(query) ** 0.5", "len(keys) ** 0.5")),
        ),
    ),
    Misconception(
        "scores-not-shared",
        "The scores are used as they are: nothing makes shares of them that add up to 1.",
        "What do the weights of a query add up to? Can one be below 0?",
        (edit(BLOCKS, WEIGHTS, "weights = scores"),),
    ),
    Misconception(
        "keys-mixed",
        "What is mixed by the weights are the keys, not the values.",
        "A key says where to look. What says what is found there?",
        (edit(BLOCKS, MIXED, MIXED.replace("zip(weights, values)", "zip(weights, keys)")),),
    ),
    Misconception(
        "cache-detached",
        "A cache holds plain numbers, or new Values: what later positions read sends no gradient back.",
        "The last position reads the first one's key. How does the matrix that made it learn of that?",
        (
            (Edit(BLOCKS, KEY, CUT_KEYS), Edit(BLOCKS, VALUE, CUT_VALUES)),
            edit(BLOCKS, KEY, CUT_KEYS),
            edit(BLOCKS, VALUE, CUT_VALUES),
            (
                Edit(BLOCKS, KEY, f"keys.append({NEW_VALUES.format('wk')})"),
                Edit(BLOCKS, VALUE, f"values.append({NEW_VALUES.format('wv')})"),
            ),
        ),
    ),
    Misconception(
        "cache-without-itself",
        "A position attends before its own key and value are in the caches, so it does not see itself.",
        "What can the very first position look at?",
        (
            (
                Edit(BLOCKS, f"    {KEY}\n    {VALUE}\n", ""),
                Edit(BLOCKS, JOINED, f"{KEY}\n    {VALUE}\n    {JOINED}"),
            ),
        ),
    ),
    Misconception(
        "cache-overwritten",
        "A position replaces what is in a cache, so that nothing earlier is left.",
        "How many keys should the third position find, its own included?",
        (
            (
                Edit(BLOCKS, KEY, 'keys[:] = [linear(x, layer["wk"])]'),
                Edit(BLOCKS, VALUE, 'values[:] = [linear(x, layer["wv"])]'),
            ),
        ),
    ),
    Misconception(
        "projections-mixed-up",
        "Query, key and value are not each made by their own matrix.",
        "Which of wq, wk and wv has a say in the scores, and which in what is mixed?",
        (
            edit(BLOCKS, VALUE, VALUE.replace("wv", "wk")),
            edit(BLOCKS, KEY, KEY.replace("wk", "wq")),
            (Edit(BLOCKS, QUERY, QUERY.replace("wq", "wk")), Edit(BLOCKS, KEY, KEY.replace("wk", "wq"))),
            (Edit(BLOCKS, VALUE, VALUE.replace("wv", "wk")), Edit(BLOCKS, KEY, KEY.replace("wk", "wv"))),
            edit(BLOCKS, VALUE, "values.append(x)"),
        ),
    ),
    Misconception(
        "heads-interleaved",
        "A head takes every so many-th number of a vector, not numbers that follow one another.",
        "With two heads and four numbers, which of them should the first head see?",
        (edit(BLOCKS, PART, "part = slice(start // size, None, n_head)"),),
    ),
    Misconception(
        "heads-alike",
        "All heads look at the same numbers, or one head looks at all of them.",
        "With two heads and four numbers, which of them should the second head see?",
        (
            edit(BLOCKS, PART, "part = slice(0, size)"),
            edit(BLOCKS, "size = len(x) // n_head", "size = len(x)"),
        ),
    ),
    Misconception(
        "heads-not-joined",
        "What the heads give is handed on as it is, without the last matrix.",
        "Each head knows only its own part. Where can the parts be mixed?",
        (
            edit(BLOCKS, JOINED, "return out"),
        ),
    ),
)  # fmt: skip
