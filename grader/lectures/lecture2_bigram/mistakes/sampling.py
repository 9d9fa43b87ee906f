"""Known mistakes of lecture 2 in drawing names, from the table and from the net."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture2_bigram.mistakes.shared import COUNTS, NEURAL

DRAWN = "torch.multinomial(p, num_samples=1, replacement=True, generator=generator).item()"
A_NAME = "    for _ in range(count):\n        out = []\n"


def in_both_loops(old: str, new: str) -> tuple[Edit, ...]:
    """The same edit in the sampling loop of the table and in that of the net."""
    return Edit(COUNTS, old, new), Edit(NEURAL, old, new)


MISCONCEPTIONS = (
    Misconception(
        "sample-argmax",
        "The most likely symbol is always taken, so that nothing is left to chance.",
        "Would you call it a draw if it always ends the same way?",
        (
            (
                *in_both_loops(DRAWN, "p.argmax().item()"),
                Edit(COUNTS, "    u = torch.rand(1", "    return p.argmax().item()\n    u = torch.rand(1"),
            ),
        ),
    ),
    Misconception(
        "sample-wrong-row",
        "Every draw is made from the row of the marker, whatever was drawn before.",
        "Follow the index through two draws: which row does the second one use?",
        ((Edit(COUNTS, "p = P[ix]", "p = P[0]"), Edit(NEURAL, "torch.tensor([ix])", "torch.tensor([0])")),),
    ),
    Misconception(
        "sample-marker-kept",
        "The marker is part of the names, at the end or at the start.",
        "Which character is only a sign that the name is complete? Is it added before you ask, or after?",
        (
            in_both_loops("''.join(out)", "''.join(out) + '.'"),
            in_both_loops("''.join(out)", "'.' + ''.join(out)"),
            in_both_loops("''.join(out)", "'.' + ''.join(out) + '.'"),
        ),
    ),
    Misconception(
        "sample-stops-early",
        "The question whether the name is complete comes before the first draw, so that no name ever begins.",
        "Which index do you start with, and what does your loop make of it before anything was drawn?",
        (in_both_loops("while True:", "while ix != 0:"),),
    ),
    Misconception(
        "generator-recreated",
        "The generator is seeded again for every name, so that every name is the same.",
        "How many times is the seed set while five names are made?",
        tuple(
            in_both_loops(A_NAME, f"{A_NAME}        {again}\n")
            for again in (
                "generator = torch.Generator().manual_seed(2147483647)",
                "generator = torch.Generator().manual_seed(generator.initial_seed())",
                "generator.manual_seed(2147483647)",
                "generator.manual_seed(generator.initial_seed())",
            )
        ),
    ),
    Misconception(
        "generator-order",
        "The draws are fair, but not the ones that this generator gives, asked once per character.",
        "Your numbers are valid: from which place in which generator's stream do they come, and how many are used?",
        (
            in_both_loops(DRAWN, DRAWN.replace(", generator=generator", "")),
            in_both_loops("    names = []\n", "    names = []\n    torch.rand(1, generator=generator)\n"),
            in_both_loops(DRAWN, DRAWN.replace("num_samples=1", "num_samples=2").replace(".item()", "[..., 0].item()")),
            edit(COUNTS, "generator=generator, dtype=torch.float64", "dtype=torch.float64"),
            edit(COUNTS, "generator=generator, dtype=torch.float64", "generator=generator"),
        ),
    ),
    Misconception(
        "draw-randn",
        "The number u comes from a normal distribution, so that it may be below 0 or above 1.",
        "How often should u be below 0.5, and how often below 0? Draw a hundred of them.",
        (edit(COUNTS, "u = torch.rand(1", "u = torch.randn(1"),),
    ),
)
