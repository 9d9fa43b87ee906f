"""The known mistakes of the tiny course."""

from grader.judging.mistakes.known import Misconception, edit

FILE = "averages.py"

MISCONCEPTIONS = (
    Misconception(
        "mean-forgets-to-share",
        "The numbers are added up, and their sum is not shared out.",
        "What should the mean of 5.0, 5.0 and 5.0 be?",
        (edit(FILE, "return sum(xs) / len(xs)", "return sum(xs)"),),
    ),
    Misconception(
        "last-group-left-out",
        "The last group of neighbours gets no mean.",
        "How many groups of three do four numbers have?",
        (edit(FILE, "len(xs) - n + 1)", "len(xs) - n)"),),
    ),
)
