import math


class Vocabulary:
    def __init__(self, letters):
        self.letters = list(letters)
        self.numbers = {letter: number for number, letter in enumerate(self.letters)}

    @classmethod
    def of(cls, docs):
        return cls(sorted({letter for doc in docs for letter in doc}))

    @property
    def bos(self):
        return len(self.letters)

    def tokens(self, doc):
        return [self.bos, *[self.numbers[letter] for letter in doc], self.bos]

    def text(self, tokens):
        return "".join([self.letters[token] for token in tokens if token < self.bos])


class Table:
    def __init__(self, rows):
        self.rows = rows

    def saw(self, tokens):
        for before, after in zip(tokens[:-1], tokens[1:]):
            self.rows[before][after] += 1

    def probability(self, before, after):
        smoothed = [count + 1 for count in self.rows[before]]
        return smoothed[after] / sum(smoothed)


def letters_of(docs):
    return Vocabulary.of(docs).letters


def encode(doc, letters):
    return Vocabulary(letters).tokens(doc)


def decode(tokens, letters):
    return Vocabulary(letters).text(tokens)


def count_pairs(docs, letters):
    vocabulary = Vocabulary(letters)
    table = Table([[0 for _ in range(vocabulary.bos + 1)] for _ in range(vocabulary.bos + 1)])
    for doc in docs:
        table.saw(vocabulary.tokens(doc))
    return table.rows


def pair_loss(counts, doc, letters):
    table, tokens = Table(counts), Vocabulary(letters).tokens(doc)
    logs = [math.log(table.probability(a, b)) for a, b in zip(tokens[:-1], tokens[1:])]
    return -sum(logs) / len(logs)
