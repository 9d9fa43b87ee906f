def squared_error(predictions, targets):
    return 0


def gradient_step(parameters, lr):
    return 0


def train(model, xs, ys, steps, lr):
    return 0
