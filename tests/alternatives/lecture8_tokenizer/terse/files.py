def save(tokenizer, prefix):
    t = tokenizer
    rows = [t.pattern, len(t.special_tokens), *(f"{i} {s}" for s, i in t.special_tokens.items())]
    rows += ["%d %d" % p for p in sorted(t.merges, key=t.merges.get)]
    with open(prefix + ".model", "w", encoding="utf-8") as f: print(*rows, sep="\n", file=f)


def load(tokenizer, path):
    with open(path, encoding="utf-8") as f: p, n, *rows = f.read()[:-1].split("\n")
    n, tokenizer.pattern = int(n), p
    tokenizer.special_tokens = {s: int(i) for i, s in (r.split(" ", 1) for r in rows[:n])}
    tokenizer.merges = {tuple(map(int, r.split())): i for i, r in enumerate(rows[n:], 256)}
    v = tokenizer.vocab = {i: bytes([i]) for i in range(256)}
    for (a, b), i in tokenizer.merges.items(): v[i] = v[a] + v[b]
