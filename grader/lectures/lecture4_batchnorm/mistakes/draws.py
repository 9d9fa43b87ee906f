"""Known mistakes of lecture 4 in drawing: another distribution, another generator, chance where zeros are asked for."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture4_batchnorm.mistakes.initialisation import B2
from grader.lectures.lecture4_batchnorm.mistakes.shared import BATCHNORM, LAYERS, START

PASSED = ", generator=generator"
DRAWN = {
    START: (
        "C  = torch.randn((vocab_size, n_embd)",
        "W1 = torch.randn((fan_in, n_hidden)",
        "b1 = torch.randn(n_hidden",
        "W2 = torch.randn((n_hidden, vocab_size)",
    ),
    BATCHNORM: (
        "C  = torch.randn((vocab_size, n_embd)",
        "W1 = torch.randn((fan_in, n_hidden)",
        "W2 = torch.randn((n_hidden, vocab_size)",
    ),
    LAYERS: ("C = torch.randn((vocab_size, n_embd)", "self.weight = torch.randn((fan_in, fan_out)"),
}
ONE_BY_ONE = tuple((file, call) for file, calls in DRAWN.items() for call in calls)
MATRICES = tuple(tuple((f, c) for f, c in ONE_BY_ONE if f == file and c[0] == "W") for file in (START, BATCHNORM))
TOGETHER = tuple(tuple((f, c) for f, c in ONE_BY_ONE if f == file) for file in (START, BATCHNORM))
ZEROS = "torch.zeros(fan_out) if bias"


def evenly(*calls: tuple[str, str]) -> tuple[Edit, ...]:
    """These draws by torch.rand."""
    return tuple(Edit(file, call, call.replace("randn", "rand")) for file, call in calls)


def without_generator(*calls: tuple[str, str]) -> tuple[Edit, ...]:
    """These draws without the generator that was handed in."""
    return tuple(Edit(file, call + PASSED, call) for file, call in calls)


HIDDEN, LAST = (f"Linear(fan_in, {width}, bias=False" for width in ("n_hidden", "vocab_size"))

MISCONCEPTIONS = (
    Misconception(
        "rand-for-randn",
        "Numbers are drawn evenly between 0 and 1, where the statement asks for a normal distribution.",
        "Is any of these numbers below 0? What are their mean and spread, and what should they be?",
        (
            *(evenly(call) for call in ONE_BY_ONE),
            *(evenly(*calls) for calls in (*MATRICES, *TOGETHER)),
        ),
    ),
    Misconception(
        "generator-not-passed",
        "A draw does not come from the generator that was handed in, but from torch's own.",
        "Make the same net twice, each time with a new generator and the same seed. Are all its numbers the same?",
        (
            *(without_generator(call) for call in ONE_BY_ONE),
            *(without_generator(*calls) for calls in TOGETHER),
            edit(LAYERS, HIDDEN + PASSED, HIDDEN),
            edit(LAYERS, LAST + PASSED, LAST),
            (Edit(LAYERS, HIDDEN + PASSED, HIDDEN), Edit(LAYERS, LAST + PASSED, LAST)),
        ),
    ),
    Misconception(
        "bias-random",
        "A bias or a shift starts at random numbers, where the statement asks for zeros.",
        "What should a layer's output be for an input of zeros, before any training?",
        (
            edit(START, B2, "b2 = torch.randn(vocab_size, generator=generator) * 0.01"),
            edit(START, B2, "b2 = torch.rand(vocab_size, generator=generator)"),
            edit(BATCHNORM, B2, "b2 = torch.randn(vocab_size, generator=generator) * 0.01"),
            edit(BATCHNORM, B2, "b2 = torch.rand(vocab_size, generator=generator)"),
            edit(
                BATCHNORM,
                "bnbias = torch.zeros((1, n_hidden))",
                "bnbias = torch.randn((1, n_hidden), generator=generator)",
            ),
            edit(LAYERS, ZEROS, "torch.randn(fan_out, generator=generator) if bias"),
            edit(LAYERS, ZEROS, "torch.randn(fan_out, generator=generator) / fan_in**0.5 if bias"),
            edit(LAYERS, ZEROS, "torch.rand(fan_out, generator=generator) if bias"),
            edit(LAYERS, ZEROS, "torch.randn(fan_out) if bias"),
            edit(LAYERS, "self.beta = torch.zeros(dim)", "self.beta = torch.randn(dim)"),
        ),
    ),
)
