"""Known mistakes in nn.py of lecture 1: missing parameters, and what a neuron leaves out."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture1_micrograd.mistakes.shared import NN

MISCONCEPTIONS = (
    Misconception(
        "params-incomplete",
        "Some of the parameters are missing from parameters(), so that training never moves them.",
        "Count by hand how many numbers your net may change. How many does parameters() list?",
        (
            edit(NN, "return self.w + [self.b]", "return list(self.w)"),
            edit(NN, "return self.w + [self.b]", "return [self.b]"),
            edit(NN, "for neuron in self.neurons for", "for neuron in self.neurons[-1:] for"),
            edit(NN, "for neuron in self.neurons for", "for neuron in self.neurons[:1] for"),
            edit(NN, "for layer in self.layers for", "for layer in self.layers[-1:] for"),
            edit(NN, "for layer in self.layers for", "for layer in self.layers[:-1] for"),
        ),
    ),
    Misconception(
        "neuron-shape",
        "A neuron's bias, its own weights, or its tanh is left out somewhere in the net.",
        "What comes out of a neuron that is fed with zeros? Do two neurons ever agree? Is there a tanh at the end?",
        (
            edit(
                NN,
                "sum((wi * xi for wi, xi in zip(self.w, x)), self.b)",
                "sum(wi * xi for wi, xi in zip(self.w, x))",
            ),
            edit(NN, "return act.tanh()", "return act"),
            edit(NN, "[Neuron(nin, rng) for _ in range(nout)]", "[Neuron(nin, rng)] * nout"),
            (
                Edit(
                    NN,
                    "def __init__(self, nin, rng=random):",
                    "def __init__(self, nin, rng=random, nonlin=True):",
                ),
                Edit(
                    NN,
                    "        self.b = Value(rng.uniform(-1, 1))\n",
                    "        self.b = Value(rng.uniform(-1, 1))\n        self.nonlin = nonlin\n",
                ),
                Edit(NN, "return act.tanh()", "return act.tanh() if self.nonlin else act"),
                Edit(
                    NN,
                    "        for layer in self.layers:\n",
                    "        for n in self.layers[-1].neurons:\n            n.nonlin = False\n"
                    "        for layer in self.layers:\n",
                ),
            ),
        ),
    ),
    Misconception(
        "layer-single-in-list",
        "A layer of a single neuron gives a list with its one Value, and not the Value itself.",
        "What is the type of Layer(2, 1)(x)?",
        (edit(NN, "return outs[0] if len(outs) == 1 else outs", "return outs"),),
    ),
)
