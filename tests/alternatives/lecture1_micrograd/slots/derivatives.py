from math import cos


def slope(f, x, h):
    before = f(x)
    after = f(x + h)
    return (after - before) / h


def symmetric_slope(f, x, h):
    left, right = x - h, x + h
    return (f(right) - f(left)) / (right - left)


def gradf(a, b, c):
    dfda = -3 * a * a - 1 / (2 * a ** 0.5)
    dfdb = 3 * cos(3 * b) + 2.5 * b ** 1.5
    dfdc = 1 / c ** 2
    return [dfda, dfdb, dfdc]


def numerical_gradient(f, args, h):
    result = []
    for position, value in enumerate(args):
        def along(x):
            moved = args.copy()
            moved[position] = x
            return f(*moved)
        result.append(symmetric_slope(along, value, h))
    return result
