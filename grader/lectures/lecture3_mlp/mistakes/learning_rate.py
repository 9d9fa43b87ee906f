"""Known mistakes in learning_rate.py of lecture 3: the sweep, and the pick."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture3_mlp.mistakes.shared import RATES

SWEPT = "    for lr in candidate_rates(low, high, count).tolist():\n"
MEANS = "torch.tensor(losses[:n * block]).view(n, block).mean(1)"

MISCONCEPTIONS = (
    Misconception(
        "lr-scan-plot",
        "A scan has something else than its rates and losses: exponents, even steps, an earlier scan.",
        "Print each rate beside its exponent. Which of the two is in your list, and what is in it after a second call?",
        (
            edit(RATES, "    return 10**lre\n", "    return lre\n"),
            edit(RATES, "    return 10**lre\n", "    return torch.linspace(10**low, 10**high, count)\n"),
            edit(RATES, SWEPT, "    for lr in torch.linspace(low, high, count).tolist():\n"),
            edit(RATES, "rates.append(lr)", "rates.append(torch.tensor(lr).log10().item())"),
            (
                Edit(RATES, "    rates, losses = [], []\n", ""),
                Edit(RATES, "def sweep(", "rates, losses = [], []\n\n\ndef sweep("),
            ),
            (
                Edit(RATES, "    rates, losses = [], []\n", "    losses = []\n"),
                Edit(RATES, "def sweep(", "rates = []\n\n\ndef sweep("),
            ),
            (
                Edit(RATES, "    rates, losses = [], []\n", "    rates = []\n"),
                Edit(RATES, "def sweep(", "losses = []\n\n\ndef sweep("),
            ),
        ),
    ),
    Misconception(
        "pick-other-rate",
        "The rate that is picked is not the middle one of the block with the smallest mean.",
        "Which block has the smallest mean? Which of its rates is in the middle, and which one is yours?",
        (
            edit(RATES, "means.argmin()", "means.argmax()"),
            edit(RATES, "best * block + block // 2", "best * block"),
            edit(RATES, "best * block + block // 2", "best"),
            edit(RATES, "return rates[best * block + block // 2]", "return rates[losses.index(min(losses))]"),
        ),
    ),
    Misconception(
        "loss-log-scale-mean",
        "A mean is not of one whole block: the wrong axis, or a length that does not divide.",
        "How many means should there be, and how many losses go into each? What becomes of those that are left over?",
        (
            edit(RATES, MEANS, "torch.tensor(losses[:n * block]).view(n, block).mean(0)"),
            edit(RATES, MEANS, "torch.tensor(losses[:n * block]).view(block, n).mean(0)"),
            edit(RATES, MEANS, "torch.tensor(losses[:n * block]).view(block, n).mean(1)"),
            edit(RATES, MEANS, "torch.tensor(losses).view(n, block).mean(1)"),
            edit(RATES, MEANS, "torch.tensor(losses).view(-1, block).mean(1)"),
        ),
    ),
)
