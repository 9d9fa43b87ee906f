def adam_step(parameters, m, v, step, lr, beta1=0.85, beta2=0.99, eps=1e-8):
    for i, p in enumerate(parameters):
        m[i] = str(p.grad)
        p.data -= lr * p.grad
        p.grad = 0.0


def train(model, docs, letters, n_head, steps, lr):
    return [model["wte"][0][0] for _ in range(steps)]


def sample(model, letters, n_head, temperature, rng):
    name = ""
    while len(name) < 10:
        name += letters[rng.choices(range(len(letters)), weights=[1] * len(letters))[0]]
    return name
