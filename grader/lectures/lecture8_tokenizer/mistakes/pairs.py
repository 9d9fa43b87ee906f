"""Known mistakes of lecture 8 in counting pairs and in one merge."""

from grader.judging.mistakes.known import Misconception, edit
from grader.lectures.lecture8_tokenizer.mistakes.shared import (
    BASIC,
    COUNTED,
    COUNTS,
    FOUND,
    LOOP,
    MERGING,
    TAKEN,
)

EACH_ONCE = """    used = -1
    for i, pair in enumerate(zip(ids, ids[1:])):
        if pair[0] == pair[1] and used == i - 1 and ids[i - 1] == pair[0]:
            used = -1
            continue
        counts[pair] = counts.get(pair, 0) + 1
        used = i if pair[0] == pair[1] else -1
"""
IN_PLACE = """    i = 0
    while i < len(ids) - 1:
        if (ids[i], ids[i + 1]) == pair:
            ids[i : i + 2] = [idx]
        i += 1
    return ids
"""

MISCONCEPTIONS = (
    Misconception(
        "stats-drops-last",
        "The last pair of neighbours is not counted.",
        "How many pairs has a text of two letters, and how many does your function find?",
        (edit(BASIC, "zip(ids, ids[1:])", "zip(ids, ids[1:-1])"),),
    ),
    Misconception(
        "stats-overlap-rule",
        "In a run of equal numbers, pairs that overlap are counted once.",
        "How many places are there in `[7, 7, 7]` where two neighbours touch?",
        (edit(BASIC, COUNTED, EACH_ONCE),),
    ),
    Misconception(
        "stats-sorted",
        "The pairs stand in the order of their numbers, not in that of first sight.",
        "If several pairs occur equally often, which comes first in your dict?",
        (edit(BASIC, "zip(ids, ids[1:]):", "sorted(zip(ids, ids[1:])):"),),
    ),
    Misconception(
        "counts-forgotten",
        "The counts that are handed in are not gone on with: a table of its own comes back.",
        "If a dict with counts is handed in, what stands in it afterwards?",
        (
            edit(BASIC, COUNTS, "counts = {}"),
            edit(BASIC, COUNTS, "counts = dict(counts or {})"),
        ),
    ),
    Misconception(
        "counts-empty-is-none",
        "An empty dict that is handed in is taken for none at all, and stays empty.",
        "Is `{}` true or false in Python? And is it None?",
        (edit(BASIC, COUNTS, "counts = counts or {}"),),
    ),
    Misconception(
        "merge-overlap",
        "After a merge, the second element of the pair is used again.",
        "How many elements does one merge use up, and where does the search go on?",
        (edit(BASIC, TAKEN, TAKEN.replace("i += 2", "i += 1")),),
    ),
    Misconception(
        "merge-edge",
        "The end of the list is handled otherwise than its middle.",
        "What does your function do with the last element, if it belongs to no pair?",
        (
            edit(BASIC, LOOP, "while i < len(ids) - 1:"),
            edit(BASIC, FOUND, "if (ids[i], ids[i + 1]) == pair:"),
        ),
    ),
    Misconception(
        "merge-first-only",
        "The first occurrence of the pair alone is replaced.",
        "How often does the pair occur, and how often is the new id in your list?",
        (edit(BASIC, FOUND, "if len(merged) == i and i < len(ids) - 1 and (ids[i], ids[i + 1]) == pair:"),),
    ),
    Misconception(
        "merge-either-way",
        "The pair is replaced also where its two elements stand in the other order.",
        "Is `(6, 7)` the same pair as `(7, 6)`?",
        (edit(BASIC, FOUND, "if i < len(ids) - 1 and (ids[i], ids[i + 1]) in (pair, pair[::-1]):"),),
    ),
    Misconception(
        "merge-mutates",
        "The list that is handed in is changed.",
        "Print your list before and after the call. Is it still the same?",
        (
            edit(BASIC, MERGING, IN_PLACE),
            edit(BASIC, "    return merged\n", "    ids[:] = merged\n    return ids\n"),
        ),
    ),
)
