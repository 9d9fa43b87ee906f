"""Known mistakes of lecture 4 in how the parameters start, in each file that draws some."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture4_batchnorm.mistakes.shared import B1, BATCHNORM, LAYERS, START, W2

# what stands in the reference, and is edited more than once
KAIMING = "return gain / fan_in**0.5"
W1 = 'W1 = torch.randn((fan_in, n_hidden), generator=generator) * kaiming_std(fan_in, "tanh")'
PLAIN_W1 = "W1 = torch.randn((fan_in, n_hidden), generator=generator)"
PLAIN_W2 = "W2 = torch.randn((n_hidden, vocab_size), generator=generator)"
B2 = "b2 = torch.zeros(vocab_size)"
WEIGHT = "self.weight = torch.randn((fan_in, fan_out), generator=generator) / fan_in**0.5"
PLAIN_WEIGHT = "self.weight = torch.randn((fan_in, fan_out), generator=generator)"
LAST_GAMMA = "layers[-1].gamma *= 0.1"

MISCONCEPTIONS = (
    Misconception(
        "init-no-scale",
        "Weights are drawn as widely for many inputs as for few: nothing is divided by the root of their number.",
        "Which loss has a net that knows nothing? And how wide is a sum of 30 numbers of spread 1?",
        (
            edit(START, KAIMING, "return gain"),
            edit(START, KAIMING, "return 1.0"),
            edit(START, W1, PLAIN_W1),
            (
                Edit(START, W1, PLAIN_W1),
                Edit(START, B1, "b1 = torch.randn(n_hidden, generator=generator)"),
                Edit(START, W2, PLAIN_W2),
                Edit(START, B2, "b2 = torch.randn(vocab_size, generator=generator)"),
            ),
            edit(BATCHNORM, W1, PLAIN_W1),
            (Edit(BATCHNORM, W1, PLAIN_W1), Edit(BATCHNORM, W2, PLAIN_W2)),
            edit(LAYERS, WEIGHT, PLAIN_WEIGHT),
        ),
    ),
    Misconception(
        "init-fan-in-no-root",
        "The spread of the weights does not fall with the square root of the number of inputs.",
        "Variances add up. So how does the standard deviation of a sum grow with the number of its terms?",
        (
            edit(START, KAIMING, "return gain / fan_in"),
            edit(START, KAIMING, "return gain * fan_in**0.5"),
            edit(START, W1, PLAIN_W1 + " * (5 / 3) / fan_in"),
            edit(START, W1, PLAIN_W1 + " * (5 / 3) * fan_in**0.5"),
            edit(START, W1, PLAIN_W1 + " * (5 / 3) / n_hidden**0.5"),
            edit(BATCHNORM, W1, PLAIN_W1 + " * (5 / 3) / fan_in"),
            edit(BATCHNORM, W1, PLAIN_W1 + " * (5 / 3) / n_hidden**0.5"),
            edit(LAYERS, WEIGHT, PLAIN_WEIGHT + " / fan_in"),
            edit(LAYERS, WEIGHT, PLAIN_WEIGHT + " * fan_in**0.5"),
            edit(LAYERS, WEIGHT, PLAIN_WEIGHT + " / fan_out**0.5"),
        ),
    ),
    Misconception(
        "init-gain-wrong",
        "The gain 5/3 of tanh is missing, counts twice, or is given to a layer that no tanh follows.",
        "What does tanh do to the spread of what goes through it, and which layers are followed by tanh?",
        (
            edit(START, '"tanh": 5 / 3', '"tanh": 1.0'),
            edit(START, '"tanh": 5 / 3', '"tanh": (5 / 3) ** 2'),
            edit(START, '"linear": 1.0', '"linear": 5 / 3'),
            edit(START, W1, PLAIN_W1 + " / fan_in**0.5"),
            edit(START, W1, W1 + " * (5 / 3)"),
            edit(START, W2, PLAIN_W2 + ' * kaiming_std(n_hidden, "tanh")'),
            edit(BATCHNORM, W1, PLAIN_W1 + " / fan_in**0.5"),
            edit(BATCHNORM, W1, W1 + " * (5 / 3)"),
            edit(BATCHNORM, W2, PLAIN_W2 + ' * kaiming_std(n_hidden, "tanh")'),
            edit(LAYERS, WEIGHT, WEIGHT + " * (5 / 3)"),
        ),
    ),
    Misconception(
        "init-all-zero",
        "Weights start at zero, so that no gradient gets through them at the start.",
        "Multiply the gradient that arrives by weights that are zero. What reaches the layer below?",
        (
            (
                Edit(START, W1, "W1 = torch.zeros((fan_in, n_hidden))"),
                Edit(START, B1, "b1 = torch.zeros(n_hidden)"),
                Edit(START, W2, "W2 = torch.zeros((n_hidden, vocab_size))"),
            ),
            (
                Edit(
                    START,
                    "C  = torch.randn((vocab_size, n_embd), generator=generator)",
                    "C  = torch.zeros((vocab_size, n_embd))",
                ),
                Edit(START, W1, "W1 = torch.zeros((fan_in, n_hidden))"),
                Edit(START, B1, "b1 = torch.zeros(n_hidden)"),
                Edit(START, W2, "W2 = torch.zeros((n_hidden, vocab_size))"),
            ),
            (
                Edit(START, W1, "W1 = torch.zeros((fan_in, n_hidden))"),
                Edit(START, W2, "W2 = torch.zeros((n_hidden, vocab_size))"),
            ),
            edit(START, W1, "W1 = torch.zeros((fan_in, n_hidden))"),
            edit(START, W2, "W2 = torch.zeros((n_hidden, vocab_size))"),
            (
                Edit(BATCHNORM, W1, "W1 = torch.zeros((fan_in, n_hidden))"),
                Edit(BATCHNORM, W2, "W2 = torch.zeros((n_hidden, vocab_size))"),
            ),
            edit(BATCHNORM, W2, "W2 = torch.zeros((n_hidden, vocab_size))"),
            edit(LAYERS, WEIGHT, "self.weight = torch.zeros((fan_in, fan_out))"),
        ),
    ),
    Misconception(
        "output-layer-overconfident",
        "The last layer starts too large, or another was made small: some characters are preferred.",
        "How should the first logits look if no character is preferred? Which layer makes them?",
        (
            edit(START, W2, PLAIN_W2),
            edit(START, B2, "b2 = torch.randn(vocab_size, generator=generator)"),
            (Edit(START, W2, PLAIN_W2), Edit(START, B2, "b2 = torch.randn(vocab_size, generator=generator)")),
            (Edit(START, W1, PLAIN_W1 + " * 0.01"), Edit(START, W2, PLAIN_W2)),
            edit(BATCHNORM, W2, PLAIN_W2),
            edit(BATCHNORM, B2, "b2 = torch.randn(vocab_size, generator=generator)"),
            edit(LAYERS, LAST_GAMMA, "pass"),
            edit(LAYERS, LAST_GAMMA, "layers[1].gamma *= 0.1"),
            edit(LAYERS, LAST_GAMMA, "layers[-2].weight *= 0.1"),
        ),
    ),
)
