"""What resembles a known mistake of lecture 8 with special tokens, ranks and files, and is not it."""

from grader.lectures.lecture8_tokenizer.mistakes.shared import (
    ALLOWED,
    BY_RANK,
    BYTES,
    DECODED,
    EITHER,
    FILES,
    FIRST_MERGE,
    GPT4,
    HALVES,
    LOADED,
    LOWEST,
    MERGE_LINES,
    NAMED,
    ONE_BY_ONE,
    PIECES,
    RANK_VOCAB,
    REFUSED,
    REGEX,
    SHUFFLE,
    SPECIAL_LINE,
    SPECIAL_PIECES,
    SPECIAL_SPLIT,
    WRITTEN,
)
from near_misses import near

AGAIN = ONE_BY_ONE.replace("[one] if one in special_tokens else ", "")

NEAR_MISSES = {
    "special-as-text": (
        near("the pieces backwards", REGEX, SPECIAL_PIECES, SPECIAL_PIECES.replace("special):", "special)[::-1]:")),
    ),
    "special-dropped": (
        near("what is between is lost", REGEX, PIECES, PIECES.replace("if piece", "if piece in special_tokens")),
    ),
    "special-unescaped": (
        near("the last sign is left out", REGEX, EITHER, EITHER.replace("escape(token)", "escape(token[:-1])")),
    ),
    "special-shorter-first": (
        near("the longest alone", REGEX, EITHER, EITHER.replace("longest_first)", "longest_first[:1])")),
    ),
    "special-longest-anywhere": (
        near(
            "what was found is looked through again",
            REGEX,
            f"{EITHER}\n    return {PIECES}",
            ONE_BY_ONE.replace("[one] if one in special_tokens else ", "")
            + "\n    return [one for one in pieces if one]",
        ),
    ),
    "special-empty-pieces": (near("single signs are lost", REGEX, PIECES, PIECES.replace("if piece", "if piece[1:]")),),
    "special-not-refused": (
        near(
            "special tokens are cut out in silence",
            REGEX,
            f"        {REFUSED}\n",
            '        if allowed_special == "none_raise":\n'
            "            for token in self.special_tokens:\n"
            '                text = text.replace(token, "")\n'
            "        if False:\n",
        ),
    ),
    "special-always-refused": (near("all texts are refused", REGEX, REFUSED, 'if allowed_special == "none_raise":'),),
    "special-all-allowed": (
        near("the first one alone", REGEX, ALLOWED, "special = dict(list(self.special_tokens.items())[:1])"),
    ),
    "special-set-ignored": (
        near("those that are not in the set", REGEX, ALLOWED, ALLOWED.replace("if token in", "if token not in")),
    ),
    "special-unknown-allowed": (
        near("the set is refused", REGEX, NAMED, f"{NAMED}\n        elif allowed_special:\n            raise KeyError"),
    ),
    "ranks-not-decoded": (near("the bytes backwards", GPT4, DECODED, DECODED.replace("(token)", "(token)[::-1]")),),
    "ranks-empty-line": (
        near(
            "the file ends at an empty line",
            GPT4,
            "        if line:\n",
            "        if not line:\n            break\n        if True:\n",
        ),
    ),
    "ranks-by-line": (near("ranks are one too high", GPT4, DECODED, DECODED.replace("int(rank)", "int(rank) + 1")),),
    "halves-not-by-rank": (near("the highest first", GPT4, LOWEST, "i = joined.index(max(joined))"),),
    "halves-last-of-equals": (near("the second lowest", GPT4, LOWEST, "i = joined.index(sorted(joined)[1])"),),
    "halves-of-bytes": (
        near(
            "the halves change places",
            GPT4,
            HALVES,
            "merges[mergeable_ranks[parts[1]], mergeable_ranks[parts[0]]] = rank",
        ),
    ),
    "bpe-merge-order-lost": (
        near("by falling id", FILES, WRITTEN, WRITTEN.replace("merges.get)", "merges.get, reverse=True)")),
        near("by falling rank", GPT4, BY_RANK, BY_RANK.replace("item[1])", "-item[1])")),
    ),
    "shuffle-inverted": (
        near("one further", GPT4, BYTES, "{byte: mergeable_ranks[bytes([(byte + 1) % 256])] for byte in range(256)}"),
    ),
    "shuffle-missing": (near("twice", GPT4, SHUFFLE, SHUFFLE.replace("[byte]", "[self.byte_shuffle[byte]]")),),
    "shuffle-in-the-text": (
        near("the bytes backwards", GPT4, RANK_VOCAB, RANK_VOCAB.replace("rank: token for", "rank: token[::-1] for")),
    ),
    "special-line-swapped": (near("a colon between", FILES, SPECIAL_LINE, SPECIAL_LINE.replace("{idx} ", "{idx}: ")),),
    "ids-in-the-file": (near("the pair is turned round", FILES, "{a} {b}", "{b} {a}"),),
    "special-cut-at-spaces": (
        near("the first sign is lost", FILES, SPECIAL_SPLIT, f"{SPECIAL_SPLIT}\n        token = token[1:]"),
    ),
    "load-adds": (
        near("an empty special token", FILES, "tokenizer.special_tokens = {}", 'tokenizer.special_tokens = {"": 0}'),
    ),
    "load-id-offset": (near("from 300 on", FILES, MERGE_LINES, MERGE_LINES.replace("256", "300")),),
    "load-without-vocab": (near("the first part alone", FILES, LOADED, LOADED.replace(" + tokenizer.vocab[b]", "")),),
    "load-special-as-merges": (
        near("two lines too many are skipped", FILES, FIRST_MERGE, FIRST_MERGE.replace("2 +", "4 +")),
    ),
}
