"""Known mistakes in mlp.py of lecture 3 in drawing: another distribution, another generator, the same numbers again."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture3_mlp.mistakes.sampling import SAMPLE_START
from grader.lectures.lecture3_mlp.mistakes.shared import AGAIN, MLP
from grader.lectures.lecture3_mlp.mistakes.training import ROW_NUMBERS

PASSED = ", generator=generator"
C = "C = torch.randn((vocab_size, n_embd)"
W1 = "W1 = torch.randn((block_size * n_embd, n_hidden)"
B1 = "b1 = torch.randn(n_hidden"
W2 = "W2 = torch.randn((n_hidden, vocab_size)"
B2 = "b2 = torch.randn(vocab_size"
CALLS = (C, W1, B1, W2, B2)
DRAWN = "ix = torch.multinomial(probs, num_samples=1, generator=generator)"


def evenly(*calls: str) -> tuple[Edit, ...]:
    """These draws by torch.rand."""
    return tuple(Edit(MLP, call, call.replace("randn", "rand")) for call in calls)


def without_generator(*calls: str) -> tuple[Edit, ...]:
    """These draws without the generator that was handed in."""
    return tuple(Edit(MLP, call + PASSED, call) for call in calls)


MISCONCEPTIONS = (
    Misconception(
        "rand-for-randn",
        "Numbers are drawn evenly between 0 and 1, where the statement asks for a normal distribution.",
        "Is any of these numbers below 0? What are their mean and spread, and what should they be?",
        (*map(evenly, CALLS), evenly(W1, W2), evenly(C, W1, W2), evenly(B1, B2), evenly(*CALLS)),
    ),
    Misconception(
        "generator-not-passed",
        "A draw does not come from the generator that was handed in, but from torch's own.",
        "Call it twice, each time with a new generator and the same seed. Are all numbers the same?",
        (
            *map(without_generator, CALLS),
            without_generator(*CALLS),
            edit(MLP, ROW_NUMBERS, ROW_NUMBERS.replace(PASSED, "")),
            edit(MLP, DRAWN, DRAWN.replace(PASSED, "")),
        ),
    ),
    Misconception(
        "generator-recreated",
        "The generator is seeded again for every name, so that every name is the same.",
        "How many times is the seed set while five names are made?",
        tuple(edit(MLP, SAMPLE_START, f"{SAMPLE_START}        {again}\n") for again in AGAIN),
    ),
    Misconception(
        "biases-zero",
        "A bias starts at zeros, where the statement asks for random numbers.",
        "How many numbers does your code draw from the generator, and how many does the net have?",
        (
            edit(MLP, B2 + PASSED, "b2 = torch.zeros(vocab_size"),
            (
                Edit(MLP, B1 + PASSED, "b1 = torch.zeros(n_hidden"),
                Edit(MLP, B2 + PASSED, "b2 = torch.zeros(vocab_size"),
            ),
        ),
    ),
)
