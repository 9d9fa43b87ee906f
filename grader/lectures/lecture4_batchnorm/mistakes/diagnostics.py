"""Known mistakes of lecture 4 in what is measured: flat ends, dead neurons, the size of updates."""

from grader.judging.mistakes.known import Misconception, edit
from grader.lectures.lecture4_batchnorm.mistakes.shared import DIAGNOSTICS, START

UPDATE = "update = lr * p.grad"
RATIO = "ratios.append(torch.log10(update.std() / p.data.std()).item())"
SATURATED = "saturated = h.abs() > threshold"

MISCONCEPTIONS = (
    Misconception(
        "saturation-one-sided",
        "One of the two flat ends is not counted, or what goes into tanh is, not what comes out.",
        "tanh has two flat ends. Where are they, and of which numbers do you ask it?",
        (
            edit(START, SATURATED + "      #", "saturated = h > threshold      #"),
            edit(START, SATURATED + "\n", "saturated = h > threshold\n"),
            edit(DIAGNOSTICS, "t.abs() > threshold", "t > threshold"),
            edit(
                DIAGNOSTICS,
                "    for layer in layers:\n        if isinstance(layer, Tanh):\n            t = layer.out\n",
                "    for before, layer in zip(layers, layers[1:]):\n        if isinstance(layer, Tanh):\n"
                "            t = before.out\n",
            ),
        ),
    ),
    Misconception(
        "dead-counts-examples",
        "What is counted are the examples that are flat for every neuron, and not the neurons that are flat for every "
        "example.",
        "A neuron is a column here. Along which direction does it have to be flat to be dead?",
        (edit(START, "saturated.all(0)", "saturated.all(1)"),),
    ),
    Misconception(
        "update-ratio-form",
        "The number is not the logarithm to base 10 of the update's spread over the weights' spread.",
        "By how much does your number change when the learning rate is ten times as large? It should be by 1.",
        (
            edit(DIAGNOSTICS, UPDATE, "update = p.grad"),
            edit(DIAGNOSTICS, RATIO, RATIO.replace("log10", "log")),
            edit(DIAGNOSTICS, RATIO, RATIO.replace("torch.log10", "")),
            edit(DIAGNOSTICS, RATIO, RATIO.replace("update.std() / p.data.std()", "update.mean() / p.data.mean()")),
            edit(
                DIAGNOSTICS,
                RATIO,
                RATIO.replace("update.std() / p.data.std()", "update.mean().abs() / p.data.mean().abs()"),
            ),
            edit(
                DIAGNOSTICS,
                RATIO,
                RATIO.replace("update.std() / p.data.std()", "update.abs().mean() / p.data.abs().mean()"),
            ),
        ),
    ),
)
