from autograd import softmax
from gpt import Reader, doc_loss, parameters_of
from tokens import encode


class Mean:
    """A running mean that began at 0, and what it would be if it had not."""

    def __init__(self, numbers, beta, step):
        self.numbers, self.beta, self.room = numbers, beta, 1 - beta ** (step + 1)

    def take(self, i, number):
        self.numbers[i] += (1 - self.beta) * (number - self.numbers[i])
        return self.numbers[i] / self.room


def adam_step(parameters, m, v, step, lr, beta1=0.85, beta2=0.99, eps=1e-8):
    first, second = Mean(m, beta1, step), Mean(v, beta2, step)
    for i, p in enumerate(parameters):
        direction = first.take(i, p.grad)
        size = second.take(i, p.grad * p.grad) ** 0.5
        p.data -= lr * direction / (size + eps)
        p.grad = 0.0


class Training:
    def __init__(self, model, n_head, steps, lr):
        self.model, self.n_head, self.steps, self.lr = model, n_head, steps, lr
        self.parameters = parameters_of(model)
        self.m, self.v = ([0.0 for _ in self.parameters] for _ in range(2))

    def step(self, number, tokens):
        loss = doc_loss(tokens, self.model, self.n_head)
        loss.backward()
        left = (self.steps - number) / self.steps
        adam_step(self.parameters, self.m, self.v, number, self.lr * left)
        return loss.data


def train(model, docs, letters, n_head, steps, lr):
    training = Training(model, n_head, steps, lr)
    return [training.step(number, encode(docs[number % len(docs)], letters)) for number in range(steps)]


def sample(model, letters, n_head, temperature, rng):
    reader, bos = Reader(model, n_head), len(letters)
    token, name = bos, []
    while reader.position < len(model["wpe"]):
        probs = softmax([logit / temperature for logit in reader.read(token)])
        (token,) = rng.choices(range(bos + 1), weights=[p.data for p in probs])
        if token == bos:
            break
        name.append(letters[token])
    return "".join(name)
