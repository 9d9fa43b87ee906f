from pathlib import Path


def save(tokenizer, prefix):
    lines = [tokenizer.pattern, str(len(tokenizer.special_tokens))]
    lines += [f"{idx} {token}" for token, idx in tokenizer.special_tokens.items()]
    by_id = {idx: pair for pair, idx in tokenizer.merges.items()}
    lines += [f"{by_id[idx][0]} {by_id[idx][1]}" for idx in sorted(by_id)]
    Path(prefix + ".model").write_bytes("".join(line + "\n" for line in lines).encode("utf-8"))


def load(tokenizer, path):
    lines = Path(path).read_bytes().decode("utf-8").split("\n")[:-1]
    count = int(lines[1])
    tokenizer.pattern = lines[0]
    tokenizer.register_special_tokens({
        token: int(idx) for idx, _, token in (line.partition(" ") for line in lines[2:2 + count])
    })
    merges = {tuple(int(word) for word in line.split(" ")): 256 + i for i, line in enumerate(lines[2 + count:])}
    vocab = [bytes([i]) for i in range(256)]
    for a, b in merges:
        vocab.append(vocab[a] + vocab[b])
    tokenizer.merges, tokenizer.vocab = merges, dict(enumerate(vocab))
