"""Part 1: slopes."""
import math
from typing import Callable

DEBUG = True


def _nudge(f: Callable[[float], float], low: float, high: float) -> float:
    rise = f(high) - f(low)
    if DEBUG:
        print(f"from {low} to {high}: rise {rise}")
    return rise


def slope(f: Callable[[float], float], x: float, h: float) -> float:
    return _nudge(f, x, x + h) / h


def symmetric_slope(f: Callable[[float], float], x: float, h: float) -> float:
    return _nudge(f, x - h, x + h) / (2 * h)


def gradf(a: float, b: float, c: float) -> list[float]:
    if min(a, b, c) <= 0:
        raise ValueError("a, b and c must be above 0")
    # f = -a^3 + sin(3b) - 1/c + b^2.5 - a^0.5
    return [-3.0 * math.pow(a, 2) - 1.0 / (2.0 * math.sqrt(a)), 3.0 * math.cos(3.0 * b) + 2.5 * math.pow(b, 1.5), math.pow(c, -2)]


def numerical_gradient(f: Callable[..., float], args: list[float], h: float) -> list[float]:
    gradient = [0.0] * len(args)
    for i in range(len(args)):
        keep = args[i]
        args[i] = keep + h
        up = f(*args)
        args[i] = keep - h
        down = f(*args)
        args[i] = keep
        gradient[i] = (up - down) / (2 * h)
    print("gradient:", gradient)
    return gradient
