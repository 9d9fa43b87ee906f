from autograd import Value, linear, softmax
from blocks import attention, mlp, rmsnorm


def drawn(rows, columns, rng):
    made = []
    for _ in range(rows):
        row = []
        for _ in range(columns):
            row.append(Value(rng.gauss(0, 0.08)))
        made.append(row)
    return made


def make_model(vocab_size, block_size, n_embd, n_layer, rng):
    model = {}
    model["wte"] = drawn(vocab_size, n_embd, rng)
    model["wpe"] = drawn(block_size, n_embd, rng)
    model["lm_head"] = drawn(vocab_size, n_embd, rng)
    model["layers"] = []
    for _ in range(n_layer):
        layer = {}
        for name in ("wq", "wk", "wv", "wo"):
            layer[name] = drawn(n_embd, n_embd, rng)
        layer["w1"] = drawn(4 * n_embd, n_embd, rng)
        layer["w2"] = drawn(n_embd, 4 * n_embd, rng)
        model["layers"].append(layer)
    return model


def parameters_of(model):
    parameters = []
    for name in ("wte", "wpe", "lm_head"):
        for row in model[name]:
            parameters.extend(row)
    for layer in model["layers"]:
        for name in ("wq", "wk", "wv", "wo", "w1", "w2"):
            for row in layer[name]:
                parameters.extend(row)
    return parameters


def gpt(token, position, model, n_head, keys, values):
    x = []
    for j in range(len(model["wte"][token])):
        x.append(model["wte"][token][j] + model["wpe"][position][j])
    x = rmsnorm(x)
    for i in range(len(model["layers"])):
        layer = model["layers"][i]
        added = attention(rmsnorm(x), layer, n_head, keys[i], values[i])
        for j in range(len(x)):
            x[j] = x[j] + added[j]
        added = mlp(rmsnorm(x), layer)
        for j in range(len(x)):
            x[j] = x[j] + added[j]
    return linear(x, model["lm_head"])


def doc_losses(tokens, model, n_head):
    keys, values = [], []
    for _ in model["layers"]:
        keys.append([])
        values.append([])
    losses = []
    for position in range(len(tokens) - 1):
        if position == len(model["wpe"]):
            break
        probs = softmax(gpt(tokens[position], position, model, n_head, keys, values))
        losses.append(probs[tokens[position + 1]].log() * -1.0)
    return losses


def doc_loss(tokens, model, n_head):
    losses = doc_losses(tokens, model, n_head)
    total = losses[0]
    for i in range(1, len(losses)):
        total = total + losses[i]
    return total * (1.0 / len(losses))
