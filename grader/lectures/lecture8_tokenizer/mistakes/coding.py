"""Known mistakes of lecture 8 in encoding by learned merges, and in decoding."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture8_tokenizer.mistakes.shared import (
    APPLIED,
    APPLYING,
    BASIC,
    CHUNK_APPLYING,
    CHUNKS,
    EXERCISES,
    FILES,
    LINES,
    OLDEST,
    READING,
    REGEX,
    SPECIAL_PARTS,
    SPECIAL_TEXT,
    TEXT,
    UNKNOWN,
    WHILE,
)

BY_FREQUENCY = """        while len(ids) >= 2:
            stats = {p: n for p, n in get_stats(ids).items() if p in self.merges}
            if not stats:
                break
            pair = max(stats, key=stats.get)
            ids = merge(ids, pair, self.merges[pair])
"""
FROM_THE_LEFT = """        while len(ids) >= 2:
            pair = next((p for p in zip(ids, ids[1:]) if p in self.merges), None)
            if pair is None:
                break
            ids = merge(ids, pair, self.merges[pair])
"""
ONE_PLACE_FROM_THE_LEFT = """        i = 0
        while i < len(ids) - 1:
            pair = ids[i], ids[i + 1]
            if pair in self.merges:
                ids[i : i + 2] = [self.merges[pair]]
                i = 0
            else:
                i += 1
"""
LONGEST_MATCH = """        names = {token: idx for idx, token in self.vocab.items()}
        data, ids = bytes(ids), []
        while data:
            size = max(n for n in range(1, len(data) + 1) if data[:n] in names)
            ids.append(names[data[:size]])
            data = data[size:]
"""
PAIRS_OF_THE_BEGINNING = """        known = [p for p in get_stats(ids) if p in self.merges]
        for pair in sorted(known, key=self.merges.get):
            ids = merge(ids, pair, self.merges[pair])
"""


def applying(new: str) -> tuple[tuple[Edit, ...], ...]:
    """Another way to apply merges, to a text and to a chunk, each by itself."""
    return edit(BASIC, APPLYING, new), edit(REGEX, CHUNK_APPLYING, new)


def in_both(old: str, new: str) -> tuple[tuple[Edit, ...], ...]:
    return edit(BASIC, old, new), edit(REGEX, old, new)


def read_as(new: str) -> tuple[tuple[Edit, ...], ...]:
    """The text changed before it is read; `new` in terms of `text`."""
    return (
        edit(BASIC, READING, READING.replace("text.encode", f"{new}.encode")),
        edit(REGEX, CHUNKS, CHUNKS.replace("split_text(text", f"split_text({new}")),
    )


MISCONCEPTIONS = (
    Misconception(
        "bpe-encode-by-frequency",
        "The pair that occurs most often in the new text is merged first.",
        "Does the order of merges depend on the text that is encoded?",
        applying(BY_FREQUENCY),
    ),
    Misconception(
        "bpe-encode-highest-rank",
        "The pair that was learned last is merged first.",
        "Of which ids is a late merge made, and can they be there before they were merged themselves?",
        in_both(OLDEST, "pair = max(get_stats(ids), key=lambda p: self.merges.get(p, -1))"),
    ),
    Misconception(
        "bpe-encode-left-to-right",
        "The first pair from the left that was learned at all is merged first.",
        "Is the pair that stands furthest to the left the one that was learned first?",
        (*applying(FROM_THE_LEFT), *applying(ONE_PLACE_FROM_THE_LEFT)),
    ),
    Misconception(
        "bpe-encode-longest-match",
        "At each place the longest token that fits is taken, without any merge.",
        "Can the longest token that fits at a place use up a byte that an earlier merge would have needed?",
        applying(LONGEST_MATCH),
    ),
    Misconception(
        "bpe-encode-one-pass",
        "After a merge the pairs are not looked at again, so that those with a new id in them are missed.",
        "Which pairs are there after the first merge that were not there before it?",
        applying(PAIRS_OF_THE_BEGINNING),
    ),
    Misconception(
        "bpe-encode-no-stop",
        "Where nothing is left to merge, an id is looked up all the same.",
        "What does your loop do with a text of one letter, or with one in which no pair was learned?",
        (*in_both(UNKNOWN, ""), *in_both(WHILE, "while True:")),
    ),
    Misconception(
        "bpe-encode-no-merges",
        "No merge is made: the ids of single bytes or characters come back.",
        "What happens to your list of ids between the first line and the return?",
        (*in_both(APPLIED, "break"), edit(EXERCISES, "            ids = merge(ids, pair, idx)\n        return ids\n",
                                          "            merge(ids, pair, idx)\n        return ids\n")),
    ),
    Misconception(
        "decode-per-token",
        "Each id is turned into text by itself, so that a character in several ids is lost.",
        "Where do the four bytes of an emoji end up, if each of them becomes text alone?",
        (
            edit(BASIC, TEXT, '"".join(self.vocab[idx].decode("utf-8", errors="replace") for idx in ids)'),
            edit(REGEX, SPECIAL_TEXT, '"".join(part.decode("utf-8", errors="replace") for part in parts)'),
        ),
    ),
    Misconception(
        "decode-strict",
        "Bytes that are no UTF-8 raise an exception.",
        "A model may give any row of ids. Is each of them a text?",
        in_both(', errors="replace")\n', ")\n"),
    ),
    Misconception(
        "decode-drops",
        "Bytes that are no UTF-8 are left out in silence.",
        "How would a reader of the text find out that something was broken?",
        in_both('errors="replace")\n', 'errors="ignore")\n'),
    ),
    Misconception(
        "decode-chr",
        "Each byte becomes a character of its own.",
        "How many bytes has an é, and how many signs does your text show for it?",
        (
            edit(BASIC, TEXT, 'b"".join(self.vocab[idx] for idx in ids).decode("latin-1")'),
            edit(REGEX, SPECIAL_TEXT, 'b"".join(parts).decode("latin-1")'),
        ),
    ),
    Misconception(
        "special-not-decoded",
        "decode does not know the ids of special tokens.",
        "In which of the two tables is the id of a special token?",
        (edit(REGEX, SPECIAL_PARTS, "parts = [self.vocab[idx] for idx in ids]"),
         edit(REGEX, SPECIAL_PARTS, 'parts = [self.vocab.get(idx, b"") for idx in ids]')),
    ),
    Misconception(
        "roundtrip-normalised",
        "White space or line ends are changed on the way.",
        "Compare what goes in and what comes out, sign by sign. Which spaces are gone?",
        (
            *read_as("text.strip()"),
            *read_as('text.replace("\\r\\n", "\\n")'),
            *read_as('" ".join(text.split())'),
            edit(FILES, LINES, "lines = [line.strip() for line in file]"),
            edit(FILES, LINES, "lines = [line.rstrip() for line in file]"),
        ),
    ),
)  # fmt: skip
