import math


def letters_of(docs):
    return "".join(sorted(set("".join(docs))))


def encode(doc, letters):
    return ["<BOS>", *doc, "<BOS>"]


def decode(tokens, letters):
    return [letters[token] for token in tokens if token < len(letters)]


def count_pairs(docs, letters):
    counts = {}
    for doc in docs:
        for pair in zip(["", *doc], [*doc, ""]):
            counts[pair] = counts.get(pair, 0) + 1
    return counts


def pair_loss(counts, doc, letters):
    numbers = [len(letters), *[letters.index(letter) for letter in doc], len(letters)]
    pairs = list(zip(numbers, numbers[1:]))
    loss = -sum(math.log((counts[a][b] + 1) / (sum(counts[a]) + len(counts))) for a, b in pairs) / len(pairs)
    return f"{loss:.4f}"
