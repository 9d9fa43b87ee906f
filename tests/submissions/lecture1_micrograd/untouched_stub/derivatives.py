"""Derivatives by nudging: what a slope is, before any engine computes one for you.

Lecture 1, 0:08 to 0:19, and the lecture's own exercises. Plain Python: `import math` is all you need.
What is left out: graphs and the chain rule, which are engine.py.
"""

import math


def slope(f, x, h):
    """Slope of f at x, from one nudge of size h to the right: the forward difference.

    f: a function of one float. x: float, where. h: float, the size of the nudge. Returns a float.

    >>> slope(lambda x: 3*x**2 - 4*x + 5, 3.0, 0.001)     # the exact slope is 14
    14.00300000000243

    Source: lecture 1, 0:08.
    """
    raise NotImplementedError("slope")


def symmetric_slope(f, x, h):
    """Slope of f at x, from a nudge of size h to either side: the central difference.

    The two ends of the nudge are x - h and x + h. Same arguments and result as `slope`,
    and a much smaller error at the same h.

    >>> symmetric_slope(lambda x: x**3, 2.0, 0.01)        # exact: 12; `slope` gives 12.0601
    12.000100000000016

    Source: lecture 1, exercises, part 1.
    """
    raise NotImplementedError("symmetric-slope")


def gradf(a, b, c):
    """The gradient of f(a, b, c) = -a**3 + sin(3b) - 1/c + b**2.5 - a**0.5, worked out by hand.

    a, b, c: floats, all above 0. Returns the list [df/da, df/db, df/dc] of three floats.
    No nudging here: use the rules of differentiation and `math.cos`.

    >>> gradf(2, 3, 4)
    [-12.353553390593273, 10.25699027111255, 0.0625]

    Source: lecture 1, exercises, part 1.
    """
    raise NotImplementedError("gradf")


def numerical_gradient(f, args, h):
    """The slope of f along each of its arguments in turn, by central differences.

    f: a function of several floats. args: list of floats, where. h: float, the size of the nudge
    to either side. Returns a list of floats, one slope per argument. `args` is left as it was.

    >>> numerical_gradient(lambda a, b, c: a*b + c, [2.0, -3.0, 10.0], 0.5)
    [-3.0, 2.0, 1.0]

    Source: lecture 1, 0:14, and exercises, part 1.
    """
    raise NotImplementedError("numerical-gradient")
