import math

def slope(f, x, h):
    y1 = f(x)
    y2 = f(x + h)
    return (y2 - y1) / h

def symmetric_slope(f, x, h):
    y1 = f(x - h)
    y2 = f(x + h)
    return (y2 - y1) / (2 * h)

def gradf(a, b, c):
    da = -3 * a ** 2 - 0.5 / math.sqrt(a)
    db = 3 * math.cos(3 * b) + 2.5 * b ** 1.5
    dc = 1 / c ** 2
    return [da, db, dc]

def numerical_gradient(f, args, h):
    grads = []
    for i in range(len(args)):
        more = list(args)
        more[i] += h
        less = list(args)
        less[i] -= h
        grads.append((f(*more) - f(*less)) / (2 * h))
    return grads
