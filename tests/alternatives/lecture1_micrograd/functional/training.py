from operator import sub


def squared_error(predictions, targets):
    return sum(d * d for d in map(sub, predictions, targets))


def gradient_step(parameters, lr):
    for p in parameters:
        p.data -= lr * p.grad


def train(model, xs, ys, steps, lr):
    def step():
        loss = squared_error(list(map(model, xs)), ys)
        loss.backward()
        gradient_step(model.parameters(), lr)
        model.zero_grad()       # clean for the next round
        return loss.data

    model.zero_grad()
    return [step() for _ in range(steps)]
