"""What the known mistakes of lecture 2 share: the student's files, pieces of the reference."""

from grader.judging.mistakes.known import Edit

COUNTS, NEURAL, EXERCISES = "counts.py", "neural.py", "exercises.py"


# ---- the pieces of the reference that are edited

TRIGRAM_CHS = "chs = ['.', '.'] + list(w) + ['.']"
UNMOVED = "    logits = logits - logits.max(1, keepdim=True).values\n"
SOFTMAX = "return counts / counts.sum(1, keepdim=True)"


def softmax_as(quotient: str) -> tuple[tuple[Edit, ...], ...]:
    """Another last step of the softmax, with the largest logit moved to 0 first, and without."""
    wrong = Edit(NEURAL, SOFTMAX, f"return {quotient}")
    return (wrong,), (wrong, Edit(NEURAL, UNMOVED, ""))
