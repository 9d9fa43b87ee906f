from collections import Counter
from itertools import chain, pairwise
from math import log

letters_of = lambda docs: sorted({*chain(*docs)})
encode = lambda doc, letters: [len(letters), *map(letters.index, doc), len(letters)]
decode = lambda tokens, letters: "".join(map(([*letters, ""]).__getitem__, tokens))


def count_pairs(docs, letters):
    seen = Counter(chain.from_iterable(pairwise(encode(doc, letters)) for doc in docs))
    return [[seen[a, b] for b in range(len(letters) + 1)] for a in range(len(letters) + 1)]


def pair_loss(counts, doc, letters):
    pairs = [*pairwise(encode(doc, letters))]
    return sum(log(sum(counts[a]) + len(counts[a])) - log(counts[a][b] + 1) for a, b in pairs) / len(pairs)
