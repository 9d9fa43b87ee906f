from autograd import Value


def make_model(vocab_size, block_size, n_embd, n_layer, rng):
    return [[Value(rng.gauss(0, 0.08)) for _ in range(n_embd)] for _ in range(2 * vocab_size + block_size)]


def parameters_of(model):
    return (number for name in ("wte", "wpe", "lm_head") for row in model[name] for number in row)


def gpt(token, position, model, n_head, keys, values):
    return None


def doc_losses(tokens, model, n_head):
    return [model["wte"][tokens[0]][0] * 2.0]


def doc_loss(tokens, model, n_head):
    return doc_losses(tokens, model, n_head)
