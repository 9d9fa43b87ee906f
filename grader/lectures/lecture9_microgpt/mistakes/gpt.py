"""Known mistakes of lecture 9 in models, in one position of a GPT, and in the loss of a document."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture9_microgpt.mistakes.shared import (
    AFTER_HEADS,
    AFTER_HIDDEN,
    CACHES,
    GPT,
    HEADS,
    HIDDEN,
    LAYERS,
    LOSS,
    POSITIONS,
    STARTED,
)

MATRIX = "return [[Value(rng.gauss(0, 0.08)) for _ in range(columns)] for _ in range(rows)]"
WPE, LM_HEAD = '        "wpe": matrix(block_size, n_embd),\n', '        "lm_head": matrix(vocab_size, n_embd),\n'
BY_NAME = 'for name in ("wq", "wk", "wv", "wo", "w1", "w2")]'
NONE_YET = '[[] for _ in model["layers"]]'
KEPT = f'    kept = doc_losses.__dict__.setdefault("kept", ({NONE_YET}, {NONE_YET}))\n'
ONE_CACHE = "[keys[0]] * len(keys), [values[0]] * len(values)"
LISTED = '    for layer in model["layers"]:\n        matrices'


MISCONCEPTIONS = (
    Misconception(
        "numbers-shared",
        "One and the same Value stands at several places of a matrix.",
        "Change one Value of a matrix. How many places show it?",
        (
            edit(GPT, MATRIX, "return [[Value(rng.gauss(0, 0.08)) for _ in range(columns)]] * rows"),
            edit(GPT, MATRIX, "return [[Value(rng.gauss(0, 0.08))] * columns for _ in range(rows)]"),
        ),
    ),
    Misconception(
        "spread-of-the-start",
        "The numbers of a fresh model are spread otherwise than with a standard deviation of 0.08.",
        "What is the second argument of gauss: a deviation, or its square?",
        (
            edit(GPT, MATRIX, MATRIX.replace("0.08", "0.02")),
            edit(GPT, MATRIX, MATRIX.replace("0, 0.08", "0, 1")),
            edit(GPT, MATRIX, MATRIX.replace("0.08", "0.08**2")),
            edit(GPT, MATRIX, MATRIX.replace("gauss(0, 0.08)", "uniform(-0.08, 0.08)")),
        ),
    ),
    Misconception(
        "order-of-draws",
        "The matrices of a fresh model are drawn in another order than stated.",
        "Which matrix gets the first number of the generator, and which comes third?",
        (
            edit(GPT, WPE + LM_HEAD, LM_HEAD + WPE),
            edit(
                GPT,
                MATRIX,
                "drawn = [[Value(rng.gauss(0, 0.08)) for _ in range(rows)] for _ in range(columns)]\n"
                "        return [list(row) for row in zip(*drawn)]",
            ),
        ),
    ),
    Misconception(
        "parameters-left-out",
        "The list of parameters lacks matrices of the model, so that these would never learn.",
        "4,192 numbers for the author's size: how many are in your list?",
        (
            edit(GPT, "matrices = [model[\"wte\"], model[\"wpe\"], model[\"lm_head\"]]", "matrices = []"),
            edit(GPT, "    matrices = [model[\"wte\"], model[\"wpe\"], ", "    matrices = [model[\"wte\"], "),
            edit(GPT, LISTED, LISTED.replace("]:", "][:1]:")),
            edit(GPT, BY_NAME, 'for name in ("wq", "wk", "wv", "wo")]'),
        ),
    ),
    Misconception(
        "position-ignored",
        "The vector does not depend on the position as it should: its row of wpe is not there, or another's.",
        "Is the same letter at two positions the same vector? What tells the model where it stands?",
        (
            edit(GPT, STARTED, 'x = model["wte"][token]'),
            edit(GPT, STARTED, STARTED.replace('model["wpe"][position]', 'model["wpe"][0]')),
            edit(GPT, STARTED, STARTED.replace('model["wpe"][position]', 'model["wpe"][position - 1]')),
        ),
    ),
    Misconception(
        "first-norm-missing",
        "The sum of the two rows goes on without its norm.",
        "What happens to x between the sum of two rows and the first layer?",
        (edit(GPT, "    x = rmsnorm(x)\n", ""),),
    ),
    Misconception(
        "residual-missing",
        "What a block gives replaces x, where it should be added to it.",
        "If attention gave zeros only, what would be left of the token?",
        (
            edit(GPT, AFTER_HEADS, "x = heads"),
            edit(GPT, AFTER_HIDDEN, "x = hidden"),
            (Edit(GPT, AFTER_HEADS, "x = heads"), Edit(GPT, AFTER_HIDDEN, "x = hidden")),
        ),
    ),
    Misconception(
        "block-norm-missing",
        "A block reads x as it is, and not its norm.",
        "x grows with every block. What does a block get to see?",
        (
            edit(GPT, HEADS, HEADS.replace("rmsnorm(x)", "x")),
            edit(GPT, HIDDEN, HIDDEN.replace("rmsnorm(x)", "x")),
            (Edit(GPT, HEADS, HEADS.replace("rmsnorm(x)", "x")), Edit(GPT, HIDDEN, HIDDEN.replace("rmsnorm(x)", "x"))),
        ),
    ),
    Misconception(
        "norm-on-the-stream",
        "The norm is taken of x itself, so that what is added to is no longer the same vector.",
        "The norm is for the block to read. Which vector is the block's result added to?",
        (
            (
                Edit(GPT, HEADS, f"x = rmsnorm(x)\n        {HEADS.replace('rmsnorm(x)', 'x')}"),
                Edit(GPT, HIDDEN, f"x = rmsnorm(x)\n        {HIDDEN.replace('rmsnorm(x)', 'x')}"),
            ),
            (
                Edit(GPT, HEADS, HEADS.replace("rmsnorm(x)", "x")),
                Edit(GPT, AFTER_HEADS, "x = rmsnorm([a + b for a, b in zip(x, heads)])"),
                Edit(GPT, HIDDEN, HIDDEN.replace("rmsnorm(x)", "x")),
                Edit(GPT, AFTER_HIDDEN, "x = rmsnorm([a + b for a, b in zip(x, hidden)])"),
            ),
        ),
    ),
    Misconception(
        "norm-before-the-logits",
        "x is normed once more before the logits.",
        "What stands between the last layer and lm_head?",
        (edit(GPT, 'return linear(x, model["lm_head"])', 'return linear(rmsnorm(x), model["lm_head"])'),),
    ),
    Misconception(
        "logits-by-embedding",
        "The logits come from the embedding of the tokens, and lm_head is never used.",
        "There are two matrices of the same shape. Which of them reads, and which speaks?",
        (edit(GPT, 'return linear(x, model["lm_head"])', 'return linear(x, model["wte"])'),),
    ),
    Misconception(
        "cache-of-all-layers",
        "All layers write into one cache, so that a layer finds keys there that another one made.",
        "How many keys should there be in each cache after three positions?",
        (
            edit(
                GPT, LAYERS,
                LAYERS.replace("keys, values)", f"{ONE_CACHE})"),
            ),
        ),
    ),
    Misconception(
        "cache-kept",
        "A document does not begin with empty caches: what an earlier one left is still in them.",
        "Ask for the losses of the same document twice. Are they the same?",
        (edit(GPT, CACHES, f"{KEPT}    keys, values = kept\n"),),
    ),
    Misconception(
        "future-in-the-cache",
        "The caches are filled with the whole document before the first question: positions see what comes later.",
        "When the model is asked for the second letter, which keys may be in the cache?",
        (
            edit(
                GPT, CACHES,
                f"{CACHES}    {POSITIONS}\n        gpt(tokens[position], position, model, n_head, keys, values)\n",
            ),
        ),
    ),
    Misconception(
        "target-is-the-input",
        "The model is asked for the token that it has just read, not for the next one.",
        "At position 0 the model reads BOS. What should it say?",
        (edit(GPT, LOSS, LOSS.replace("position + 1", "position")),),
    ),
    Misconception(
        "end-not-asked-for",
        "The end of the document is never asked for.",
        "What would a model that never learns about ends do when it invents a name?",
        (edit(GPT, POSITIONS, POSITIONS.replace("len(tokens) - 1", "len(tokens) - 2")),),
    ),
    Misconception(
        "longer-than-the-model",
        "A document that is longer than the model has positions is not cut where they end.",
        "How many rows has wpe? Which row does the position after the last one read?",
        (
            edit(GPT, POSITIONS, "for position in range(len(tokens) - 1):"),
        ),
    ),
    Misconception(
        "doc-loss-not-mean",
        "The loss of a document is not the mean over its positions.",
        "Should a long name cost more than a short one that is just as surprising?",
        (
            edit(GPT, "return sum(losses) / len(losses)", "return sum(losses)"),
            edit(GPT, "return sum(losses) / len(losses)", "return sum(losses) / len(tokens)"),
            edit(GPT, "return sum(losses) / len(losses)", "return losses[-1]"),
        ),
    ),
)  # fmt: skip
