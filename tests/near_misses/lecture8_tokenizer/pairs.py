"""What resembles a known mistake of lecture 8 in pairs, merges and training, and is not it."""

from grader.lectures.lecture8_tokenizer.mistakes.shared import (
    ALL_STATS,
    BASIC,
    BEST,
    CHARACTER_ROUNDS,
    CHUNKS,
    COUNTED,
    COUNTS,
    EXERCISES,
    FOUND,
    FRESH,
    KEPT,
    REGEX,
    REPLACED,
    ROUNDS,
    SPELLED,
    STOP,
    TAKEN,
    TRAIN_CHUNKS,
)
from near_misses import near

LAST = "    return merged\n"
COUNT = "counts[pair] = counts.get(pair, 0) + 1"
WORDS = "for ids, count in words.items():\n"

NEAR_MISSES = {
    "stats-drops-last": (near("the first pair is not counted", BASIC, "zip(ids, ids[1:])", "zip(ids[1:], ids[2:])"),),
    "stats-overlap-rule": (
        near(
            "equal neighbours count twice",
            BASIC,
            COUNT,
            "counts[pair] = counts.get(pair, 0) + 1 + (pair[0] == pair[1])",
        ),
    ),
    "stats-sorted": (
        near(
            "from the right",
            BASIC,
            COUNTED,
            COUNTED.replace(":\n", "[::-1]:\n", 1).replace("zip(ids, ids[1:])", "list(zip(ids, ids[1:]))"),
        ),
    ),
    "counts-forgotten": (
        near("half of the counts", BASIC, COUNTS, f"{COUNTS}\n    for pair in counts: counts[pair] //= 2"),
    ),
    "counts-empty-is-none": (
        near("a count of one is lost", BASIC, "counts.get(pair, 0) + 1", "max(counts.get(pair, 0), 1)"),
    ),
    "merge-overlap": (near("one more is skipped", BASIC, TAKEN, TAKEN.replace("i += 2", "i += 3")),),
    "merge-edge": (near("the first element is lost", BASIC, LAST, "    return merged[1:]\n"),),
    "merge-first-only": (near("two at most", BASIC, FOUND, FOUND.replace("if ", "if i - len(merged) < 2 and ")),),
    "merge-either-way": (
        near(
            "the first element twice is a pair too", BASIC, FOUND, FOUND.replace("== pair", "in (pair, pair[:1] * 2)")
        ),
    ),
    "merge-mutates": (near("the list is emptied", BASIC, LAST, f"    ids[:] = []\n{LAST}"),),
    "train-id-offset": (near("every second id", BASIC, ROUNDS, "for idx in range(256, 2 * vocab_size - 256, 2):"),),
    "train-count": (near("two too few", BASIC, ROUNDS, "for idx in range(256, vocab_size - 2):"),),
    "train-stale-stats": (
        near(
            "a merge is never made of a merge",
            BASIC,
            BEST,
            "pair = max((p for p in stats if max(p) < 256), key=stats.get, default=None)",
        ),
    ),
    "train-merge-not-kept": (
        near(
            "merged twice",
            BASIC,
            f"            {REPLACED}\n            merges",
            "            ids = merge(merge(ids, pair, idx), (idx, idx), idx)\n            merges",
        ),
    ),
    "train-tie-rule": (
        near(
            "the smallest second element",
            BASIC,
            BEST,
            "pair = max(stats, key=lambda p: (stats[p], -p[1]), default=None)",
        ),
    ),
    "train-rarest-pair": (
        near(
            "the second commonest", BASIC, BEST, "pair = (sorted(stats, key=stats.get, reverse=True) + [None, None])[1]"
        ),
    ),
    "train-no-stop": (near("no merge at all in a short text", BASIC, STOP, "if pair is None or len(ids) < 6:"),),
    "train-stops-early": (near("three times are too few", BASIC, STOP, "if pair is None or stats[pair] <= 3:"),),
    "train-goes-on": (
        near("one merge is left from before", BASIC, FRESH, "merges = dict(list(self.merges.items())[:1])"),
    ),
    "vocab-build-order": (near("the last one is not spelled", BASIC, KEPT, f"vocab.pop(max(vocab))\n        {KEPT}"),),
    "vocab-swapped": (near("the first part twice", BASIC, SPELLED, "vocab[idx] = vocab[pair[0]] + vocab[pair[0]]"),),
    "vocab-not-learned": (near("empty bytes", BASIC, SPELLED, 'vocab[idx] = b""'),),
    "split-crosses-chunks": (
        near("the last chunk is left out", REGEX, TRAIN_CHUNKS, f"{TRAIN_CHUNKS}[:-1]"),
        near("chunks of two", REGEX, CHUNKS, CHUNKS.replace("(text, self", "(text, '..|.' or self")),
    ),
    "split-stats-overwritten": (
        near("the first chunk is not counted", REGEX, ALL_STATS, ALL_STATS.replace("in chunks", "in chunks[1:]")),
    ),
    "bytes-vs-codepoints": (
        near(
            "the bytes of UTF-16",
            REGEX,
            'self.encode_chunk(chunk.encode("utf-8"))',
            'self.encode_chunk(chunk.encode("utf-16-le"))',
        ),
    ),
    "fast-ties": (
        near(
            "the longest chunks first",
            EXERCISES,
            WORDS,
            "for ids, count in sorted(words.items(), key=lambda w: -len(w[0])):\n",
        ),
    ),
    "character-rounds": (
        near("one id is left free", EXERCISES, CHARACTER_ROUNDS, CHARACTER_ROUNDS.replace("256 +", "257 +")),
    ),
}
