def save(tokenizer, prefix):
    text = tokenizer.pattern + "\n" + str(len(tokenizer.special_tokens)) + "\n"
    for token in tokenizer.special_tokens:
        text += str(tokenizer.special_tokens[token]) + " " + token + "\n"
    for pair, _ in sorted(tokenizer.merges.items(), key=lambda item: item[1]):
        text += "%d %d\n" % pair
    with open(prefix + ".model", "wb") as file:
        file.write(text.encode("utf8"))


def load(tokenizer, path):
    with open(path, "rb") as file:
        lines = iter(file.read().decode("utf8").split("\n"))
    tokenizer.pattern = next(lines)
    special = {}
    for _ in range(int(next(lines))):
        idx, token = next(lines).split(" ", 1)
        special[token] = int(idx)
    tokenizer.special_tokens = special
    tokenizer.merges, tokenizer.vocab = {}, {i: bytes([i]) for i in range(256)}
    for line in lines:
        if line:
            a, b = line.split(" ")
            pair, idx = (int(a), int(b)), len(tokenizer.vocab)
            tokenizer.merges[pair] = idx
            tokenizer.vocab[idx] = tokenizer.vocab[pair[0]] + tokenizer.vocab[pair[1]]
