import autograd
import gpt as model_of
import tokens as vocabulary


def adam_step(parameters, m, v, step, lr, beta1=0.85, beta2=0.99, eps=1e-8):
    count = step + 1
    for i, (p, old_m, old_v) in enumerate(zip(parameters, m[:], v[:])):
        m[i] = p.grad + beta1 * (old_m - p.grad)
        v[i] = p.grad**2 + beta2 * (old_v - p.grad**2)
        p.data += -lr * m[i] / (1 - beta1**count) / (eps + (v[i] / (1 - beta2**count)) ** 0.5)
    for p in parameters:
        p.grad = 0.0


def train(model, docs, letters, n_head, steps, lr):
    parameters = model_of.parameters_of(model)
    m = [0.0] * len(parameters)
    v = m.copy()
    losses = []
    while len(losses) < steps:
        step = len(losses)
        tokens = vocabulary.encode(docs[step % len(docs)], letters)
        loss = model_of.doc_loss(tokens, model, n_head)
        losses.append(loss.data)
        loss.backward()
        adam_step(parameters, m, v, step, lr - step * (lr / steps))
    return losses


def sample(model, letters, n_head, temperature, rng):
    caches = [[[] for _ in model["layers"]] for _ in range(2)]

    def more(token, position):
        if position == len(model["wpe"]):
            return ""
        logits = model_of.gpt(token, position, model, n_head, *caches)
        shares = autograd.softmax([z * (1 / temperature) for z in logits])
        drawn = rng.choices([*range(len(letters)), len(letters)], [p.data for p in shares])[0]
        return "" if drawn == len(letters) else letters[drawn] + more(drawn, position + 1)

    return more(len(letters), 0)
