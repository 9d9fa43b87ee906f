import io
import os


def save(tokenizer, prefix):
    out = io.StringIO()
    print(tokenizer.pattern, file=out)
    print(len(tokenizer.special_tokens), file=out)
    for token, idx in tokenizer.special_tokens.items():
        print(idx, token, file=out)
    backwards = {idx: pair for pair, idx in tokenizer.merges.items()}
    for idx in range(256, 256 + len(backwards)):
        print(*backwards[idx], file=out)
    with open(os.fspath(prefix) + ".model", "w", encoding="utf-8", newline="\n") as file:
        file.write(out.getvalue())


def load(tokenizer, path):
    with open(path, encoding="utf-8", newline="\n") as file:
        tokenizer.pattern = file.readline().rstrip("\n")
        count = int(file.readline())
        special = {}
        for _ in range(count):
            line = file.readline().rstrip("\n")
            cut = line.index(" ")
            special[line[cut + 1:]] = int(line[:cut])
        pairs = [tuple(int(word) for word in line.split()) for line in file.readlines()]
    tokenizer.special_tokens = special
    tokenizer.merges = dict(zip(pairs, range(256, 256 + len(pairs))))

    def bytes_of(idx):
        return bytes([idx]) if idx < 256 else b"".join(map(bytes_of, pairs[idx - 256]))

    tokenizer.vocab = {idx: bytes_of(idx) for idx in range(256 + len(pairs))}
