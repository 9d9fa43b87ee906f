"""Known mistakes of lecture 8 in learning merges, from bytes and from chunks."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture8_tokenizer.mistakes.shared import (
    ALL_REPLACED,
    ALL_STATS,
    BASIC,
    BEST,
    BREAK,
    CHARACTER_ROUNDS,
    CHUNKS,
    EXERCISES,
    FAST_ROUNDS,
    FRESH,
    KEPT,
    LEARNING,
    NOTED,
    REGEX,
    REPLACED,
    ROUNDS,
    SPELLED,
    STATS,
    STOP,
    TRAIN_CHUNKS,
)

IN_TRAIN = f"            {REPLACED}\n            {NOTED}"  # encode has the first of these lines too
LAST_SEEN = "pair = max(reversed(list(stats)), key=stats.get, default=None)"
LARGEST = "pair = max(stats, key=lambda p: (stats[p], p), default=None)"
SMALLEST = "pair = min(stats, key=lambda p: (-stats[p], p), default=None)"


def in_both(old: str, new: str) -> tuple[tuple[Edit, ...], ...]:
    """The same edit in the training on bytes and in that on chunks, each by itself."""
    return edit(BASIC, old, new), edit(REGEX, old, new)


def rounds(new: str) -> tuple[tuple[Edit, ...], ...]:
    return in_both(ROUNDS, f"for idx in {new}:")


def stale(table: str, rounds: str = ROUNDS) -> tuple[Edit, ...]:
    """The counts of the beginning, made before the rounds, from which what was merged is taken out."""
    before = "".join(line[4:] + "\n" for line in table.splitlines())
    return (
        Edit(BASIC if table == STATS else REGEX, f"        {rounds}\n{table}", f"{before}        {rounds}\n"),
        Edit(BASIC if table == STATS else REGEX, NOTED, f"{NOTED}\n            del stats[pair]"),
    )


MISCONCEPTIONS = (
    Misconception(
        "train-id-offset",
        "The first merge has another id than 256.",
        "Which ids are taken by the single bytes, and which is the first that is free?",
        (
            *rounds("range(255, vocab_size - 1)"),
            *rounds("range(257, vocab_size + 1)"),
            *rounds("range(vocab_size - 256)"),
        ),
    ),
    Misconception(
        "train-count",
        "More merges are learned, or fewer, than vocab_size has room for.",
        "How many ids are there before the first merge? And after it?",
        (
            *rounds("range(256, 256 + vocab_size)"),
            *rounds("range(256, vocab_size + 1)"),
            *rounds("range(256, vocab_size - 1)"),
        ),
    ),
    Misconception(
        "train-stale-stats",
        "The pairs are counted once, before the first merge, so that no merge is made of an earlier one.",
        "Can an id of 256 or more be part of a pair? In which table would that pair be counted?",
        (stale(STATS), stale(ALL_STATS)),
    ),
    Misconception(
        "train-merge-not-kept",
        "What a merge gives is thrown away: the next round counts the text as it was.",
        "Which list is counted in the second round, and is the new id in it?",
        (
            edit(BASIC, IN_TRAIN, IN_TRAIN.replace(REPLACED, "merge(ids, pair, idx)")),
            edit(REGEX, ALL_REPLACED, ALL_REPLACED.removeprefix("chunks = ")),
        ),
    ),
    Misconception(
        "train-tie-rule",
        "Of pairs that occur equally often, another one is taken than the one that is seen first.",
        "Two pairs occur equally often. Which of them does the statement ask for?",
        (*in_both(BEST, LAST_SEEN), *in_both(BEST, LARGEST), *in_both(BEST, SMALLEST)),
    ),
    Misconception(
        "train-rarest-pair",
        "The pair that occurs least often is merged first.",
        "Which pair saves the most if it becomes one id?",
        in_both(BEST, "pair = min((p for p in stats if stats[p] > 1), key=stats.get, default=None)"),
    ),
    Misconception(
        "train-no-stop",
        "Training goes on where no pair occurs twice any more.",
        "What should happen in a round in which every pair occurs once, or in which there is none?",
        (
            *in_both(STOP, "if pair is None:"),
            *((Edit(file, BEST, "pair = max(stats, key=stats.get)"), Edit(file, BREAK, "")) for file in (BASIC, REGEX)),
        ),
    ),
    Misconception(
        "train-stops-early",
        "Training ends although a pair still occurs twice.",
        "How often must a pair occur to be worth an id?",
        in_both(STOP, "if pair is None or stats[pair] <= 2:"),
    ),
    Misconception(
        "train-goes-on",
        "A second training goes on with the merges of the first.",
        "What is in your table of merges when train is called for the second time?",
        (edit(BASIC, FRESH, "merges = self.merges"),),
    ),
    Misconception(
        "vocab-build-order",
        "An id is spelled before the two that it is made of.",
        "Of which two ids is 257 made, and are their bytes known by then?",
        (
            *(
                (
                    Edit(file, f"            {SPELLED}\n", ""),
                    Edit(
                        file,
                        f"        {KEPT}",
                        f"        for pair, idx in sorted(merges.items(), reverse=True):\n            {SPELLED}\n"
                        f"        {KEPT}",
                    ),
                )
                for file in (BASIC, REGEX)
            ),
        ),
    ),
    Misconception(
        "vocab-swapped",
        "The bytes of a merged pair stand in the vocabulary in the wrong order.",
        "Which of the two comes first in the text?",
        in_both(SPELLED, "vocab[idx] = vocab[pair[1]] + vocab[pair[0]]"),
    ),
    Misconception(
        "vocab-not-learned",
        "The vocabulary does not know the ids that training has merged.",
        "What should decode make of the first id that was merged?",
        (
            edit(BASIC, f"            {SPELLED}\n", ""),
            edit(REGEX, f"            {SPELLED}\n", ""),
            edit(EXERCISES, "            self.vocab[idx] = self.vocab[pair[0]] + self.vocab[pair[1]]\n", ""),
        ),
    ),
    Misconception(
        "split-crosses-chunks",
        "Pairs are counted or merged across the end of a chunk.",
        "May a token hold the end of one word and the beginning of the next?",
        (
            edit(REGEX, TRAIN_CHUNKS, 'chunks = [list(text.encode("utf-8"))]'),
            edit(REGEX, ALL_STATS, "            stats = get_stats([idx for ids in chunks for idx in ids])\n"),
            edit(
                REGEX,
                CHUNKS,
                '        ids.extend(self.encode_chunk(text.encode("utf-8")))\n',
            ),
        ),
    ),
    Misconception(
        "split-stats-overwritten",
        "Each chunk begins a new table, so that the counts of one chunk alone are left.",
        "Who adds up the counts of all chunks?",
        (
            edit(REGEX, "                get_stats(ids, stats)", "                stats = get_stats(ids)"),
            edit(REGEX, "                get_stats(ids, stats)", "                stats = stats or get_stats(ids)"),
        ),
    ),
    Misconception(
        "bytes-vs-codepoints",
        "Characters are turned into their code points where bytes of UTF-8 are asked for.",
        "How many bytes has an é, and how many numbers does your code make of it?",
        (
            edit(BASIC, LEARNING, "ids = [ord(char) for char in text]\n        merges"),
            edit(
                BASIC,
                'ids = list(text.encode("utf-8"))\n        while',
                "ids = [ord(char) for char in text]\n        while",
            ),
            edit(REGEX, 'list(chunk.encode("utf-8"))', "[ord(char) for char in chunk]"),
            edit(REGEX, 'self.encode_chunk(chunk.encode("utf-8"))', "self.encode_chunk([ord(char) for char in chunk])"),
            edit(EXERCISES, 'chunk.encode("utf-8")', "map(ord, chunk)"),
        ),
    ),
    Misconception(
        "fast-ties",
        "Of pairs that occur equally often, fast_train takes another one than train.",
        "In which order do your different chunks stand, and which pair is seen first in the text?",
        (
            edit(
                EXERCISES,
                "        for ids, count in words.items():",
                "        for ids, count in sorted(words.items()):",
            ),
            (
                Edit(
                    EXERCISES,
                    f"{FAST_ROUNDS}\n        stats = {{}}",
                    f"{FAST_ROUNDS}\n        words = dict(reversed(words.items()))\n        stats = {{}}",
                ),
            ),
        ),
    ),
    Misconception(
        "character-rounds",
        "The ids of merges do not follow those of the characters.",
        "How many ids are taken before the first merge, if the text has three different characters?",
        (
            edit(EXERCISES, CHARACTER_ROUNDS, ROUNDS),
            edit(EXERCISES, CHARACTER_ROUNDS, "for idx in range(256 + len(self.chars), vocab_size + len(self.chars)):"),
        ),
    ),
)
