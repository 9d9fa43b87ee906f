from mlp import forward, loss, minibatch, sgd_step


def candidate_rates(low, high, count):
    rates = []
    for i in range(count):
        rates.append(10 ** (low + (high - low) * i / (count - 1)))
    return rates


def sweep(parameters, X, Y, low, high, count, batch_size, generator):
    rates = []
    losses = []
    for lr in candidate_rates(low, high, count):
        Xb, Yb = minibatch(X, Y, batch_size, generator)
        l = loss(forward(parameters, Xb), Yb)
        for p in parameters:
            p.grad = None
        l.backward()
        sgd_step(parameters, lr)
        rates.append(lr)
        losses.append(l.item())
    return rates, losses


def pick(rates, losses, block=50):
    best = None
    for start in range(0, len(losses), block):
        if start + block > len(losses):
            break
        mean = 0
        for i in range(start, start + block):
            mean += losses[i] / block
        if best is None or mean < best:
            best, rate = mean, rates[start + block // 2]
    return rate
