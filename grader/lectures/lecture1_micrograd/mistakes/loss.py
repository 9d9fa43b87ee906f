"""Known mistakes in the loss of lecture 1, which stands in training.py."""

from grader.judging.mistakes.known import Misconception, edit
from grader.lectures.lecture1_micrograd.mistakes.shared import TRAINING

MISCONCEPTIONS = (
    Misconception(
        "loss-not-squared",
        "The differences are added up as they are, so that errors of opposite sign cancel or count too little.",
        "Can your loss be negative, or grow evenly with an error that doubles? Which does the statement ask for?",
        (
            edit(TRAINING, "sum((yout - ygt) ** 2 for", "sum(yout - ygt for"),
            edit(TRAINING, "sum((yout - ygt) ** 2 for", "sum(((yout - ygt) ** 2) ** 0.5 for"),
        ),
    ),
)
