from typing import List

from engine import Value


class SGD:
    def __init__(self, parameters, lr: float) -> None:
        self.parameters = list(parameters)
        self.lr = lr

    def zero_grad(self) -> None:
        for p in self.parameters:
            p.grad = 0.0

    def step(self) -> None:
        for p in self.parameters:
            p.data = p.data - self.lr * p.grad


def squared_error(predictions: List[Value], targets: List[float]) -> Value:
    total = Value(0.0)
    for out, y in zip(predictions, targets):
        diff = out - y
        total = total + diff * diff
    return total


def gradient_step(parameters, lr):
    SGD(parameters, lr).step()


def train(model, xs, ys, steps, lr):
    optim = SGD(model.parameters(), lr)
    losses = []
    for epoch in range(1, steps + 1):
        optim.zero_grad()
        loss = squared_error([model.forward(x) for x in xs], ys)
        loss.backward()
        losses.append(float(loss.data))
        optim.step()
    return losses
