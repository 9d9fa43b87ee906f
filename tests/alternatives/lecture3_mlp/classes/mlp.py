import torch
from torch import nn


class Net:
    """Holds the very tensors that are handed in."""

    def __init__(self, parameters):
        self.C, self.W1, self.b1, self.W2, self.b2 = parameters

    @property
    def parameters(self):
        return [self.C, self.W1, self.b1, self.W2, self.b2]

    def hidden(self, X):
        flat = nn.Flatten()(nn.functional.embedding(X, self.C))
        return nn.Tanh()(nn.functional.linear(flat, self.W1.t(), self.b1))

    def __call__(self, X):
        return nn.functional.linear(self.hidden(X), self.W2.t(), self.b2)

    def loss(self, X, Y):
        return loss(self(X), Y)


class Loader:
    def __init__(self, X, Y, batch_size, generator):
        self.X, self.Y, self.batch_size, self.generator = X, Y, batch_size, generator

    def __next__(self):
        ix = torch.randint(low=0, high=len(self.Y), size=(self.batch_size,), generator=self.generator)
        return torch.index_select(self.X, 0, ix), torch.index_select(self.Y, 0, ix)


class Trainer:
    def __init__(self, parameters, loader):
        self.net, self.loader = Net(parameters), loader
        self.optimizer = torch.optim.SGD(self.net.parameters, lr=1.0)

    def step(self, lr):
        for group in self.optimizer.param_groups:
            group["lr"] = lr
        found = self.net.loss(*next(self.loader))
        self.optimizer.zero_grad(set_to_none=True)
        found.backward()
        self.optimizer.step()
        return found.item()


class Sampler:
    def __init__(self, net, itos, block_size, generator):
        self.net, self.itos, self.block_size, self.generator = net, itos, block_size, generator

    def draw(self, context):
        with torch.no_grad():
            probs = nn.Softmax(dim=-1)(self.net(torch.tensor(context[-self.block_size :]).unsqueeze(0)))
        return torch.multinomial(probs, num_samples=1, generator=self.generator).item()

    def name(self):
        context = [0] * self.block_size
        while True:
            context.append(self.draw(context))
            if context[-1] == 0:
                return "".join(self.itos[ix] for ix in context[self.block_size : -1])


def init_parameters(vocab_size, block_size, n_embd, n_hidden, generator):
    def normal(*shape):
        return nn.Parameter(torch.randn(*shape, generator=generator))

    C = normal(vocab_size, n_embd)
    first = normal(n_embd * block_size, n_hidden), normal(n_hidden)
    second = normal(n_hidden, vocab_size), normal(vocab_size)
    return [C, *first, *second]


def embed(C, X):
    return nn.functional.embedding(X, C)


def forward(parameters, X):
    return Net(parameters)(X)


def loss(logits, Y):
    return nn.CrossEntropyLoss()(logits, Y)


def minibatch(X, Y, batch_size, generator):
    return next(Loader(X, Y, batch_size, generator))


def sgd_step(parameters, lr):
    torch.optim.SGD(parameters, lr=lr).step()


def train(parameters, X, Y, steps, batch_size, schedule, generator):
    trainer = Trainer(parameters, Loader(X, Y, batch_size, generator))
    return [trainer.step(schedule(k)) for k in range(steps)]


def evaluate(parameters, X, Y):
    with torch.inference_mode():
        return Net(parameters).loss(X, Y).item()


def sample_names(parameters, itos, block_size, count, generator):
    sampler = Sampler(Net(parameters), itos, block_size, generator)
    return [sampler.name() for _ in range(count)]
