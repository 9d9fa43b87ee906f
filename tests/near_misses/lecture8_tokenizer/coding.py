"""What resembles a known mistake of lecture 8 in encoding, decoding and splitting, and is not it."""

from grader.lectures.lecture8_tokenizer.mistakes.shared import (
    APPLYING,
    BASIC,
    CHUNKS,
    OLDEST,
    READING,
    REGEX,
    SPECIAL_PARTS,
    SPLIT,
    TEXT,
    UNKNOWN,
    WHILE,
)
from near_misses import near

RAREST = APPLYING.replace(OLDEST, "pair = min(get_stats(ids), key=lambda p: (p not in self.merges, get_stats(ids)[p]))")
SECOND = APPLYING.replace(OLDEST, "pair = sorted(get_stats(ids), key=lambda p: self.merges.get(p, 10**9))[:2][-1]")
FROM_THE_RIGHT = APPLYING.replace(
    OLDEST, "pair = next((p for p in list(zip(ids, ids[1:]))[::-1] if p in self.merges), None)"
)

NEAR_MISSES = {
    "bpe-encode-by-frequency": (near("the rarest pair first", BASIC, APPLYING, RAREST),),
    "bpe-encode-highest-rank": (near("the second oldest", BASIC, APPLYING, SECOND),),
    "bpe-encode-left-to-right": (near("from the right", BASIC, APPLYING, FROM_THE_RIGHT),),
    "bpe-encode-longest-match": (
        near(
            "the last byte takes no part",
            BASIC,
            WHILE,
            "if len(ids) > 3:\n            ids = ids[:3]\n        while len(ids) >= 2:",
        ),
    ),
    "bpe-encode-one-pass": (
        near(
            "two merges at most", BASIC, APPLYING, APPLYING.replace(WHILE, "for _ in range(2 if len(ids) > 1 else 0):")
        ),
    ),
    "bpe-encode-no-stop": (near("0 where nothing is left", BASIC, UNKNOWN, UNKNOWN.replace("break", "return [0]")),),
    "bpe-encode-no-merges": (
        near(
            "the first merge alone is known",
            BASIC,
            UNKNOWN,
            UNKNOWN.replace("pair not in self.merges", "self.merges.get(pair) != 256"),
        ),
    ),
    "decode-per-token": (
        near(
            "pairs of ids",
            BASIC,
            TEXT,
            '"".join(b"".join(self.vocab[idx] for idx in ids[i : i + 2]).decode("utf-8", "replace") '
            "for i in range(0, len(ids), 2))",
        ),
    ),
    "decode-strict": (near("an exception for more than five ids", BASIC, TEXT, TEXT + "[: 10 // (len(ids) < 5)]"),),
    "decode-drops": (near("a question mark", BASIC, TEXT, TEXT + '.replace("\\ufffd", "?")'),),
    "decode-chr": (near("another code page", BASIC, TEXT, TEXT.replace('"utf-8"', '"cp437"')),),
    "special-not-decoded": (
        near(
            "the id of a special token in digits",
            REGEX,
            SPECIAL_PARTS,
            "parts = [b'%d' % idx if idx in special else self.vocab[idx] for idx in ids]",
        ),
    ),
    "roundtrip-normalised": (
        near(
            "all in small letters, tabs gone",
            BASIC,
            READING,
            READING.replace("text.encode", 'text.replace("\\t", "").encode'),
        ),
        near("no-break", REGEX, CHUNKS, CHUNKS.replace("split_text(text", 'split_text(text.replace(" ", "_")')),
    ),
    "split-regex-groups": (near("without the last chunk", REGEX, SPLIT, f"{SPLIT}[:-1]"),),
    "split-library": (
        near("an exception of another kind", REGEX, f"return {SPLIT}", f"return {SPLIT.replace('finditer', 'findit')}"),
    ),
    "split-other-pattern": (near("in small letters", REGEX, SPLIT, SPLIT.replace("text)", "text.lower())")),),
    "split-pattern-ignored": (
        near("letter by letter", REGEX, SPLIT, SPLIT.replace("finditer(pattern", "finditer('(?s:.)'")),
    ),
    "split-drops-spaces": (
        near("spaces become underscores", REGEX, SPLIT, SPLIT.replace("text)", 'text.replace(" ", "_"))')),
    ),
}
