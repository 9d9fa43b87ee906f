"""Known mistakes of lecture 6 in the other layers: tables, products, neighbours side by side, and the container."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture6_wavenet.mistakes.shared import GROUPED, LAYERS, SQUEEZED

FLAT = "self.out = x.view(x.shape[0], -1)"
TABLE = "torch.randn((num_embeddings, embedding_dim), generator=generator)"
WEIGHT = "torch.randn((fan_in, fan_out), generator=generator) / fan_in**0.5"
BIASED = "self.out = self.out + self.bias"
ALL_PARAMETERS = "return [p for layer in self.layers for p in layer.parameters()]"

MISCONCEPTIONS = (
    Misconception(
        "rand-for-randn",
        "Numbers are drawn evenly between 0 and 1, where the statement asks for a normal distribution.",
        "Is any of these numbers below 0? What are their mean and spread, and what should they be?",
        (
            edit(LAYERS, TABLE, TABLE.replace("randn", "rand")),
            edit(LAYERS, WEIGHT, WEIGHT.replace("randn", "rand")),
        ),
    ),
    Misconception(
        "generator-not-passed",
        "A draw does not come from the generator that was handed in, but from torch's own.",
        "Make the same layer twice, each time with a new generator and the same seed. Are all its numbers the same?",
        (
            edit(LAYERS, TABLE, TABLE.replace(", generator=generator", "")),
            edit(LAYERS, WEIGHT, WEIGHT.replace(", generator=generator", "")),
            edit(
                "model.py",
                "Embedding(vocab_size, n_embd, generator=generator),\n        Flatten",
                "Embedding(vocab_size, n_embd),\n        Flatten",
            ),
        ),
    ),
    Misconception(
        "embedding-scaled",
        "The table of the embedding is scaled as the weight of a Linear is.",
        "Linear divides so that a sum of fan_in terms stays calm. What is summed up when a row is looked up?",
        (
            edit(LAYERS, TABLE, f"{TABLE} / embedding_dim**0.5"),
            edit(LAYERS, TABLE, f"{TABLE} / num_embeddings**0.5"),
        ),
    ),
    Misconception(
        "init-scale-wrong",
        "The weight of a Linear is not divided by the root of fan_in.",
        "How wide is the spread of a sum of 100 terms of spread 1? By what must each be divided to make it 1?",
        (
            edit(LAYERS, WEIGHT, WEIGHT.removesuffix(" / fan_in**0.5")),
            edit(LAYERS, WEIGHT, WEIGHT.replace("fan_in**0.5", "fan_in")),
            edit(LAYERS, WEIGHT, WEIGHT.replace("fan_in**0.5", "fan_out**0.5")),
        ),
    ),
    Misconception(
        "bias-twice-or-missing",
        "A bias is added twice, or not at all.",
        "Feed zeros to the layer. What should come out, and what does?",
        (
            edit(LAYERS, BIASED, f"{BIASED} + self.bias"),
            edit(LAYERS, BIASED, "pass"),
        ),
    ),
    Misconception(
        "flatten-wrong-grouping",
        "Positions that do not follow one another, or numbers of different examples, are laid side by side.",
        "Put t into every cell of position t. Which t's are together?",
        (
            edit(
                LAYERS,
                GROUPED,
                "x = x.view(B, self.n, T // self.n, C).transpose(1, 2).reshape(B, T // self.n, C * self.n)",
            ),
            edit(LAYERS, GROUPED, "x = x.transpose(1, 2).reshape(B, T // self.n, C * self.n)"),
            edit(LAYERS, GROUPED, "x = x.transpose(0, 1).reshape(B, T // self.n, C * self.n)"),
            edit(LAYERS, GROUPED, "x = x.view(B, C * self.n, T // self.n)"),
            edit(LAYERS, GROUPED, "x = x.view(B, C * self.n, T // self.n).transpose(1, 2)"),
            edit(LAYERS, FLAT, "self.out = x.transpose(0, 1).reshape(x.shape[0], -1)"),
        ),
    ),
    Misconception(
        "flatten-interleaved",
        "The right positions are together, but their channels take turns.",
        "Compare with laying the even and the odd positions side by side: where does the second position begin?",
        (
            edit(
                LAYERS,
                GROUPED,
                "x = x.view(B, T // self.n, self.n, C).transpose(2, 3).reshape(B, T // self.n, C * self.n)",
            ),
            edit(LAYERS, FLAT, "self.out = x.transpose(1, 2).reshape(x.shape[0], -1)"),
        ),
    ),
    Misconception(
        "flatten-keeps-unit-axis",
        "If one group is left, its axis of size 1 is still there.",
        "Which shape does the loss expect, and which would it get from your last level?",
        (
            edit(LAYERS, SQUEEZED, ""),
            edit(LAYERS, "x = x.squeeze(1)", "x.squeeze(1)"),
        ),
    ),
    Misconception(
        "flatten-squeezes-too-much",
        "Every axis of size 1 is taken away, also that of a single example.",
        "Name the axis that you want to drop. What happens to a batch of one example?",
        (
            edit(LAYERS, SQUEEZED, "        x = x.squeeze()\n"),
            edit(LAYERS, "x = x.squeeze(1)", "x = x.squeeze()"),
            edit(LAYERS, SQUEEZED, "        x = x.squeeze(0).squeeze(0) if T == self.n and B == 1 else x.squeeze(1)\n"),
        ),
    ),
    Misconception(
        "sequential-params",
        "The list of parameters leaves some of them out, or it is a list of lists.",
        "Count the numbers that training may change. Is the embedding among them, and is each item a tensor?",
        (
            edit(LAYERS, ALL_PARAMETERS, "return [layer.parameters() for layer in self.layers]"),
            edit(LAYERS, ALL_PARAMETERS, f"{ALL_PARAMETERS[:-1]} if isinstance(layer, Linear)]"),
            edit(LAYERS, ALL_PARAMETERS, ALL_PARAMETERS.replace("self.layers", "self.layers[1:]")),
            edit(LAYERS, ALL_PARAMETERS, ALL_PARAMETERS.replace("self.layers", "self.layers[:-1]")),
            edit(LAYERS, ALL_PARAMETERS, "return [layer.weight for layer in self.layers if hasattr(layer, 'weight')]"),
            edit(LAYERS, ALL_PARAMETERS, "return self.layers[-1].parameters()"),
            edit(LAYERS, ALL_PARAMETERS, f"{ALL_PARAMETERS[:-1]} if not isinstance(layer, BatchNorm1d)]"),
            (
                Edit(
                    LAYERS,
                    ALL_PARAMETERS,
                    "return [p for layer in self.layers for p in layer.parameters() if p.ndim > 1]",
                ),
            ),
        ),
    ),
    Misconception(
        "sequential-input-again",
        "Each layer gets the first input again, instead of what the layer before it returned.",
        "Print the shape of what goes into each layer. Whose output should it be?",
        (edit(LAYERS, "            x = layer(x)\n        self.out = x", "            self.out = layer(x)"),),
    ),
)
