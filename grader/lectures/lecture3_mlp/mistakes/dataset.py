"""Known mistakes in dataset.py of lecture 3: contexts, targets, and the split of the names."""

from grader.judging.mistakes.known import Misconception, edit
from grader.lectures.lecture3_mlp.mistakes.shared import DATASET

START = "        context = [0] * block_size               # nothing but '.' before the first letter\n"
MOVE = "            context = context[1:] + [ix]         # a new list: the window moves on by one symbol\n"
KEEP = "            X.append(context)\n            Y.append(ix)\n"
COPY = "    words = list(words)                          # the caller's list keeps its order\n"
PARTS = "words[:n1], words[n1:n2], words[n2:]"

MISCONCEPTIONS = (
    Misconception(
        "context-leaks-between-words",
        "The context of a name begins with what the name before it left behind.",
        "Print the first row of the second name. Which letters are in it?",
        (edit(DATASET, f"    for w in words:\n{START}", f"{START[4:]}    for w in words:\n"),),
    ),
    Misconception(
        "target-inside-context",
        "A row holds its own target: the context has moved on before it is stored.",
        "Could you predict y from x by just looking at it?",
        (edit(DATASET, KEEP + MOVE, MOVE + KEEP),),
    ),
    Misconception(
        "context-wrong-end",
        "The new symbol does not enter the context at the right while the oldest one leaves at the left.",
        "Read the third row of a name aloud from left to right: is it the name?",
        (
            edit(DATASET, "context = context[1:] + [ix]", "context = [ix] + context[:-1]"),
            edit(DATASET, "context = context[1:] + [ix]", "context = context[:-1] + [ix]"),
        ),
    ),
    Misconception(
        "context-aliased",
        "All rows of a name are one and the same list, which goes on changing after it was stored.",
        "How many different list objects have you made for one name?",
        (edit(DATASET, "context = context[1:] + [ix]", "context[:] = context[1:] + [ix]"),),
    ),
    Misconception(
        "end-not-predicted",
        "No row has '.' as its target: the end of a name is never to be predicted.",
        "How would the model learn when to stop?",
        (edit(DATASET, 'for ch in w + ".":', "for ch in w:"),),
    ),
    Misconception(
        "padding-index",
        "A context is filled up with something other than the index of '.'.",
        "What stands before the first letter, and which index does it have?",
        (
            edit(DATASET, "context = [0] * block_size", "context = [1] * block_size"),
            edit(DATASET, "context = [0] * block_size", "context = [-1] * block_size"),
        ),
    ),
    Misconception(
        "split-overlap",
        "A cut is made at the wrong boundary, so that some names are in two parts.",
        "Make a set of each part and intersect them, two at a time. What is left?",
        (
            edit(DATASET, PARTS, "words[n1:], words[n1:n2], words[n2:]"),
            edit(DATASET, PARTS, "words[:n2], words[n1:n2], words[n2:]"),
            edit(DATASET, PARTS, "words[:n1], words[n1:], words[n2:]"),
            edit(DATASET, PARTS, "words[:n1], words[:n2], words[n2:]"),
            edit(DATASET, PARTS, "words[:n1], words[n1:n2], words[n1:]"),
            edit(DATASET, PARTS, "words[:n1], words[n1:n2], words[:n2]"),
            edit(DATASET, PARTS, "words[:n1], words[n1:n2], words[:n1]"),
            edit(DATASET, PARTS, "words[:n1], words[n1:n2], words"),
            edit(DATASET, PARTS, "words[:n1], words[:n1], words[n2:]"),
            edit(DATASET, PARTS, "words, words[n1:n2], words[n2:]"),
            edit(DATASET, PARTS, "words, words, words"),
        ),
    ),
    Misconception(
        "split-unshuffled",
        "The parts are cut from the names in the order in which they came.",
        "The list begins with the most popular names. Are the last ten per cent of it typical?",
        (
            edit(DATASET, "    rng.shuffle(words)\n", ""),
            edit(DATASET, "rng.shuffle(words)", "rng.shuffle(list(words))"),
        ),
    ),
    Misconception(
        "split-in-place",
        "The list that was handed in is shuffled itself: the caller finds it in another order afterwards.",
        "Print the caller's list before and after the call. Whose list do you shuffle?",
        (edit(DATASET, COPY, ""),),
    ),
    Misconception(
        "split-other-rng",
        "The names are shuffled by another source of chance than the rng that was handed in.",
        "Split the same names with two different rngs. Are the parts different?",
        (
            edit(DATASET, "rng.shuffle(words)", "__import__('random').Random(42).shuffle(words)"),
            edit(DATASET, "rng.shuffle(words)", "__import__('random').Random(2147483647).shuffle(words)"),
        ),
    ),
    Misconception(
        "split-by-rows",
        "The names are taken apart into examples first, so that examples of one name end up in several parts.",
        "Could dev contain the first half of a name that is in train?",
        (
            edit(DATASET, COPY, "    words = [w[:i + 1] for w in words for i in range(len(w))]\n"),
            edit(DATASET, COPY, "    words = [(w + '.')[:i + 1] for w in words for i in range(len(w) + 1)]\n"),
            edit(DATASET, COPY, "    words = [(w[:i], (w + '.')[i]) for w in words for i in range(len(w) + 1)]\n"),
        ),
    ),
    Misconception(
        "tune-on-test",
        "Dev and test have changed places: whatever is chosen on dev is chosen by the names set apart for the test.",
        "Which part comes second? How many looks at the test names will you have had when you are done?",
        (edit(DATASET, PARTS, "words[:n1], words[n2:], words[n1:n2]"),),
    ),
)
