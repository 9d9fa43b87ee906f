from collections import deque

from autograd import Value, linear, softmax
from blocks import attention, mlp, rmsnorm


def make_model(vocab_size, block_size, n_embd, n_layer, rng):
    def fill(shapes):
        return {
            name: [[Value(rng.gauss(mu=0, sigma=0.08)) for _ in range(columns)] for _ in range(rows)]
            for name, (rows, columns) in shapes.items()
        }

    square, up, down = (n_embd, n_embd), (n_embd * 4, n_embd), (n_embd, n_embd * 4)
    model = fill({"wte": (vocab_size, n_embd), "wpe": (block_size, n_embd), "lm_head": (vocab_size, n_embd)})
    blocks = [dict(wq=square, wk=square, wv=square, wo=square, w1=up, w2=down)] * n_layer
    return {**model, "layers": [fill(block) for block in blocks]}


def parameters_of(model):
    found = deque()
    for name in ("wte", "wpe", "lm_head"):
        found.extend(sum(model[name], []))
    for layer in model["layers"]:
        for name in "wq wk wv wo w1 w2".split():
            found.extend(sum(layer[name], []))
    return list(found)


def gpt(token, position, model, n_head, keys, values):
    what, where = model["wte"][token], model["wpe"][position]
    x = rmsnorm([what[j] + where[j] for j in range(len(what))])
    for i, layer in enumerate(model["layers"]):
        for block in (
            lambda normed: attention(normed, layer, n_head, keys[i], values[i]),
            lambda normed: mlp(normed, layer),
        ):
            added = block(rmsnorm(x))
            x = [x[j] + added[j] for j in range(len(x))]
    return linear(x, model["lm_head"])


def doc_losses(tokens, model, n_head):
    caches = {name: {i: [] for i in range(len(model["layers"]))} for name in ("keys", "values")}
    ahead, losses = deque(tokens), []
    while len(ahead) > 1 and len(losses) < len(model["wpe"]):
        token = ahead.popleft()
        logits = gpt(token, len(losses), model, n_head, list(caches["keys"].values()), list(caches["values"].values()))
        losses.append(softmax(logits)[ahead[0]].log().__neg__())
    return losses


def doc_loss(tokens, model, n_head):
    losses = doc_losses(tokens, model, n_head)
    return sum(losses[1:], losses[0]) * len(losses) ** -1
