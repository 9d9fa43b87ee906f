from itertools import cycle

from autograd import softmax
from gpt import doc_loss, gpt, parameters_of
from tokens import decode, encode


def adam_step(parameters, m, v, step, lr, beta1=0.85, beta2=0.99, eps=1e-8):
    m[:] = [beta1 * a + (1 - beta1) * p.grad for a, p in zip(m, parameters)]
    v[:] = [beta2 * a + (1 - beta2) * p.grad**2 for a, p in zip(v, parameters)]
    c1, c2 = (1 - beta ** (step + 1) for beta in (beta1, beta2))
    for p, a, b in zip(parameters, m, v):
        p.data, p.grad = p.data - lr * (a / c1) / ((b / c2) ** 0.5 + eps), 0


def train(model, docs, letters, n_head, steps, lr):
    parameters, losses = parameters_of(model), []
    moments = [[0.0 for _ in parameters] for _ in "mv"]
    for step, doc in zip(range(steps), cycle(docs)):
        (loss := doc_loss(encode(doc, letters), model, n_head)).backward()
        adam_step(parameters, *moments, step, lr - lr * step / steps)
        losses += [loss.data]
    return losses


def sample(model, letters, n_head, temperature, rng):
    caches, tokens = [[[] for _ in model["layers"]] for _ in "kv"], [len(letters)]
    for position in range(len(model["wpe"])):
        probs = softmax([z * temperature**-1 for z in gpt(tokens[-1], position, model, n_head, *caches)])
        tokens += rng.choices(range(len(probs)), [p.data for p in probs])
        if tokens[-1] == tokens[0]:
            break
    return decode(tokens, letters)
