"""What the known mistakes of lecture 3 share: the student's files, edits, pieces of the reference."""

from grader.judging.mistakes.known import Edit

DATASET, MLP, RATES = "dataset.py", "mlp.py", "learning_rate.py"


def edit(file: str, old: str, new: str) -> tuple[Edit, ...]:
    """A mistake made by one edit."""
    return (Edit(file, old, new),)
