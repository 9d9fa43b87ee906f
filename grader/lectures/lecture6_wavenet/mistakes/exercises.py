"""Known mistakes in exercises.py of lecture 6: convolutions that look ahead, distances that do not fit, shapes."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture6_wavenet.mistakes.shared import EXERCISES

PADDED = "padded = torch.cat([before, x], dim=1)"
INPUTS = "padded[:, i * dilation : i * dilation + T]"
BEFORE = "before = x.new_zeros((B, (n - 1) * dilation, C))"
WIDER = "dilation, n = dilation * n, 1 "
CONVOLVED = "x = causal_convolution(x, layer.weight, dilation)"
REACH = "return 1 + sum((kernel_size - 1) * dilation for dilation in dilations)"

MISCONCEPTIONS = (
    Misconception(
        "non-causal-convolution",
        "An output depends on inputs that come after it.",
        "Change the last input only. Which outputs may move?",
        (
            edit(EXERCISES, PADDED, "padded = torch.cat([x, before], dim=1)"),
            edit(
                EXERCISES,
                PADDED,
                "left = (n - 1) * dilation // 2\n"
                "    padded = torch.cat([before[:, :left], x, before[:, left:]], dim=1)",
            ),
            (
                Edit(EXERCISES, PADDED, "padded = torch.cat([before, x, before], dim=1)"),
                Edit(EXERCISES, INPUTS, "padded[:, (n - 1 + i) * dilation : (n - 1 + i) * dilation + T]"),
            ),
        ),
    ),
    Misconception(
        "taps-reversed",
        "The inputs of one output are laid side by side from the newest to the oldest.",
        "Put in zeros with a single 1. Which row of the weight shows first, that for the old input or for the new?",
        (
            edit(EXERCISES, "for i in range(n)]", "for i in reversed(range(n))]"),
            edit(EXERCISES, "torch.cat(inputs, dim=2)", "torch.cat(inputs[::-1], dim=2)"),
        ),
    ),
    Misconception(
        "dilation-off",
        "The distance between the inputs that are joined does not fit the level, or the reach is counted wrongly.",
        "How far back can the last output see? Test it: change one input after the other.",
        (
            edit(EXERCISES, WIDER, "dilation, n = dilation, 1 "),
            edit(EXERCISES, WIDER, "dilation, n = dilation + 1, 1 "),
            edit(EXERCISES, CONVOLVED, "x = causal_convolution(x, layer.weight, 2 * dilation)"),
            edit(EXERCISES, CONVOLVED, "x = causal_convolution(x, layer.weight, 1)"),
            edit(EXERCISES, "return x[:, dilation - 1 :]", "return x[:, dilation :]"),
            edit(EXERCISES, "return x[:, dilation - 1 :]", "return x"),
            (
                Edit(EXERCISES, BEFORE, BEFORE.replace("(n - 1) * dilation", "(n - 1) * (dilation + 1)")),
                Edit(EXERCISES, INPUTS, "padded[:, i * (dilation + 1) : i * (dilation + 1) + T]"),
            ),
            (
                Edit(EXERCISES, BEFORE, BEFORE.replace(" * dilation", "")),
                Edit(EXERCISES, INPUTS, "padded[:, i : i + T]"),
            ),
            edit(EXERCISES, REACH, REACH.replace("1 + ", "")),
            edit(EXERCISES, REACH, REACH.replace("(kernel_size - 1) * dilation for", "kernel_size * dilation for")),
            edit(EXERCISES, REACH, REACH.replace("1 + ", "").replace("(kernel_size - 1)", "kernel_size")),
            edit(EXERCISES, REACH, "return kernel_size ** len(dilations)"),
            edit(EXERCISES, REACH, "return kernel_size * dilations[-1]"),
        ),
    ),
    Misconception(
        "windows-one-by-one",
        "The windows go through the net one after the other, so that most symbols are looked up many times.",
        "How often is the symbol in the middle of the row looked up? How often would be enough?",
        (
            edit(
                EXERCISES,
                "    x, dilation, n = X, 1, 1\n",
                "    W = 2 ** sum(isinstance(layer, FlattenConsecutive) for layer in model.layers)\n"
                "    return torch.stack([model(X[:, i : i + W]) for i in range(X.shape[1] - W + 1)], dim=1)\n"
                "    x, dilation, n = X, 1, 1\n",
            ),
        ),
    ),
    Misconception(
        "shapes-unit-axis",
        "The predicted shapes of the last level still have an axis for its single position.",
        "What does FlattenConsecutive do with the axis of the groups if one group is left?",
        (edit(EXERCISES, "(batch_size,) if positions == 1 else (batch_size, positions)", "(batch_size, positions)"),),
    ),
    Misconception(
        "shapes-channels",
        "The predicted numbers of a position are not those that come out of each layer.",
        "How many numbers does a position have behind each layer? Which two kinds of layers change that?",
        (
            edit(EXERCISES, "(*before, 2 * channels)", "(*before, channels)"),
            edit(EXERCISES, "        channels = n_hidden\n", ""),
            edit(EXERCISES, "        channels = n_hidden\n", "        channels = 2 * channels\n"),
        ),
    ),
)
