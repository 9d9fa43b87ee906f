from itertools import chain, pairwise

from autograd import Value, linear, softmax
from blocks import attention, mlp, rmsnorm

NAMES = "wq wk wv wo w1 w2".split()
add = lambda a, b: [x + y for x, y in zip(a, b)]


def make_model(vocab_size, block_size, n_embd, n_layer, rng):
    new = lambda m, n=n_embd: [[Value(rng.gauss(0, 0.08)) for _ in range(n)] for _ in range(m)]
    outer = {"wte": new(vocab_size), "wpe": new(block_size), "lm_head": new(vocab_size)}
    sizes = [(n_embd, n_embd)] * 4 + [(4 * n_embd, n_embd), (n_embd, 4 * n_embd)]
    return outer | {"layers": [{k: new(*size) for k, size in zip(NAMES, sizes)} for _ in range(n_layer)]}


def parameters_of(model):
    matrices = [model["wte"], model["wpe"], model["lm_head"], *(m[k] for m in model["layers"] for k in NAMES)]
    return [*chain.from_iterable(chain.from_iterable(matrices))]


def gpt(token, position, model, n_head, keys, values):
    x = rmsnorm(add(model["wte"][token], model["wpe"][position]))
    for layer, *cache in zip(model["layers"], keys, values):
        x = add(x, attention(rmsnorm(x), layer, n_head, *cache))
        x = add(x, mlp(rmsnorm(x), layer))
    return linear(x, model["lm_head"])


def doc_losses(tokens, model, n_head):
    caches = [[[] for _ in model["layers"]] for _ in "kv"]
    pairs = zip(pairwise(tokens), range(len(model["wpe"])))
    return [-softmax(gpt(a, i, model, n_head, *caches))[b].log() for (a, b), i in pairs]


def doc_loss(tokens, model, n_head):
    return sum(losses := doc_losses(tokens, model, n_head)) / len(losses)
