from functools import partial
from math import cos


def quotient(f, left, right):
    return (f(right) - f(left)) / (right - left)


def slope(f, x, h):
    return (f(x + h) - f(x)) / h


def symmetric_slope(f, x, h):
    return (slope(f, x, h) + slope(f, x, -h)) / 2


def gradf(a, b, c):
    by_a = lambda a: -3 * a * a - 1 / (2 * a**0.5)
    by_b = lambda b: 3 * cos(3 * b) + 5 / 2 * b * b**0.5
    by_c = lambda c: 1 / (c * c)
    return by_a(a), by_b(b), by_c(c)


def numerical_gradient(f, args, h):
    def along(i, x):
        return f(*args[:i], x, *args[i + 1 :])

    return [symmetric_slope(partial(along, i), x, h) for i, x in enumerate(args)]
