"""The simplest grader there is: it imports a submission into its own process and compares. Only for the control."""

import math
import sys


def slope(f, x, h):
    return (f(x + h) - f(x)) / h


CASES = [["parabola", 3.0, 0.01, 14.03], ["parabola", -1.0, 0.5, -8.5], ["parabola", 0.5, 0.1, -0.7]]


def parabola(x):
    return 3 * x**2 - 4 * x + 5


def grade(student):
    points = 0
    for _, x, h, _ in CASES:
        expected = slope(parabola, x, h)
        found = student["slope"](parabola, x, h)
        points += found == expected or math.isclose(found, expected)
    print(f"{100 * points // len(CASES)} of 100")


if __name__ == "__main__":
    namespace = {"__name__": "derivatives"}
    with open(sys.argv[1]) as source:
        exec(compile(source.read(), "derivatives.py", "exec"), namespace)
    grade(namespace)
