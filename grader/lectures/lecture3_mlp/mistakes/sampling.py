"""Known mistakes in mlp.py of lecture 3: drawing names."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture3_mlp.mistakes.shared import MLP

SAMPLE_START = "        context = [0] * block_size               # every name starts afresh\n"
SAMPLE_MOVE = "            context = context[1:] + [ix]\n"

MISCONCEPTIONS = (
    Misconception(
        "sampling-context",
        "The context of a draw is not the last symbols in order, with '.' before the first.",
        "Print the context before each draw of one name, and before the first draw of the next.",
        (
            edit(MLP, SAMPLE_MOVE, ""),
            edit(MLP, SAMPLE_MOVE, "            context = [ix] + context[:-1]\n"),
            edit(MLP, SAMPLE_MOVE, "            context = context[:-1] + [ix]\n"),
            (
                Edit(MLP, SAMPLE_START, ""),
                Edit(MLP, "    for _ in range(count):\n", f"{SAMPLE_START[4:]}    for _ in range(count):\n"),
            ),
        ),
    ),
    Misconception(
        "sample-marker-kept",
        "The '.' that ends a name is still in it.",
        "Which symbols belong to the name, and which one only says that it is over?",
        (
            (
                Edit(MLP, "            out.append(itos[ix])\n", ""),
                Edit(MLP, "            if ix == 0:\n", "            out.append(itos[ix])\n            if ix == 0:\n"),
            ),
        ),
    ),
)
