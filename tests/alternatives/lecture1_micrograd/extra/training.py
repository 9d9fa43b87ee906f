from lecture1_micrograd.engine import Value


def squared_error(predictions, targets):
    if len(predictions) != len(targets):
        raise ValueError("as many targets as predictions, please")
    loss = Value(0.0, label="loss")
    for prediction, target in zip(predictions, targets):
        p = prediction - target
        loss = loss + p * p
    return loss


def gradient_step(parameters, lr):
    for p in parameters:
        if not isinstance(p, Value):
            raise TypeError("parameters are Values")
        p.data += -(lr * p.grad)


def train(model, xs, ys, steps, lr):
    losses = []
    for k in range(steps):
        loss = squared_error([model(x) for x in xs], ys)
        for p in model.parameters():
            p.grad = 0.0
        loss.backward(1.0)
        gradient_step(model.parameters(), lr)
        print(k, loss.data)
        losses.append(float(loss.data))
    return losses
