"""What the known mistakes of lecture 8 share: the student's files, and pieces of the reference."""

BASIC, REGEX, GPT4 = "basic.py", "regex_tokenizer.py", "gpt4.py"
FILES, EXERCISES = "files.py", "exercises.py"

COUNTS = "counts = {} if counts is None else counts"
COUNTED = """    for pair in zip(ids, ids[1:]):
        counts[pair] = counts.get(pair, 0) + 1
"""
LOOP = "while i < len(ids):"
FOUND = "if i < len(ids) - 1 and (ids[i], ids[i + 1]) == pair:"
TAKEN = "            merged.append(idx)\n            i += 2\n"
MERGING = f"""    merged = []
    i = 0
    {LOOP}
        # the last element has no neighbour on its right
        {FOUND}
{TAKEN}        else:
            merged.append(ids[i])
            i += 1
    return merged
"""

ROUNDS = "for idx in range(256, vocab_size):"
CHARACTER_ROUNDS = "for idx in range(256 + len(self.chars), vocab_size):"
FAST_ROUNDS = "for idx in range(256, 256 + num_merges):"
STATS = "            stats = get_stats(ids)\n"
ALL_STATS = """            # one table for all chunks
            stats = {}
            for ids in chunks:
                get_stats(ids, stats)
"""
BEST = "pair = max(stats, key=stats.get, default=None)"
STOP = "if pair is None or stats[pair] < 2:"
BREAK = f"            {STOP}\n                break\n"
REPLACED = "ids = merge(ids, pair, idx)"
ALL_REPLACED = "chunks = [merge(ids, pair, idx) for ids in chunks]"
NOTED = "merges[pair] = idx"
SPELLED = "vocab[idx] = vocab[pair[0]] + vocab[pair[1]]"
KEPT = "self.merges, self.vocab = merges, vocab"
FRESH = "merges = {}                                             # (int, int) -> int"
LEARNING = 'ids = list(text.encode("utf-8"))\n        merges'

READING = 'ids = list(text.encode("utf-8"))\n        while'
CHUNK_READING = "ids = list(chunk_bytes)\n"
OLDEST = 'pair = min(get_stats(ids), key=lambda p: self.merges.get(p, float("inf")))'
UNKNOWN = "            if pair not in self.merges:\n                break\n"
WHILE = "while len(ids) >= 2:"
APPLIED = "ids = merge(ids, pair, self.merges[pair])"
NOTE = "            # a pair that was never learned comes after all others\n"
APPLYING = f"        {WHILE}\n{NOTE}            {OLDEST}\n{UNKNOWN}            {APPLIED}\n"
CHUNK_APPLYING = APPLYING.replace(NOTE, "")
TEXT = 'b"".join(self.vocab[idx] for idx in ids).decode("utf-8", errors="replace")'
SPECIAL_PARTS = "parts = [special[idx] if idx in special else self.vocab[idx] for idx in ids]"
SPECIAL_TEXT = 'b"".join(parts).decode("utf-8", errors="replace")'

SPLIT = "[match.group() for match in regex.finditer(pattern, text)]"
TRAIN_CHUNKS = 'chunks = [list(chunk.encode("utf-8")) for chunk in split_text(text, self.pattern)]'
CHUNKS = """        for chunk in split_text(text, self.pattern):
            ids.extend(self.encode_chunk(chunk.encode("utf-8")))
"""
LONGEST_FIRST = "longest_first = sorted(special_tokens, key=len, reverse=True)"
EITHER = 'pattern = "(" + "|".join(regex.escape(token) for token in longest_first) + ")"'
ONE_BY_ONE = """pieces = [text]
    for token in longest_first:
        border = f"({regex.escape(token)})"
        pieces = [part for one in pieces for part in ([one] if one in special_tokens else regex.split(border, one))]"""
PIECES = "[piece for piece in regex.split(pattern, text) if piece]"
ALLOWED = "special = {token: idx for token, idx in self.special_tokens.items() if token in allowed_special}"
REFUSED = 'if allowed_special == "none_raise" and any(token in text for token in self.special_tokens):'
NAMED = 'elif allowed_special in ("none", "none_raise"):\n            special = {}'
SPECIAL_PIECES = "for piece in split_special(text, special):"

DECODED = "ranks[base64.b64decode(token)] = int(rank)"
BY_RANK = "sorted(mergeable_ranks.items(), key=lambda item: item[1])"
LOWEST = "i = joined.index(min(joined))"
HALVES = "merges[mergeable_ranks[parts[0]], mergeable_ranks[parts[1]]] = rank"
BYTES = "{byte: mergeable_ranks[bytes([byte])] for byte in range(256)}"
SHUFFLE = "shuffled = bytes(self.byte_shuffle[byte] for byte in chunk_bytes)"
RANK_VOCAB = "self.vocab = {rank: token for token, rank in mergeable_ranks.items()}"

WRITTEN = "for a, b in sorted(tokenizer.merges, key=tokenizer.merges.get):"
SPECIAL_LINE = 'file.write(f"{idx} {token}\\n")'
LINES = 'lines = [line.removesuffix("\\n") for line in file]'
SPECIAL_SPLIT = 'idx, token = line.split(" ", 1)'
FIRST_MERGE = "first_merge = 2 + int(lines[1])"
MERGE_LINES = "for idx, line in enumerate(lines[first_merge:], 256):"
LOADED = "tokenizer.vocab[idx] = tokenizer.vocab[a] + tokenizer.vocab[b]"

OFTEN = "often[chunk] = often.get(chunk, 0) + 1"
WORDS = 'words = {tuple(chunk.encode("utf-8")): count for chunk, count in often.items()}'
WEIGHED = "stats[pair] = stats.get(pair, 0) + times * count"
CHARACTER_ORDER = "in self.merges.items():\n            ids"
CHARS = "self.chars = {char: 256 + i for i, char in enumerate(sorted(set(text)))}"
FALLBACK = 'ids.extend([self.chars[char]] if char in self.chars else char.encode("utf-8"))'
TURN = "colours[i % len(colours)]"
SHOWN = 'text = vocab[idx].decode("utf-8", errors="replace")'
