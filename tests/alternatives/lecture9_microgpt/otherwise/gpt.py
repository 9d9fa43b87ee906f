import itertools

import autograd
import blocks

SHAPES = {"wq": (1, 1), "wk": (1, 1), "wv": (1, 1), "wo": (1, 1), "w1": (4, 1), "w2": (1, 4)}


def make_model(vocab_size, block_size, n_embd, n_layer, rng):
    draws = iter(lambda: autograd.Value(rng.gauss(0, 0.08)), None)
    take = lambda rows, columns: [list(itertools.islice(draws, columns)) for _ in range(rows)]
    return {
        "wte": take(vocab_size, n_embd),
        "wpe": take(block_size, n_embd),
        "lm_head": take(vocab_size, n_embd),
        "layers": [
            {name: take(high * n_embd, wide * n_embd) for name, (high, wide) in SHAPES.items()}
            for _ in range(n_layer)
        ],
    }


def parameters_of(model):
    def flat(thing):
        if isinstance(thing, dict):
            for part in thing.values():
                yield from flat(part)
        elif isinstance(thing, list):
            for part in thing:
                yield from flat(part)
        else:
            yield thing

    outer = [model[name] for name in ("wte", "wpe", "lm_head")]
    inner = [layer[name] for layer in model["layers"] for name in SHAPES]
    return list(flat(outer + inner))


def gpt(token, position, model, n_head, keys, values):
    x = blocks.rmsnorm([a + b for a, b in zip(model["wpe"][position], model["wte"][token])])

    def through(x, i):
        if i == len(model["layers"]):
            return x
        layer = model["layers"][i]
        seen = blocks.attention(blocks.rmsnorm(x), layer, n_head, keys[i], values[i])
        middle = [a + b for a, b in zip(seen, x)]
        return through([a + b for a, b in zip(blocks.mlp(blocks.rmsnorm(middle), layer), middle)], i + 1)

    return autograd.linear(through(x, 0), model["lm_head"])


def doc_losses(tokens, model, n_head):
    keys, values = tuple([[] for _ in model["layers"]] for _ in range(2))
    n = min(len(tokens) - 1, len(model["wpe"]))

    def loss(position):
        shares = autograd.softmax(gpt(tokens[position], position, model, n_head, keys, values))
        return 0 - shares[tokens[position + 1]].log()

    return [loss(position) for position in range(n)]


def doc_loss(tokens, model, n_head):
    losses = doc_losses(tokens, model, n_head)
    return sum(loss / len(losses) for loss in losses)
