from autograd import Value


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
    return (number for name in ("wte", "wpe", "lm_head") for row in model[name] for number in row)
