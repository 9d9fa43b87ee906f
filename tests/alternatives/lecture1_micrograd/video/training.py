def squared_error(predictions, targets):
  return sum((yout - ygt)**2 for ygt, yout in zip(targets, predictions))

def gradient_step(parameters, lr):
  for p in parameters:
    p.data += -lr * p.grad

def train(model, xs, ys, steps, lr):
  losses = []
  for k in range(steps):

    # forward pass
    ypred = [model(x) for x in xs]
    loss = squared_error(ypred, ys)

    # backward pass
    for p in model.parameters():
      p.grad = 0.0
    loss.backward()

    # update
    gradient_step(model.parameters(), lr)

    #print(k, loss.data)
    losses.append(loss.data)
  return losses
