import math
from typing import Callable, Sequence


def _check(f: Callable[..., float], h: float) -> None:
    if not callable(f):
        raise TypeError("f has to be a function")
    if h == 0:
        raise ValueError("a nudge of 0 moves nothing")


def slope(f: Callable[[float], float], x: float, h: float) -> float:
    _check(f, h)
    y: float = f(x)
    nudged: float = f(x + h)
    rise = nudged - y
    return float(rise / h)


def symmetric_slope(f: Callable[[float], float], x: float, h: float) -> float:
    _check(f, h)
    right, left = f(x + h), f(x - h)
    return float((right - left) / (h + h))


def gradf(a: float, b: float, c: float) -> list[float]:
    for name, value in (("a", a), ("b", b), ("c", c)):
        if not value > 0:
            raise ValueError(f"{name} has to be above 0")
    result = [
        float(-3 * a**2 - 0.5 * math.sqrt(a) / a),
        float(3 * math.cos(3 * b) + 2.5 * math.sqrt(b) ** 3),
        float(1 / c / c),
    ]
    assert len(result) == 3
    assert not any(math.isnan(x) for x in result)
    return result


def numerical_gradient(f: Callable[..., float], args: Sequence[float], h: float) -> list[float]:
    _check(f, h)
    point = tuple(float(x) for x in args)
    gradient: list[float] = []
    for i in range(len(point)):
        gradient.append(symmetric_slope(lambda x, i=i: f(*point[:i], x, *point[i + 1 :]), point[i], h))
    assert len(gradient) == len(args)
    return gradient
