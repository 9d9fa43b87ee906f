"""Known mistakes in derivatives.py of lecture 1: the nudge."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture1_micrograd.mistakes.shared import DERIVATIVES

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
            (
                Edit(DERIVATIVES, "    # how much the output moves, per unit of input\n", "    h = 1e-17\n"),
                Edit(
                    DERIVATIVES,
                    "    # the errors of the two sides cancel in first order; the two ends are 2h apart\n",
                    "    h = 1e-17\n",
                ),
                Edit(DERIVATIVES, "    slopes = []\n", "    slopes = []\n    h = 1e-17\n"),
            ),
        ),
    ),
)
