import math


def letters_of(docs):
    found = []
    for doc in docs:
        for letter in doc:
            if letter not in found:
                found.append(letter)
    found.sort()
    return found


def encode(doc, letters):
    number = {}
    for i in range(len(letters)):
        number[letters[i]] = i
    tokens = [len(letters)]
    for letter in doc:
        tokens.append(number[letter])
    tokens.append(len(letters))
    return tokens


def decode(tokens, letters):
    text = ""
    for token in tokens:
        if token < len(letters):
            text = text + letters[token]
    return text


def count_pairs(docs, letters):
    counts = []
    for _ in range(len(letters) + 1):
        counts.append([0] * (len(letters) + 1))
    for doc in docs:
        tokens = encode(doc, letters)
        for i in range(len(tokens) - 1):
            counts[tokens[i]][tokens[i + 1]] = counts[tokens[i]][tokens[i + 1]] + 1
    return counts


def pair_loss(counts, doc, letters):
    tokens = encode(doc, letters)
    loss = 0.0
    for i in range(1, len(tokens)):
        row = counts[tokens[i - 1]]
        total = 0
        for count in row:
            total += count + 1
        loss -= math.log((row[tokens[i]] + 1) / total)
    return loss / (len(tokens) - 1)
