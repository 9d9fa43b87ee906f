"""What resembles a known mistake of lecture 9 in models, one position of a GPT and a document, and is not it."""

from grader.lectures.lecture9_microgpt.mistakes.gpt import BY_NAME, LM_HEAD, MATRIX, WPE
from grader.lectures.lecture9_microgpt.mistakes.shared import (
    AFTER_HEADS,
    CACHES,
    GPT,
    HEADS,
    HIDDEN,
    LAYERS,
    LOSS,
    POSITIONS,
    STARTED,
)
from near_misses import near

LOGITS = 'return linear(x, model["lm_head"])'
MEAN = "return sum(losses) / len(losses)"
ASKED = "        gpt(tokens[0], 0, model, n_head, keys, values)\n"

NEAR_MISSES = {
    "numbers-shared": (
        near(
            "the last row is the first one again",
            GPT,
            "return model\n",
            'model["wte"][-1] = model["wte"][0]\n    return model\n',
        ),
    ),
    "spread-of-the-start": (near("a mean of 0.08", GPT, MATRIX, MATRIX.replace("0, 0.08", "0.08, 0.08")),),
    "order-of-draws": (near("the position's matrix is drawn twice", GPT, WPE + LM_HEAD, WPE + WPE + LM_HEAD),),
    "parameters-left-out": (near("wq comes twice", GPT, BY_NAME, BY_NAME.replace('"wk"', '"wq"')),),
    "position-ignored": (
        near("the position counts twice", GPT, STARTED, STARTED.replace("t + p for", "t + 2 * p for")),
    ),
    "first-norm-missing": (
        near("the first norm twice", GPT, "    x = rmsnorm(x)\n", "    x = rmsnorm(x)\n    x = [2 * xi for xi in x]\n"),
    ),
    "residual-missing": (near("half of it is added", GPT, AFTER_HEADS, AFTER_HEADS.replace("a + b", "a + b / 2")),),
    "block-norm-missing": (
        near("a norm of the norm's double", GPT, HEADS, HEADS.replace("rmsnorm(x)", "[2 * xi for xi in rmsnorm(x)]")),
    ),
    "norm-on-the-stream": (
        near("mlp reads what attention gave", GPT, HIDDEN, HIDDEN.replace("rmsnorm(x)", "rmsnorm(heads)")),
    ),
    "norm-before-the-logits": (
        near("x is doubled before the logits", GPT, LOGITS, LOGITS.replace("linear(x", "linear([2 * xi for xi in x]")),
    ),
    "logits-by-embedding": (
        near("lm_head from behind", GPT, LOGITS, LOGITS.replace('["lm_head"]', '["lm_head"][::-1]')),
    ),
    "cache-of-all-layers": (
        near(
            "one cache of keys for all layers",
            GPT,
            LAYERS,
            LAYERS.replace("keys, values)", "[keys[0]] * len(keys), values)"),
        ),
    ),
    "cache-kept": (near("BOS is read before the document", GPT, CACHES, f"{CACHES}    if len(tokens) > 3:\n{ASKED}"),),
    "future-in-the-cache": (
        near(
            "the last token is read first",
            GPT,
            CACHES,
            f"{CACHES}    gpt(tokens[-2], 0, model, n_head, keys, values)\n",
        ),
    ),
    "target-is-the-input": (near("the first token each time", GPT, LOSS, LOSS.replace("position + 1", "1")),),
    "end-not-asked-for": (near("the first token is not asked for", GPT, LOSS, f"if position:\n            {LOSS}"),),
    "longer-than-the-model": (
        near("a position less", GPT, POSITIONS, POSITIONS.replace('len(model["wpe"])', 'len(model["wpe"]) - 1')),
    ),
    "doc-loss-not-mean": (near("the first loss", GPT, MEAN, "return losses[0]"),),
}
