import math
from collections import defaultdict


def letters_of(docs):
    seen = {}
    for letter in "".join(docs):
        seen[letter] = True
    return sorted(seen)


def encode(doc, letters):
    of = dict(zip(letters, range(len(letters))))
    of[None] = len(letters)
    return [of[letter] for letter in [None, *doc, None]]


def decode(tokens, letters):
    of = dict(enumerate(letters))
    return "".join(of.get(token, "") for token in tokens)


def count_pairs(docs, letters):
    seen = defaultdict(int)
    for doc in docs:
        before = None
        for token in encode(doc, letters):
            if before is not None:
                seen[before, token] += 1
            before = token
    numbers = range(len(letters) + 1)
    return [[seen[a, b] for b in numbers] for a in numbers]


def pair_loss(counts, doc, letters):
    before, *following = encode(doc, letters)
    losses = []
    for token in following:
        total = sum(counts[before]) + len(letters) + 1
        losses.append(math.log(total / (counts[before][token] + 1)))
        before = token
    return math.fsum(losses) / len(losses)
