from autograd import Value, linear, softmax
from blocks import attention, mlp, rmsnorm


class Source:
    def __init__(self, rng, width):
        self.rng, self.width = rng, width

    def number(self):
        return Value(self.rng.gauss(0, 0.08))

    def matrix(self, rows, columns=None):
        return [[self.number() for _ in range(columns or self.width)] for _ in range(rows)]

    def layer(self):
        n = self.width
        made = {name: self.matrix(n) for name in ("wq", "wk", "wv", "wo")}
        made["w1"] = self.matrix(4 * n)
        made["w2"] = self.matrix(n, 4 * n)
        return made


class Stream:
    """The vector that everything is added to."""

    def __init__(self, x):
        self.x = x

    def read(self):
        return rmsnorm(self.x)

    def add(self, more):
        self.x = [value + extra for value, extra in zip(self.x, more)]


class Reader:
    """Reads a document token by token, and remembers it."""

    def __init__(self, model, n_head):
        self.model, self.n_head, self.position = model, n_head, 0
        self.keys, self.values = ([[] for _ in model["layers"]] for _ in range(2))

    def read(self, token):
        logits = gpt(token, self.position, self.model, self.n_head, self.keys, self.values)
        self.position += 1
        return logits


def make_model(vocab_size, block_size, n_embd, n_layer, rng):
    source = Source(rng, n_embd)
    sizes = (("wte", vocab_size), ("wpe", block_size), ("lm_head", vocab_size))
    model = {name: source.matrix(rows) for name, rows in sizes}
    model["layers"] = [source.layer() for _ in range(n_layer)]
    return model


def parameters_of(model):
    found = []
    for part in (model, *model["layers"]):
        for name in ("wte", "wpe", "lm_head", "wq", "wk", "wv", "wo", "w1", "w2"):
            found += [value for row in part.get(name, ()) for value in row]
    return found


def gpt(token, position, model, n_head, keys, values):
    stream = Stream(model["wte"][token])
    stream.add(model["wpe"][position])
    stream = Stream(stream.read())
    for number, layer in enumerate(model["layers"]):
        stream.add(attention(stream.read(), layer, n_head, keys[number], values[number]))
        stream.add(mlp(stream.read(), layer))
    return linear(stream.x, model["lm_head"])


def doc_losses(tokens, model, n_head):
    reader, room = Reader(model, n_head), len(model["wpe"])
    asked = list(zip(tokens, tokens[1:]))[:room]
    return [-softmax(reader.read(token))[following].log() for token, following in asked]


def doc_loss(tokens, model, n_head):
    first, *more = doc_losses(tokens, model, n_head)
    return sum(more, first) / (1 + len(more))
