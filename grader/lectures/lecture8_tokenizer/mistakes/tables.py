"""Known mistakes of lecture 8 with GPT-4's table of ranks, and with files."""

from grader.judging.mistakes.known import Misconception, edit
from grader.lectures.lecture8_tokenizer.mistakes.shared import (
    BY_RANK,
    BYTES,
    DECODED,
    FILES,
    FIRST_MERGE,
    GPT4,
    HALVES,
    LOADED,
    LOWEST,
    MERGE_LINES,
    RANK_VOCAB,
    SHUFFLE,
    SPECIAL_LINE,
    SPECIAL_SPLIT,
    WRITTEN,
)

RANKS_OF_BYTES = "self.vocab = {i: bytes([i]) for i in range(256)}"
SPELLED_RANKS = f"""{RANKS_OF_BYTES}
        for (a, b), rank in self.merges.items():
            self.vocab[rank] = self.vocab[a] + self.vocab[b]"""

MISCONCEPTIONS = (
    Misconception(
        "ranks-not-decoded",
        "A token's bytes are those of its base64, not what it stands for.",
        "How long is the token `aGk=` in your dict?",
        (edit(GPT4, DECODED, 'ranks[token.encode("utf-8")] = int(rank)'),),
    ),
    Misconception(
        "ranks-empty-line",
        "An empty line in the file raises an exception.",
        "How many words has an empty line?",
        (edit(GPT4, "        if line:\n", "        if True:\n"),),
    ),
    Misconception(
        "ranks-by-line",
        "A token's rank is the number of its line, not the one that stands there.",
        "Which number does the second word of a line say?",
        (edit(GPT4, DECODED, DECODED.replace("int(rank)", "len(ranks)")),),
    ),
    Misconception(
        "halves-not-by-rank",
        "A token is taken apart at another place than where its last merge was.",
        "Which pair of neighbours was merged first, and what are the last two parts?",
        (
            edit(GPT4, LOWEST, "i = 0"),
            edit(GPT4, LOWEST, "i = len(parts) - 2"),
            edit(GPT4, LOWEST, "i = max((i for i in range(len(joined)) if joined[i] < rank), key=lambda i: joined[i])"),
            edit(GPT4, LOWEST, "i = next(i for i in range(len(joined)) if joined[i] < rank)"),
        ),
    ),
    Misconception(
        "halves-last-of-equals",
        "Of equal neighbours the last ones are joined first.",
        "In a run of three, which two are merged, and which is left?",
        (edit(GPT4, LOWEST, "i = len(joined) - 1 - joined[::-1].index(min(joined))"),),
    ),
    Misconception(
        "halves-of-bytes",
        "A merge is made of bytes where ranks are asked for.",
        "What is the rank of the byte 97 in a table in which bytes have other ranks?",
        (
            edit(GPT4, HALVES, "merges[tuple(p[0] if len(p) == 1 else mergeable_ranks[p] for p in parts)] = rank"),
            edit(GPT4, HALVES, "merges[parts[0], parts[1]] = rank"),
        ),
    ),
    Misconception(
        "bpe-merge-order-lost",
        "Merges do not keep the order in which they were learned.",
        "What tells a reader which merge came first?",
        (
            edit(FILES, WRITTEN, "for a, b in sorted(tokenizer.merges):"),
            edit(FILES, WRITTEN, "for a, b in tokenizer.merges:"),
            edit(FILES, MERGE_LINES, "for idx, line in enumerate(sorted(lines[first_merge:]), 256):"),
            edit(GPT4, BY_RANK, "sorted(mergeable_ranks.items())"),
        ),
    ),
    Misconception(
        "shuffle-inverted",
        "The table goes from ranks to bytes where it should go from bytes to ranks.",
        "You have a byte and want its rank: what is the key?",
        (
            edit(GPT4, BYTES, "{mergeable_ranks[bytes([byte])]: byte for byte in range(256)}"),
            edit(
                GPT4, SHUFFLE, "back = {rank: byte for byte, rank in self.byte_shuffle.items()}\n        "
                "shuffled = bytes(back[byte] for byte in chunk_bytes)",
            ),
        ),
    ),
    Misconception(
        "shuffle-missing",
        "Bytes are merged as they are, not as their ranks.",
        "The merges are pairs of ranks. Are the numbers that you merge ranks too?",
        (
            edit(GPT4, "return super().encode_chunk(shuffled)", "return super().encode_chunk(chunk_bytes)"),
            edit(GPT4, BYTES, "{byte: byte for byte in range(256)}"),
        ),
    ),
    Misconception(
        "shuffle-in-the-text",
        "What decode gives is spelled in ranks, not in bytes of text.",
        "Which letter does the rank of a single byte stand for?",
        (edit(GPT4, RANK_VOCAB, SPELLED_RANKS),),
    ),
    Misconception(
        "special-line-swapped",
        "A special token stands before its id in the file.",
        "Which of the two comes first in a line, by the statement?",
        (edit(FILES, SPECIAL_LINE, 'file.write(f"{token} {idx}\\n")'),),
    ),
    Misconception(
        "ids-in-the-file",
        "Ids of merges are written into the file.",
        "How many numbers stand in the line of a merge, by the statement?",
        (edit(FILES, 'file.write(f"{a} {b}\\n")', 'file.write(f"{a} {b} {tokenizer.merges[a, b]}\\n")'),),
    ),
    Misconception(
        "special-cut-at-spaces",
        "A special token with a space in it is cut there.",
        "At how many spaces is the line of a special token split?",
        (
            edit(FILES, SPECIAL_SPLIT, 'idx, token = line.split(" ")'),
            edit(FILES, SPECIAL_SPLIT, "idx, token = line.split()"),
            edit(FILES, SPECIAL_SPLIT, 'idx, token = line.split(" ")[:2]'),
        ),
    ),
    Misconception(
        "load-adds",
        "What the tokenizer knew before is still there after loading.",
        "Whose special tokens does a tokenizer have after load?",
        (
            edit(FILES, "    tokenizer.special_tokens = {}\n", ""),
            edit(FILES, "    tokenizer.merges = {}\n", ""),
        ),
    ),
    Misconception(
        "load-id-offset",
        "The first merge in the file does not get the id 256.",
        "Do special tokens take up ids of merges?",
        (
            edit(FILES, MERGE_LINES, MERGE_LINES.replace("256", "256 + len(tokenizer.special_tokens)")),
            edit(FILES, MERGE_LINES, MERGE_LINES.replace(", 256", "")),
            edit(FILES, MERGE_LINES, MERGE_LINES.replace("256", "257")),
        ),
    ),
    Misconception(
        "load-without-vocab",
        "After loading, the vocabulary knows no merged id.",
        "What would decode make of the id 256 after load?",
        (edit(FILES, f"        {LOADED}\n", ""),),
    ),
    Misconception(
        "load-special-as-merges",
        "The first merge is looked for in another line than where it stands.",
        "How many lines stand before the first merge?",
        (
            edit(FILES, FIRST_MERGE, "first_merge = 3 + int(lines[1])"),
            edit(FILES, FIRST_MERGE, "first_merge = 1 + int(lines[1])"),
        ),
    ),
)  # fmt: skip
