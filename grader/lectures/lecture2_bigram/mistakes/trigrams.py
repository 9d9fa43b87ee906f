"""Known mistakes of lecture 2 in the context of a trigram."""

from grader.judging.mistakes.known import Misconception, edit
from grader.lectures.lecture2_bigram.mistakes.shared import EXERCISES, TRIGRAM_CHS

MISCONCEPTIONS = (
    Misconception(
        "trigram-context",
        "The two characters of the context are combined in the other order, or only one marker stands in front.",
        "Which two symbols stand in front of the first letter? And do 'ae' and 'ea' get the numbers you expect?",
        (
            edit(EXERCISES, "V * stoi[ch1] + stoi[ch2]", "stoi[ch1] + V * stoi[ch2]"),
            edit(EXERCISES, TRIGRAM_CHS, "chs = ['.'] + list(w) + ['.']"),
        ),
    ),
)
