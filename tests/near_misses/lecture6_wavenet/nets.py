"""What resembles a known mistake of lecture 6 in nets and their use, and is not it."""

from grader.lectures.lecture6_wavenet.mistakes.exercises import CONVOLVED, PADDED, REACH
from grader.lectures.lecture6_wavenet.mistakes.nets import ARRIVING, BY_THEN, LEVELS
from grader.lectures.lecture6_wavenet.mistakes.shared import CLEAR, EXERCISES, LEAVES, MODEL, UPDATE
from grader.lectures.lecture6_wavenet.mistakes.using import DRAWN, EVALUATED, GROUPS, MOVE, OFF, ONE_ROW
from near_misses import near, together

NEAR_MISSES = {
    "flatten-too-many-levels": (
        near(
            "groups of four where they fit",
            MODEL,
            LEVELS,
            "    if positions == 16:\n        return build_flat(vocab_size, block_size, n_embd, n_hidden, generator)\n"
            + LEVELS,
        ),
    ),
    "linear-fan-in": (
        near("the hidden layers are twice as wide", MODEL, ARRIVING, "Linear(2 * fan_in, 2 * n_hidden, bias=False"),
    ),
    "bias-before-bn": (
        near(
            "the hidden layer has a bias, and the last has none",
            MODEL,
            "        Linear(n_hidden, vocab_size, generator=generator),",
            "        Linear(n_hidden, vocab_size, bias=False, generator=generator),",
        ),
    ),
    "inplace-on-leaf": (
        near(
            "the first tensors alone want a gradient",
            MODEL,
            LEAVES,
            LEAVES.replace("parameters()", "parameters()[:-1]"),
        ),
    ),
    "other-weight-calmed": (
        near("the last weight becomes a hundredth", MODEL, BY_THEN, BY_THEN.replace("0.1", "0.01")),
    ),
    "mode-not-switched": (near("evaluation is switched on, not off", MODEL, OFF, OFF.replace("= False", '= "eval"')),),
    "missing-batch-axis": (
        near(
            "each context comes twice",
            MODEL,
            ONE_ROW,
            "model(torch.tensor([context, context])).sum(0, keepdim=True)  #",
        ),
    ),
    "eval-on-batch": (
        near(
            "the first row has no say",
            MODEL,
            EVALUATED,
            "F.cross_entropy(model(X[1:] if len(X) > 1 else X), Y[1:] if len(X) > 1 else Y).item()",
        ),
    ),
    "mode-toggled": (near("None stands for evaluation", MODEL, OFF, OFF.replace("= False", "= None")),),
    "loss-curve-blocks": (near("the largest of each group", MODEL, GROUPS, GROUPS.replace("mean(1)", "amax(1)")),),
    "zero-grad-missing": (
        near(
            "the gradients are halved, not cleared", MODEL, CLEAR, CLEAR.replace("p.grad = None", "p.grad = p.grad / 2")
        ),
    ),
    "step-uphill": (
        near("the step goes twice as far", MODEL, "-schedule(step) * p.grad", "-2 * schedule(step) * p.grad"),
    ),
    "update-missing": (
        near("the last tensor alone changes", MODEL, UPDATE, UPDATE.replace("parameters()", "parameters()[-1:]")),
    ),
    "rate-fixed": (near("the rate is halved", MODEL, "-schedule(step)", "-schedule(step) / 2"),),
    "minibatch-mismatch": (near("the targets in the reverse order", MODEL, "Y[ix])", "Y[ix.flip(0)])"),),
    "minibatch-range": (
        near(
            "row numbers without a repetition",
            MODEL,
            DRAWN,
            "ix = torch.randperm(X.shape[0], generator=generator)[:batch_size]",
        ),
    ),
    "sampling-context": (
        near("each symbol counts twice", MODEL, MOVE, "            context = context[2:] + [ix, ix]\n"),
    ),
    "non-causal-convolution": (
        near(
            "before the start stands the first input",
            EXERCISES,
            PADDED,
            "padded = torch.cat([before + x[:, :1], x], dim=1)",
        ),
    ),
    "taps-reversed": (
        near(
            "the newest input twice",
            EXERCISES,
            "torch.cat(inputs, dim=2)",
            "torch.cat(inputs[1:] + inputs[-1:], dim=2)",
        ),
    ),
    "dilation-off": (
        together(
            near("three apart on every level", EXERCISES, CONVOLVED, "x = causal_convolution(x, layer.weight, 3)"),
            near("twice as far as it should be", EXERCISES, REACH, REACH.replace("1 + ", "2 * ")),
        ),
    ),
    "windows-one-by-one": (
        near(
            "the symbols are looked up twice",
            EXERCISES,
            "    x, dilation, n = X, 1, 1\n",
            "    model(X[:, :2 ** sum(isinstance(layer, FlattenConsecutive) for layer in model.layers)])\n"
            "    x, dilation, n = X, 1, 1\n",
        ),
    ),
    "shapes-unit-axis": (
        near(
            "all levels are without positions",
            EXERCISES,
            "(batch_size,) if positions == 1 else (batch_size, positions)",
            "(batch_size,)",
        ),
    ),
    "shapes-channels": (
        near("grouping makes four times as many", EXERCISES, "(*before, 2 * channels)", "(*before, 4 * channels)"),
    ),
}
