"""A trained tokenizer in a text file that people can read, and back.

Plain Python; nothing of your own is needed. The file is UTF-8, and its lines end with one "\\n":

    the pattern
    how many special tokens there are
    for each of them a line: its id, a space, the token
    for each merge a line: the two ids, with a space between them

The id of a merge is in no line: the first is 256, the next 257, and so on. So their order is what counts. Neither the
pattern nor a special token has a line end in it; spaces at their ends belong to them.
"""


def save(tokenizer, prefix):
    """Write the file whose name is the prefix with ".model" behind it. Returns nothing.

    tokenizer: has pattern (a str), special_tokens (a dict from str to int) and merges (a dict from pairs to ids).
    Special tokens are written in the order of their dict; merges by rising id, whatever the order of their dict.

    Source: lecture 8, 1:25:28; the code that comes with it does the same in another form.
    """
    with open(prefix + ".model", "w", encoding="utf-8", newline="\n") as file:
        file.write(f"{tokenizer.pattern}\n{len(tokenizer.special_tokens)}\n")
        for token, idx in tokenizer.special_tokens.items():
            file.write(f"{idx} {token}\n")
        for a, b in sorted(tokenizer.merges, key=tokenizer.merges.get):
            file.write(f"{a} {b}\n")


def load(tokenizer, path):
    """Read such a file into a tokenizer: sets its pattern, special_tokens, merges and vocab. Returns nothing.

    path: the whole name of the file, ".model" included. merges is in the order of the file, vocab has the bytes of
    every id from 0 on; nothing of what the tokenizer knew before is left.

    Source: lecture 8, 1:25:28; the code that comes with it does the same in another form.
    """
    with open(path, encoding="utf-8", newline="\n") as file:
        lines = [line.strip() for line in file]
    tokenizer.pattern = lines[0]
    first_merge = 2 + int(lines[1])
    tokenizer.special_tokens = {}
    for line in lines[2:first_merge]:
        idx, token = line.split(" ", 1)
        tokenizer.special_tokens[token] = int(idx)

    tokenizer.merges = {}
    tokenizer.vocab = {idx: bytes([idx]) for idx in range(256)}
    for idx, line in enumerate(lines[first_merge:], 256):
        a, b = map(int, line.split())
        tokenizer.merges[a, b] = idx
        # both parts are older, so they are there already
        tokenizer.vocab[idx] = tokenizer.vocab[a] + tokenizer.vocab[b]
