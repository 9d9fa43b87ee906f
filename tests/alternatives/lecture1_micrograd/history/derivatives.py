import math
from typing import Any, Callable, List


def central_difference(f: Callable[..., Any], *vals: Any, arg: int = 0, epsilon: float = 1e-6) -> Any:
    """f'(x) by a nudge of epsilon to both sides of one argument."""
    up, down = list(vals), list(vals)
    up[arg] = up[arg] + epsilon
    down[arg] = down[arg] - epsilon
    return (f(*up) - f(*down)) / (2 * epsilon)


def slope(f: Callable[[float], float], x: float, h: float) -> float:
    return f(x + h) / h - f(x) / h


def symmetric_slope(f: Callable[[float], float], x: float, h: float) -> float:
    return central_difference(f, x, epsilon=h)


def gradf(a: float, b: float, c: float) -> List[float]:
    d_a = -(3.0 * math.pow(a, 2) + 0.5 * math.pow(a, -0.5))
    d_b = 3.0 * math.cos(3.0 * b) + 2.5 * math.pow(b, 1.5)
    d_c = math.pow(c, -2)
    return [d_a, d_b, d_c]


def numerical_gradient(f: Callable[..., float], args: List[float], h: float) -> List[float]:
    return [central_difference(f, *args, arg=i, epsilon=h) for i in range(len(args))]
