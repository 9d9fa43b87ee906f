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
        "sample-softmax-axis",
        "The softmax runs over the contexts, of which there is one, so that every symbol gets the same share.",
        "Print the probabilities of one draw. What do they add up to, and how large is each?",
        (edit(MLP, "F.softmax(logits, dim=1)", "F.softmax(logits, dim=0)"),),
    ),
    Misconception(
        "sample-stops-early",
        "The question whether the name is complete comes before the first draw, so that no name ever begins.",
        "Which index do you start with, and what does your loop make of it before anything was drawn?",
        (
            edit(
                MLP,
                "        while True:\n            logits = forward",
                "        ix = 0\n        while ix != 0:\n            logits = forward",
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
