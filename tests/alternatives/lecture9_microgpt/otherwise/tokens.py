import functools
import math


def letters_of(docs):
    return sorted(functools.reduce(set.union, map(set, docs), set()))


def encode(doc, letters):
    def numbers():
        yield len(letters)
        for letter in doc:
            yield next(i for i, one in enumerate(letters) if one == letter)
        yield len(letters)

    return list(numbers())


def decode(tokens, letters):
    if not tokens:
        return ""
    first, *rest = tokens
    return (letters[first] if first < len(letters) else "") + decode(rest, letters)


def count_pairs(docs, letters):
    size = len(letters) + 1
    flat = [0] * size**2
    for doc in docs:
        tokens = encode(doc, letters)
        while len(tokens) > 1:
            flat[tokens.pop(0) * size + tokens[0]] += 1
    return [flat[i : i + size] for i in range(0, size**2, size)]


def pair_loss(counts, doc, letters):
    tokens = encode(doc, letters)
    share = lambda a, b: (1 + counts[a][b]) / sum(1 + n for n in counts[a])
    product = math.prod(share(*pair) for pair in zip(tokens, tokens[1:]))
    return -math.log(product) / (len(doc) + 1)
