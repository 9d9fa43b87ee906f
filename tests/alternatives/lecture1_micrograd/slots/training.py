def squared_error(predictions, targets):
    total = 0
    for i in range(len(targets)):
        total = total + (predictions[i] - targets[i]) ** 2
    return total


def gradient_step(parameters, lr):
    for p in parameters:
        p.data = p.data - lr * p.grad


def train(model, xs, ys, steps, lr):
    history = []
    while len(history) < steps:
        loss = squared_error([model(x) for x in xs], ys)
        history.append(loss.data)
        loss.backward()             # clears what it is about to fill
        gradient_step(model.parameters(), lr)
    return history
