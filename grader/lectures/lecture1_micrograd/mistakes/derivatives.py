"""Known mistakes in derivatives.py of lecture 1: the nudge, and the slopes by hand."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture1_micrograd.mistakes.shared import DERIVATIVES

SLOPE = "return (f(x + h) - f(x)) / h"
SYMMETRIC = "return (f(x + h) - f(x - h)) / (2 * h)"
PARTIAL = "slopes.append((f(*up) - f(*down)) / (2 * h))"
BY_HAND = """    return [
        -3 * a**2 - 0.5 * a**-0.5,                 # from -a**3 and -a**0.5
        3 * math.cos(3 * b) + 2.5 * b**1.5,        # the inner 3 comes out of sin(3b)
        c**-2,                                     # -1/c is -(c**-1)
    ]
"""
NUDGED = """    def f(a, b, c):
        return -a**3 + math.sin(3*b) - 1/c + b**2.5 - a**0.5
    h = {h}
    return {slopes}
"""
TO_BOTH = """[
        (f(a + h, b, c) - f(a - h, b, c)) / (2 * h),
        (f(a, b + h, c) - f(a, b - h, c)) / (2 * h),
        (f(a, b, c + h) - f(a, b, c - h)) / (2 * h),
    ]"""
TO_THE_RIGHT = """[
        (f(a + h, b, c) - f(a, b, c)) / h,
        (f(a, b + h, c) - f(a, b, c)) / h,
        (f(a, b, c + h) - f(a, b, c)) / h,
    ]"""
WAYS_OF_TERMS = {
    "-3 * a**2": ("3 * a**2", "-(a**2)", "-3 * a**3"),
    "- 0.5 * a**-0.5": ("+ 0.5 * a**-0.5", "- a**-0.5", "- 0.5 * a**0.5"),
    "+ 2.5 * b**1.5": ("- 2.5 * b**1.5", "+ b**1.5", "+ 2.5 * b**2.5"),
    "c**-2,": ("-(c**-2),", "-(c**-2),", "c**-1,"),
}
# written so that nothing else can be wrong with what it is divided by: all of that comes to 0 as well
TOO_SMALL = (
    Edit(DERIVATIVES, SLOPE, "return (f(x + 1e-17) - f(x)) / 1e-17"),
    Edit(DERIVATIVES, SYMMETRIC, "return (f(x + 1e-17) - f(x - 1e-17)) / (1e-17 + 1e-17)"),
    Edit(DERIVATIVES, "[x + h if", "[x + 1e-17 if"),
    Edit(DERIVATIVES, "[x - h if", "[x - 1e-17 if"),
    Edit(DERIVATIVES, PARTIAL, "slopes.append((-f(*down) + f(*up)) / (1e-17 + 1e-17))"),
)


def not_per_unit() -> tuple[tuple[Edit, ...], ...]:
    """The change of f, divided by something else than the distance, or multiplied by it."""
    return (
        *(edit(DERIVATIVES, SLOPE, SLOPE.replace("/ h", wrong)) for wrong in ("* h", "/ (2 * h)", "")),
        *(edit(DERIVATIVES, SYMMETRIC, SYMMETRIC.replace("/ (2 * h)", wrong)) for wrong in WRONG_WIDTHS),
        *(edit(DERIVATIVES, PARTIAL, PARTIAL.replace("/ (2 * h)", wrong)) for wrong in WRONG_WIDTHS),
    )


WRONG_WIDTHS = ("* (2 * h)", "* h", "/ h", "/ 2 * h", "/ 2", "")

MISCONCEPTIONS = (
    Misconception(
        "numeric-slope-h",
        "The nudge is not the one asked for: it goes to one side only, or is too small for the computer to see.",
        "Which two places do you compare, and how far apart are they? Can your computer tell x and x + h apart?",
        (
            edit(DERIVATIVES, "return (f(x + h) - f(x - h)) / (2 * h)", "return (f(x + h) - f(x)) / h"),
            edit(DERIVATIVES, "return (f(x + h) - f(x - h)) / (2 * h)", "return (f(x) - f(x - h)) / h"),
            edit(
                DERIVATIVES,
                "slopes.append((f(*up) - f(*down)) / (2 * h))",
                "slopes.append((f(*up) - f(*args)) / h)",
            ),
            TOO_SMALL,
        ),
    ),
    Misconception(
        "slope-not-per-unit",
        "The change of f is not divided by the distance between the two places that are compared.",
        "How far apart are your two places? Work out what a straight line of slope 3 gives, with h = 0.5.",
        not_per_unit(),
    ),
    Misconception(
        "gradf-inner-slope",
        "The slope of sin(3b) is taken without the slope of 3b, which stands inside the sine.",
        "Move b by 0.001. How far does 3b move, and so what does the sine see?",
        (edit(DERIVATIVES, "3 * math.cos(3 * b)", "math.cos(3 * b)"),),
    ),
    Misconception(
        "gradf-opposite-sign",
        "One of the terms of f enters the gradient with the opposite sign.",
        "Which term grows with its letter, and which one falls? Check each one alone with a small nudge.",
        (
            *(edit(DERIVATIVES, term, wrong[0]) for term, wrong in WAYS_OF_TERMS.items()),
            edit(DERIVATIVES, "3 * math.cos(3 * b)", "-3 * math.cos(3 * b)"),
        ),
    ),
    Misconception(
        "gradf-power-rule",
        "In one of the terms the exponent comes down in front and is not one lower, or is lower and not in front.",
        "What is the slope of b ** 2.5 at b = 4? Measure it with a small nudge, then each of the other powers.",
        (
            *(edit(DERIVATIVES, term, wrong[2]) for term, wrong in WAYS_OF_TERMS.items()),
            *(edit(DERIVATIVES, term, wrong[1]) for term, wrong in list(WAYS_OF_TERMS.items())[:3]),
        ),
    ),
    Misconception(
        "gradf-nudged",
        "The three slopes are measured with a small nudge, where the statement asks for the rules.",
        "How many digits of your numbers are those of the rules? Which term of f contributes to which slope?",
        (
            *(edit(DERIVATIVES, BY_HAND, NUDGED.format(h=h, slopes=TO_BOTH)) for h in (1e-3, 1e-4, 1e-5, 1e-6, 1e-7)),
            *(edit(DERIVATIVES, BY_HAND, NUDGED.format(h=h, slopes=TO_THE_RIGHT)) for h in (1e-4, 1e-6, 1e-8)),
        ),
    ),
)
