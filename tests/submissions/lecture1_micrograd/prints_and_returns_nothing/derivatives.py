# lecture 1: what is a slope?
import math


def slope(f, x, h):
    rise = f(x + h) - f(x)
    print("slope:", rise / h)


def symmetric_slope(f, x, h):
    s = (f(x + h) - f(x - h)) / (2 * h)
    print(s)
    return s


def gradf(a, b, c):
    da = -3 * a ** 2 - 0.5 / math.sqrt(a)
    db = 3 * math.cos(3 * b) + 2.5 * b ** 1.5
    dc = 1 / c ** 2
    return [da, db, dc]


def numerical_gradient(f, args, h):
    grads = []
    for i in range(len(args)):
        up, down = list(args), list(args)
        up[i] += h
        down[i] -= h
        grads.append((f(*up) - f(*down)) / (2 * h))
    return grads
