import heapq


class Node:
    """One token in a row: its neighbours change, and a node that was eaten by its left one is dead."""

    __slots__ = ("alive", "idx", "left", "place", "right")

    def __init__(self, idx, place):
        self.idx, self.place = idx, place
        self.left = self.right = None
        self.alive = True


def linked(ids):
    nodes = [Node(idx, place) for place, idx in enumerate(ids)]
    for a, b in zip(nodes, nodes[1:]):
        a.right, b.left = b, a
    return nodes


def encode_with_heap(ids, merges):
    nodes = linked(ids)
    heap = []

    def push(node):
        if node is not None and node.right is not None:
            pair = (node.idx, node.right.idx)
            if pair in merges:
                heapq.heappush(heap, (merges[pair], node.place, pair))

    for node in nodes:
        push(node)
    while heap:
        idx, place, pair = heapq.heappop(heap)
        node = nodes[place]
        # what was pushed may be out of date
        if not node.alive or node.right is None :
            continue
        eaten = node.right
        eaten.alive = False
        node.idx, node.right = idx, eaten.right
        if node.right is not None:
            node.right.left = node
        push(node.left)
        push(node)
    return [node.idx for node in nodes if node.alive]


def get_stats(ids, counts=None):
    if counts is None:
        counts = {}
    node = linked(ids)[0] if ids else None
    while node is not None and node.right is not None:
        pair = (node.idx, node.right.idx)
        counts.setdefault(pair, 0)
        counts[pair] += 1
        node = node.right
    return counts


def merge(ids, pair, idx):
    out = []
    node = linked(ids)[0] if ids else None
    while node is not None:
        if node.right is not None and (node.idx, node.right.idx) == tuple(pair):
            out.append(idx)
            node = node.right.right
        else:
            out.append(node.idx)
            node = node.right
    return out


class Trainer:
    """Keeps words, counts, and in which words a pair occurs; a merge changes only what it touches."""

    def __init__(self, words):
        self.words = [list(word) for word, _ in words]
        self.times = [times for _, times in words]
        self.counts, self.where = {}, {}
        for number in range(len(self.words)):
            self.add(number, +1)

    def add(self, number, sign):
        word = self.words[number]
        for pair in zip(word, word[1:]):
            self.counts[pair] = self.counts.get(pair, 0) + sign * self.times[number]
            if sign > 0:
                self.where.setdefault(pair, set()).add(number)

    def best(self):
        top = max(self.counts.values(), default=0)
        if top < 2:
            return None
        ties = {pair for pair, count in self.counts.items() if count == top}
        if len(ties) == 1:
            return ties.pop()
        numbers = sorted(set().union(*(self.where[pair] for pair in ties)))
        for number in numbers:
            word = self.words[number]
            for pair in zip(word, word[1:]):
                if pair in ties:
                    return pair

    def apply(self, pair, idx):
        for number in sorted(self.where.pop(pair)):
            self.add(number, -1)
            self.words[number] = merge(self.words[number], pair, idx)
            self.add(number, +1)


def learn(words, first, last):
    trainer, merges = Trainer(words), {}
    for idx in range(first, last):
        pair = trainer.best()
        if pair is None:
            break
        trainer.apply(pair, idx)
        merges[pair] = idx
    return merges


def vocabulary(merges):
    vocab = {i: bytes((i,)) for i in range(256)}
    for (a, b), idx in merges.items():
        vocab[idx] = vocab[a] + vocab[b]
    return vocab


class BasicTokenizer:
    def __init__(self):
        self.merges = {}
        self.vocab = vocabulary({})

    def train(self, text, vocab_size):
        self.merges = learn([(text.encode(), 1)], 256, vocab_size)
        self.vocab = vocabulary(self.merges)

    def encode(self, text):
        return encode_with_heap(text.encode(), self.merges)

    def decode(self, ids):
        found = bytearray()
        for idx in ids:
            found += self.vocab[idx]
        return str(found, "utf-8", "replace")
