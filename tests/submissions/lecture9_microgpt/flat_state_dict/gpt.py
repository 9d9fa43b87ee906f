from autograd import Value, linear, softmax
from blocks import attention, mlp, rmsnorm


def make_model(vocab_size, block_size, n_embd, n_layer, rng):
    def matrix(rows, columns):
        return [[Value(rng.gauss(0, 0.08)) for _ in range(columns)] for _ in range(rows)]

    model = {"wte": matrix(vocab_size, n_embd), "wpe": matrix(block_size, n_embd), "lm_head": matrix(vocab_size, n_embd)}
    for i in range(n_layer):
        for name in ("wq", "wk", "wv", "wo"):
            model[f"layer{i}.{name}"] = matrix(n_embd, n_embd)
        model[f"layer{i}.w1"] = matrix(4 * n_embd, n_embd)
        model[f"layer{i}.w2"] = matrix(n_embd, 4 * n_embd)
    return model


def parameters_of(model):
    return [value for rows in model.values() for row in rows for value in row]


def gpt(token, position, model, n_head, keys, values):
    x = rmsnorm([t + p for t, p in zip(model["wte"][token], model["wpe"][position])])
    for i in range(len(keys)):
        layer = {name: model[f"layer{i}.{name}"] for name in ("wq", "wk", "wv", "wo", "w1", "w2")}
        x = [a + b for a, b in zip(x, attention(rmsnorm(x), layer, n_head, keys[i], values[i]))]
        x = [a + b for a, b in zip(x, mlp(rmsnorm(x), layer))]
    return linear(x, model["lm_head"])


def doc_losses(tokens, model, n_head):
    n_layer = sum(name.endswith(".wq") for name in model)
    keys, values = [[] for _ in range(n_layer)], [[] for _ in range(n_layer)]
    n = min(len(model["wpe"]), len(tokens) - 1)
    return [-softmax(gpt(tokens[i], i, model, n_head, keys, values))[tokens[i + 1]].log() for i in range(n)]


def doc_loss(tokens, model, n_head):
    losses = doc_losses(tokens, model, n_head)
    return sum(losses) / len(losses)
