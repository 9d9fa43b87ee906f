"""Gradient descent on four examples: how wrong, which way, one step, again.

Lecture 1, 1:51 to 2:14. Needs your engine and your net.
What is left out: minibatches and schedules. All four examples count in every step.
"""


def squared_error(predictions, targets):
    """How wrong the predictions are: the sum (not the mean) of the squared differences, a Value.

    predictions: list of Values. targets: list of as many plain numbers.

    >>> squared_error([Value(1.0), Value(-2.0)], [0.5, 1.0]).data
    9.25

    Source: lecture 1, 1:53.
    """
    return sum((yout - ygt) ** 2 for yout, ygt in zip(predictions, targets))


def gradient_step(parameters, lr):
    """Move every parameter a little against its gradient, in place. Returns nothing.

    parameters: list of Values with `grad` filled in. lr: the learning rate, a positive float.

    >>> p = Value(2.0); p.grad = 0.5
    >>> gradient_step([p], 0.1)
    >>> p.data
    1.95

    Source: lecture 1, 2:01.
    """
    for p in parameters:
        # the gradient points to where the loss rises, so we walk the other way
        p.data += -lr * p.grad


def train(model, xs, ys, steps, lr):
    """Train the model on all examples at once. Returns the list of losses, one float per step.

    model: an MLP with one output. xs: list of inputs (lists of floats). ys: list of targets, as many.
    steps: how often to predict, measure the loss, clear the old gradients, run backward, and step.
    lr: the learning rate. A step's loss is the one measured before its update.

    >>> xs = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
    >>> train(MLP(3, [4, 4, 1], random.Random(1337)), xs, [1.0, -1.0, -1.0, 1.0], 20, 0.1)   # first, last:
    [6.005402783252284, ..., 0.01778187468615766]

    Source: lecture 1, 2:01 to 2:14.
    """
    losses = []
    for _ in range(steps):
        # forward pass
        ypred = [model(x) for x in xs]
        loss = squared_error(ypred, ys)
        losses.append(loss)

        # backward pass, with the gradients of the last step out of the way
        model.zero_grad()
        loss.backward()

        # update
        gradient_step(model.parameters(), lr)
    return losses
