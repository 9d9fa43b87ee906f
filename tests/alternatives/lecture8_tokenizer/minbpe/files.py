def save(tokenizer, prefix):
    model_file = prefix + ".model"
    with open(model_file, "w", encoding="utf-8") as f:
        f.write(f"{tokenizer.pattern}\n")
        f.write(f"{len(tokenizer.special_tokens)}\n")
        for special, idx in tokenizer.special_tokens.items():
            f.write(f"{idx} {special}\n")
        for idx1, idx2 in sorted(tokenizer.merges, key=lambda pair: tokenizer.merges[pair]):
            f.write(f"{idx1} {idx2}\n")


def load(tokenizer, path):
    assert path.endswith(".model")
    merges = {}
    special_tokens = {}
    idx = 256
    with open(path, "r", encoding="utf-8") as f:
        pattern = f.readline()[:-1]
        num_special = int(f.readline().strip())
        for _ in range(num_special):
            special_idx, special = f.readline()[:-1].split(" ", maxsplit=1)
            special_tokens[special] = int(special_idx)
        for line in f:
            idx1, idx2 = map(int, line.split())
            merges[(idx1, idx2)] = idx
            idx += 1
    tokenizer.pattern = pattern
    tokenizer.merges = merges
    tokenizer.special_tokens = special_tokens
    vocab = {idx: bytes([idx]) for idx in range(256)}
    for (p0, p1), idx in merges.items():
        vocab[idx] = vocab[p0] + vocab[p1]
    tokenizer.vocab = vocab
