"""Known mistakes of lecture 6 in building nets: how many levels, how many numbers arrive, how a net is prepared."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture6_wavenet.mistakes.shared import CALM, LEAVES, MODEL

LEVELS = "    while positions > 1:\n"
ARRIVING = "Linear(2 * fan_in, n_hidden, bias=False"
NEXT = "fan_in, positions = n_hidden, positions // 2"
FIRST = "Linear(block_size * n_embd, n_hidden, bias=False"
HIDDEN = "bias=False, generator=generator"
BY_THEN = CALM.splitlines()[1].strip()

MISCONCEPTIONS = (
    Misconception(
        "flatten-too-many-levels",
        "There are more levels, or fewer, than the context can be halved.",
        "8, 4, 2, 1: how often can you halve? And 16, or 4?",
        (
            edit(MODEL, LEVELS, "    for _ in range(3):\n"),
            edit(MODEL, LEVELS, "    while positions > 0:\n"),
            edit(MODEL, LEVELS, "    for _ in range(block_size // 2):\n"),
            edit(MODEL, LEVELS, "    for _ in range(block_size):\n"),
            edit(MODEL, LEVELS, "    while positions > 2:\n"),
        ),
    ),
    Misconception(
        "linear-fan-in",
        "A Linear expects another number of inputs than arrives at one position after grouping.",
        "How many numbers arrive at one position after grouping, in the first level and in the second?",
        (
            edit(MODEL, ARRIVING, "Linear(fan_in, n_hidden, bias=False"),
            edit(MODEL, ARRIVING, "Linear(fan_in * positions, n_hidden, bias=False"),
            edit(MODEL, ARRIVING, "Linear(2 * n_embd, n_hidden, bias=False"),
            edit(MODEL, NEXT, "fan_in, positions = 2 * n_hidden, positions // 2"),
            edit(MODEL, FIRST, "Linear(n_embd, n_hidden, bias=False"),
            edit(MODEL, FIRST, "Linear(block_size, n_hidden, bias=False"),
        ),
    ),
    Misconception(
        "bias-before-bn",
        "There is a bias in front of batch norm: it costs numbers, and can never learn anything.",
        "Batch norm subtracts the mean. What is left of a constant that was added everywhere?",
        (
            edit(MODEL, ARRIVING, "Linear(2 * fan_in, n_hidden"),
            edit(MODEL, FIRST, "Linear(block_size * n_embd, n_hidden"),
            (
                Edit(MODEL, ARRIVING, "Linear(2 * fan_in, n_hidden"),
                Edit(MODEL, FIRST, "Linear(block_size * n_embd, n_hidden"),
            ),
        ),
    ),
    Misconception(
        "inplace-on-leaf",
        "Making the last weight smaller is recorded in the graph, or it never reaches the layer.",
        "Is this part of the computation or of the preparation? And which tensor has become smaller?",
        (
            (Edit(MODEL, CALM, ""), Edit(MODEL, LEAVES, f"{LEAVES}    {BY_THEN}\n")),
            edit(MODEL, BY_THEN, "model.layers[-1].weight * 0.1"),
            edit(MODEL, CALM, ""),
            edit(MODEL, BY_THEN, "weight = model.layers[-1].weight * 0.1"),
            (
                Edit(MODEL, CALM, ""),
                Edit(MODEL, LEAVES, f"{LEAVES}    model.layers[-1].weight = model.layers[-1].weight * 0.1\n"),
            ),
        ),
    ),
    Misconception(
        "other-weight-calmed",
        "The weight of another layer than the last is made smaller, so that the first logits shout at random.",
        "Print the spread of each weight. Which of them decides how large the first logits are?",
        (edit(MODEL, "model.layers[-1].weight *= 0.1", "model.layers[0].weight *= 0.1"),),
    ),
)
