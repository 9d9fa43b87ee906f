import numpy as np

def squared_error(predictions, targets): return ((np.array(predictions) - np.array(targets)) ** 2).sum()

def gradient_step(parameters, lr):
    new = np.array([p.data for p in parameters]) - lr * np.array([p.grad for p in parameters])
    for p, x in zip(parameters, new): p.data = x

def train(model, xs, ys, steps, lr):
    losses = np.zeros(steps)
    for i in range(steps):
        model.zero_grad()
        loss = squared_error([model(x) for x in xs], ys)
        loss.backward()
        losses[i] = loss.data
        gradient_step(model.parameters(), lr)
    return list(losses)
