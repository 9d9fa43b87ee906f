"""What is measured of derivatives.py: slopes of curves and functions that are given as text."""

from types import ModuleType
from typing import Any

from grader.inside.probe import probe
from grader.inside.probes.lecture1_micrograd.shared import BY_RULES, NUDGED, as_function, as_list


@probe(NUDGED, lambda f, x, h: f"slope(f, {x}, {h})  with f(x) = {f}")
def slope_of_curve(derivatives: ModuleType, *, f: str, x: float, h: float) -> Any:
    """The student's forward difference of a curve given as text."""
    return derivatives.slope(as_function(f, ["x"]), x, h)


@probe(NUDGED, lambda f, x, h: f"symmetric_slope(f, {x}, {h})  with f(x) = {f}")
def symmetric_slope_of_curve(derivatives: ModuleType, *, f: str, x: float, h: float) -> Any:
    """The student's central difference of a curve given as text."""
    return derivatives.symmetric_slope(as_function(f, ["x"]), x, h)


@probe(BY_RULES, lambda a, b, c: f"gradf({a}, {b}, {c})")
def gradient_by_hand(derivatives: ModuleType, *, a: float, b: float, c: float) -> Any:
    """The three analytic slopes of the lecture's function."""
    return as_list(derivatives.gradf(a, b, c), f"gradf({a}, {b}, {c})")


@probe(NUDGED, lambda f, names, at, h: f"numerical_gradient(f, {at}, {h})  with f({', '.join(names)}) = {f}")
def numerical_gradient_of_function(
    derivatives: ModuleType, *, f: str, names: list[str], at: list[float], h: float
) -> Any:
    """All partial slopes of a function given as text, and the arguments as the call left them."""
    args = list(at)
    slopes = derivatives.numerical_gradient(as_function(f, names), args, h)
    return {"slopes": as_list(slopes, "numerical_gradient(...)"), "args afterwards": args}
