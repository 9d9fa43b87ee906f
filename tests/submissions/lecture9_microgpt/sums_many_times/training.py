from autograd import softmax
from gpt import doc_loss, gpt, parameters_of
from tokens import encode


def adam_step(parameters, m, v, step, lr, beta1=0.85, beta2=0.99, eps=1e-8):
    for i in range(len(parameters)):
        g = parameters[i].grad
        m[i] = beta1 * m[i] + (1 - beta1) * g
        v[i] = beta2 * v[i] + (1 - beta2) * g * g
        mean = m[i] / (1 - beta1 ** (step + 1))
        square = v[i] / (1 - beta2 ** (step + 1))
        parameters[i].data = parameters[i].data - lr * mean / (square**0.5 + eps)
        parameters[i].grad = 0.0


def train(model, docs, letters, n_head, steps, lr):
    parameters = parameters_of(model)
    m, v = [], []
    for _ in parameters:
        m.append(0.0)
        v.append(0.0)
    losses = []
    at = 0
    for step in range(steps):
        loss = doc_loss(encode(docs[at], letters), model, n_head)
        loss.backward()
        adam_step(parameters, m, v, step, lr * (steps - step) / steps)
        losses.append(loss.data)
        at += 1
        if at == len(docs):
            at = 0
    return losses


def sample(model, letters, n_head, temperature, rng):
    keys, values = [], []
    for _ in model["layers"]:
        keys.append([])
        values.append([])
    bos = len(letters)
    name = ""
    token = bos
    position = 0
    while position < len(model["wpe"]):
        logits = gpt(token, position, model, n_head, keys, values)
        for i in range(len(logits)):
            logits[i] = logits[i] / temperature
        weights = []
        for p in softmax(logits):
            weights.append(p.data)
        token = rng.choices(range(bos + 1), weights=weights)[0]
        if token == bos:
            return name
        name = name + letters[token]
        position += 1
    return name
