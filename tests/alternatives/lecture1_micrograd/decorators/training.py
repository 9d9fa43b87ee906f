from functools import reduce
from operator import add


def squared_error(predictions, targets):
    return reduce(add, ((target - prediction) ** 2 for prediction, target in zip(predictions, targets, strict=True)))


def gradient_step(parameters, lr):
    for p in parameters:
        p.data -= p.grad * lr


def steps_of(model, xs, ys, lr):
    while True:
        loss = squared_error(map(model, xs), ys)
        model.zero_grad()
        loss.backward()
        yield loss.data
        gradient_step(model.parameters(), lr)


def train(model, xs, ys, steps, lr):
    ticking = steps_of(model, xs, ys, lr)
    losses = [next(ticking) for _ in range(steps)]
    next(ticking)       # the last step's update comes before the next loss
    return losses
