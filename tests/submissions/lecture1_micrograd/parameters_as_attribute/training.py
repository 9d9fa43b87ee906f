def squared_error(predictions, targets):
    loss = 0
    for y, t in zip(predictions, targets):
        loss = loss + (y - t) ** 2
    return loss

def gradient_step(parameters, lr):
    for p in parameters:
        p.data -= lr * p.grad

def train(model, xs, ys, steps, lr):
    losses = []
    for k in range(steps):
        preds = [model(x) for x in xs]
        loss = squared_error(preds, ys)
        model.zero_grad()
        loss.backward()
        gradient_step(model.parameters(), lr)
        losses.append(loss.data)
    return losses
