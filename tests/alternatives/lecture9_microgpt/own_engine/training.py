from autograd import softmax
from gpt import doc_loss, gpt, parameters_of
from tokens import decode, encode


def adam_step(parameters, m, v, step, lr, beta1=0.85, beta2=0.99, eps=1e-8):
    for i, p in enumerate(parameters):
        for mean, beta, number in ((m, beta1, p.grad), (v, beta2, p.grad * p.grad)):
            mean[i] *= beta
            mean[i] += (1 - beta) * number
        up = m[i] / (1 - pow(beta1, step + 1))
        down = pow(v[i] / (1 - pow(beta2, step + 1)), 0.5) + eps
        p.data, p.grad = p.data - lr * up / down, 0


def train(model, docs, letters, n_head, steps, lr):
    parameters = parameters_of(model)
    state = {"m": [0.0] * len(parameters), "v": [0.0] * len(parameters)}

    def step_with(step, doc):
        loss = doc_loss(encode(doc, letters), model, n_head)
        loss.backward()
        adam_step(parameters, **state, step=step, lr=lr * (1 - step / steps))
        return loss.data

    return [step_with(step, docs[step % len(docs)]) for step in range(steps)]


def sample(model, letters, n_head, temperature, rng):
    keys, values, row = [[] for _ in model["layers"]], [[] for _ in model["layers"]], [len(letters)]
    for position, _ in enumerate(model["wpe"]):
        logits = gpt(row[position], position, model, n_head, keys, values)
        shares = softmax([logit / temperature for logit in logits])
        row.append(rng.choices(list(range(len(letters) + 1)), [share.data for share in shares])[0])
        if row[-1] == len(letters):
            return decode(row, letters)
    return decode(row, letters)
