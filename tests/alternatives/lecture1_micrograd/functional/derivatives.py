import math

slope = lambda f, x, h: (f(x + h) - f(x)) / h
symmetric_slope = lambda f, x, h: 0.5 * (slope(f, x, h) + slope(f, x, -h))


def gradf(a, b, c):
    return (
        -(3 * a ** 2 + 0.5 / math.sqrt(a)),
        3 * math.cos(3 * b) + 2.5 * b * math.sqrt(b),
        1 / (c * c),
    )


def numerical_gradient(f, args, h):
    def partial(i):
        replaced = lambda x: f(*args[:i], x, *args[i + 1:])
        return symmetric_slope(replaced, args[i], h)

    return [partial(i) for i in range(len(args))]
