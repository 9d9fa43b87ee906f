"""The known mistakes of lecture 4, each as the smallest edit of our solution that makes it."""

from grader.judging.mistakes.known import Edit, Misconception

START, BATCHNORM, LAYERS = "initialisation.py", "batchnorm.py", "layers.py"
DIAGNOSTICS, EXERCISES = "diagnostics.py", "exercises.py"


def edit(file: str, old: str, new: str, times: int = 1) -> tuple[Edit, ...]:
    """A variant that is a single edit."""
    return (Edit(file, old, new, times),)


# what stands in the reference, and is edited more than once
KAIMING = "return gain / fan_in**0.5"
W1 = 'W1 = torch.randn((fan_in, n_hidden), generator=generator) * kaiming_std(fan_in, "tanh")'
PLAIN_W1 = "W1 = torch.randn((fan_in, n_hidden), generator=generator)"
W2 = "W2 = torch.randn((n_hidden, vocab_size), generator=generator) * 0.01"
PLAIN_W2 = "W2 = torch.randn((n_hidden, vocab_size), generator=generator)"
B1 = "b1 = torch.randn(n_hidden, generator=generator) * 0.01"
B2 = "b2 = torch.zeros(vocab_size)"
WEIGHT = "self.weight = torch.randn((fan_in, fan_out), generator=generator) / fan_in**0.5"
PLAIN_WEIGHT = "self.weight = torch.randn((fan_in, fan_out), generator=generator)"
LAST_GAMMA = "layers[-1].gamma *= 0.1"
NO_BIAS = "bias=False, generator=generator"

MEAN = "bnmeani = hpreact.mean(0, keepdim=True)                    #"
VARIANCE = "bnvari = hpreact.var(0, keepdim=True)                      #"
RAW = "bnraw = (hpreact - bnmeani) / torch.sqrt(bnvari + eps)"
AFFINE = "return bngain * bnraw + bnbias"
EVALUATED = "hpreact = bngain * (hpreact - bnmean) / torch.sqrt(bnstd**2 + eps) + bnbias"
BATCH_STD = "bnstdi = hpreact.std(0, keepdim=True)"
CREEP = (
    "        bnmean_running = (1 - momentum) * bnmean_running + momentum * bnmeani\n"
    "        bnstd_running = (1 - momentum) * bnstd_running + momentum * bnstdi\n"
)

XMEAN, XVAR = "xmean = x.mean(0, keepdim=True)", "xvar = x.var(0, keepdim=True)"
XHAT = "xhat = (x - xmean) / torch.sqrt(xvar + self.eps)"
OUT = "self.out = self.gamma * xhat + self.beta"
BUFFERS = """        if self.training:
            with torch.no_grad():
                self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * xmean
                self.running_var = (1 - self.momentum) * self.running_var + self.momentum * xvar
"""
NEW_MEAN = "(1 - self.momentum) * self.running_mean + self.momentum * xmean"
NEW_VAR = "(1 - self.momentum) * self.running_var + self.momentum * xvar"
MODES = """        if self.training:
            xmean = x.mean(0, keepdim=True)        # (1, dim)
            xvar = x.var(0, keepdim=True)          # (1, dim)
        else:
            xmean = self.running_mean
            xvar = self.running_var
"""
BATCH_ALWAYS = """        xmean = x.mean(0, keepdim=True)
        xvar = x.var(0, keepdim=True)
"""
UPDATE_ALWAYS = """        with torch.no_grad():
            self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * x.mean(0, keepdim=True)
            self.running_var = (1 - self.momentum) * self.running_var + self.momentum * x.var(0, keepdim=True)
"""
SWITCH = """    for layer in layers:
        if hasattr(layer, "training"):
            layer.training = training
"""
STATISTICS = "        bnmean = hpreact.mean(0, keepdim=True)\n        bnstd = hpreact.std(0, keepdim=True)\n"
TRAINING_SET = 'Xtr, _ = splits["train"]'

SLOPE = "slope = (bn.gamma / torch.sqrt(bn.running_var + bn.eps)).view(-1)"
FOLDED_BIAS = "folded.bias = (before - mean) * slope + bn.beta"

UPDATE = "update = lr * p.grad"
RATIO = "ratios.append(torch.log10(update.std() / p.data.std()).item())"
SATURATED = "saturated = h.abs() > threshold"


def without_guard(text: str, guard: str) -> str:
    """The lines under a `with` that is gone, moved to its depth."""
    head, _, body = text.partition(guard)
    return head + "".join(line.removeprefix("    ") for line in body.splitlines(True))


UPDATED = (
    "    with torch.no_grad():\n        bnmeani = hpreact.mean(0, keepdim=True)\n"
    "        bnstdi = hpreact.std(0, keepdim=True)\n" + CREEP
)
CALIBRATED = (
    "    with torch.no_grad():\n"
    "        emb = C[Xtr]                               # (N, block_size, n_embd)\n"
    "        hpreact = emb.view(emb.shape[0], -1) @ W1  # (N, n_hidden)\n" + STATISTICS
)

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
    Misconception(
        "bias-before-bn",
        "There is a bias in front of batch norm: it costs numbers, and can never learn anything.",
        "Batch norm subtracts the mean over the batch. What is left of a constant that was added to every example?",
        (
            (
                Edit(BATCHNORM, W2, B1 + "\n    " + W2),
                Edit(BATCHNORM, "parameters = [C, W1, W2,", "parameters = [C, W1, b1, W2,"),
            ),
            edit(LAYERS, NO_BIAS, "generator=generator", 2),
            edit(LAYERS, "Linear(fan_in, n_hidden, " + NO_BIAS, "Linear(fan_in, n_hidden, generator=generator"),
            edit(LAYERS, "Linear(fan_in, vocab_size, " + NO_BIAS, "Linear(fan_in, vocab_size, generator=generator"),
        ),
    ),
    Misconception(
        "bn-axis-features",
        "Each example is normalised over its own units, instead of each unit over the batch.",
        "Batch norm: over which dimension does the batch run?",
        (
            (
                Edit(BATCHNORM, MEAN, MEAN.replace("mean(0", "mean(1")),
                Edit(BATCHNORM, VARIANCE, VARIANCE.replace("var(0", "var(1")),
            ),
            (
                Edit(LAYERS, XMEAN, "xmean = x.mean(1, keepdim=True)"),
                Edit(LAYERS, XVAR, "xvar = x.var(1, keepdim=True)"),
            ),
        ),
    ),
    Misconception(
        "bn-axis-all",
        "One mean and one variance are taken of the whole array, so that units of different size stay different.",
        "Should a unit with large values decide how another unit is normalised?",
        (
            (
                Edit(BATCHNORM, MEAN, "bnmeani = hpreact.mean()  #"),
                Edit(BATCHNORM, VARIANCE, "bnvari = hpreact.var()  #"),
            ),
            (Edit(LAYERS, XMEAN, "xmean = x.mean()"), Edit(LAYERS, XVAR, "xvar = x.var()")),
            (Edit(LAYERS, XMEAN, "xmean = x.mean().view(1)"), Edit(LAYERS, XVAR, "xvar = x.var().view(1)")),
            (
                Edit(
                    BATCHNORM, "        bnmeani = hpreact.mean(0, keepdim=True)\n", "        bnmeani = hpreact.mean()\n"
                ),
                Edit(BATCHNORM, BATCH_STD, "bnstdi = hpreact.std()"),
            ),
        ),
    ),
    Misconception(
        "bn-no-sqrt",
        "The distance from the mean is divided by the variance, and not by its root.",
        "In which units is a variance measured, if the numbers are metres?",
        (
            edit(BATCHNORM, RAW, "bnraw = (hpreact - bnmeani) / (bnvari + eps)"),
            edit(BATCHNORM, EVALUATED, EVALUATED.replace("torch.sqrt(bnstd**2 + eps)", "(bnstd**2 + eps)")),
            edit(LAYERS, XHAT, "xhat = (x - xmean) / (xvar + self.eps)"),
        ),
    ),
    Misconception(
        "bn-eps-placement",
        "eps is not added to the variance under the root: it stands outside, is missing, or is of another size.",
        "Feed a column that is constant, and one that hardly varies. What should come out?",
        (
            edit(BATCHNORM, RAW, "bnraw = (hpreact - bnmeani) / (torch.sqrt(bnvari) + eps)"),
            edit(BATCHNORM, RAW, "bnraw = (hpreact - bnmeani) / torch.sqrt(bnvari)"),
            edit(BATCHNORM, RAW, "bnraw = (hpreact - bnmeani) / torch.sqrt(bnvari) + eps"),
            edit(
                BATCHNORM,
                "def normalise_batch(hpreact, bngain, bnbias, eps=1e-5):",
                "def normalise_batch(hpreact, bngain, bnbias, eps=1e5):",
            ),
            edit(BATCHNORM, EVALUATED, EVALUATED.replace("torch.sqrt(bnstd**2 + eps)", "(bnstd + eps)")),
            edit(BATCHNORM, EVALUATED, EVALUATED.replace("torch.sqrt(bnstd**2 + eps)", "bnstd")),
            edit(LAYERS, XHAT, "xhat = (x - xmean) / (torch.sqrt(xvar) + self.eps)"),
            edit(LAYERS, XHAT, "xhat = (x - xmean) / torch.sqrt(xvar)"),
            edit(LAYERS, XHAT, "xhat = (x - xmean) / torch.sqrt(xvar) + self.eps"),
            edit(
                LAYERS,
                "def __init__(self, dim, eps=1e-5, momentum=0.1):",
                "def __init__(self, dim, eps=1e5, momentum=0.1):",
            ),
        ),
    ),
    Misconception(
        "bn-biased-vs-unbiased",
        "A variance is divided by the number of examples; the statement asks for one less.",
        "Work out the variance of 1, 2 and 3 by hand. What do you divide by, and what does the statement say?",
        (
            edit(BATCHNORM, VARIANCE, VARIANCE.replace("keepdim=True)", "keepdim=True, unbiased=False)")),
            edit(BATCHNORM, BATCH_STD, "bnstdi = hpreact.std(0, keepdim=True, unbiased=False)"),
            edit(
                BATCHNORM,
                "bnstd = hpreact.std(0, keepdim=True)",
                "bnstd = hpreact.std(0, keepdim=True, unbiased=False)",
            ),
            edit(LAYERS, XVAR, "xvar = x.var(0, keepdim=True, unbiased=False)"),
            edit(LAYERS, NEW_VAR, NEW_VAR.replace("xvar", "x.var(0, unbiased=False)")),
            edit(
                LAYERS,
                XHAT,
                "xhat = (x - xmean) / torch.sqrt((x.var(0, unbiased=False) if self.training else xvar) + self.eps)",
            ),
        ),
    ),
    Misconception(
        "bn-affine-missing",
        "Gain and shift are left out, come before the normalising, or start at the wrong numbers.",
        "Set the gain to 2 and the shift to 3. Which mean and which spread should a column have then?",
        (
            edit(BATCHNORM, AFFINE, "return bnraw"),
            edit(BATCHNORM, AFFINE, "return bnraw + bnbias"),
            edit(BATCHNORM, AFFINE, "return bngain * bnraw"),
            (
                Edit(BATCHNORM, MEAN, "hpreact = bngain * hpreact + bnbias\n    " + MEAN),
                Edit(BATCHNORM, AFFINE, "return bnraw"),
            ),
            edit(BATCHNORM, EVALUATED, "hpreact = (hpreact - bnmean) / torch.sqrt(bnstd**2 + eps)"),
            edit(BATCHNORM, "bngain = torch.ones(", "bngain = torch.zeros("),
            edit(LAYERS, OUT, "self.out = xhat"),
            (
                Edit(LAYERS, MODES, "        x = self.gamma * x + self.beta\n" + MODES),
                Edit(LAYERS, OUT, "self.out = xhat"),
            ),
            edit(LAYERS, "self.gamma = torch.ones(dim)", "self.gamma = torch.zeros(dim)"),
        ),
    ),
    Misconception(
        "bn-shift-scaled",
        "The gain multiplies the shift as well, which was added too early.",
        "Set the gain to 2 and the shift to 3. Which mean should a column have afterwards, and which has yours?",
        (
            edit(BATCHNORM, AFFINE, "return bngain * (bnraw + bnbias)"),
            edit(BATCHNORM, EVALUATED, EVALUATED.replace("bngain * (", "bngain * ((").replace("+ bnbias", "+ bnbias)")),
            edit(LAYERS, OUT, "self.out = self.gamma * (xhat + self.beta)"),
        ),
    ),
    Misconception(
        "bn-gain-shift-swapped",
        "Gain and shift have changed places: each stands, or starts, where the other belongs.",
        "Which of the two multiplies, and which is added? Which number changes nothing in each of these roles?",
        (
            edit(BATCHNORM, AFFINE, "return bnbias * bnraw + bngain"),
            edit(BATCHNORM, EVALUATED, EVALUATED.replace("bngain *", "bnbias *").replace("+ bnbias", "+ bngain")),
            edit(
                BATCHNORM,
                "    parameters = [C, W1, W2, b2, bngain, bnbias]",
                "    parameters = [C, W1, W2, b2, bnbias, bngain]",
            ),
            edit(LAYERS, OUT, "self.out = self.beta * xhat + self.gamma"),
            (
                Edit(LAYERS, "self.gamma = torch.ones(dim)", "self.gamma = torch.zeros(dim)"),
                Edit(LAYERS, "self.beta = torch.zeros(dim)", "self.beta = torch.ones(dim)"),
            ),
        ),
    ),
    Misconception(
        "bn-momentum-swapped",
        "The share momentum is given to the old value, and the rest to the new batch.",
        "After one batch, should the running mean have jumped or crept?",
        (
            edit(
                BATCHNORM,
                CREEP,
                "        bnmean_running = momentum * bnmean_running + (1 - momentum) * bnmeani\n"
                "        bnstd_running = momentum * bnstd_running + (1 - momentum) * bnstdi\n",
            ),
            (
                Edit(LAYERS, NEW_MEAN, "self.momentum * self.running_mean + (1 - self.momentum) * xmean"),
                Edit(LAYERS, NEW_VAR, "self.momentum * self.running_var + (1 - self.momentum) * xvar"),
            ),
        ),
    ),
    Misconception(
        "bn-eval-uses-batch",
        "In evaluation the batch is still normalised by its own mean and spread, so the other rows decide too.",
        "Evaluate one row alone and then together with others. Is it the same answer?",
        (
            edit(BATCHNORM, EVALUATED, "hpreact = normalise_batch(hpreact, bngain, bnbias, eps)"),
            edit(
                BATCHNORM,
                EVALUATED,
                "bnmean, bnstd = hpreact.mean(0, keepdim=True), hpreact.std(0, keepdim=True, unbiased=False)\n    "
                + EVALUATED,
            ),
            edit(LAYERS, MODES, BATCH_ALWAYS),
            (Edit(LAYERS, MODES, BATCH_ALWAYS), Edit(LAYERS, BUFFERS, UPDATE_ALWAYS)),
        ),
    ),
    Misconception(
        "bn-updates-in-eval",
        "Looking at examples in evaluation moves the running statistics.",
        "Does looking at the dev set change your model? Print the buffers before and after.",
        (
            edit(LAYERS, BUFFERS, UPDATE_ALWAYS),
            (Edit(LAYERS, MODES, UPDATE_ALWAYS + MODES), Edit(LAYERS, BUFFERS, "")),
        ),
    ),
    Misconception(
        "modes-not-switched",
        "After the switch some layers, or all, are still in the mode that they were in.",
        "Print the flag of each layer before and after the switch. Which of them should have changed?",
        (
            edit(LAYERS, SWITCH, "    return\n"),
            edit(LAYERS, SWITCH, "    layers[-1].training = training\n"),
        ),
    ),
    Misconception(
        "bn-no-update",
        "The running statistics never move with the batches, or start as if nothing ever varied.",
        "Print the running mean and variance at the start and after each of a few batches. Do they follow the data?",
        (
            edit(BATCHNORM, CREEP, "        pass\n"),
            edit(LAYERS, BUFFERS, ""),
            edit(LAYERS, "self.running_var = torch.ones(dim)", "self.running_var = torch.zeros(dim)"),
        ),
    ),
    Misconception(
        "bn-tracks-std",
        "The variance is kept where the standard deviation belongs, or the other way round.",
        "Which of the two does the formula for evaluation expect: the variance or its root?",
        (
            edit(BATCHNORM, BATCH_STD, "bnstdi = hpreact.var(0, keepdim=True)"),
            edit(BATCHNORM, "bnstd = hpreact.std(0, keepdim=True)", "bnstd = hpreact.var(0, keepdim=True)"),
            edit(BATCHNORM, EVALUATED, EVALUATED.replace("bnstd**2", "bnstd")),
            edit(LAYERS, NEW_VAR, NEW_VAR.replace("xvar", "xvar**0.5")),
            edit(LAYERS, "xvar = self.running_var", "xvar = self.running_var**2"),
        ),
    ),
    Misconception(
        "bn-buffer-in-graph",
        "Statistics that are only to be remembered stay tied to the graph that they were computed in.",
        "Who needs the history of the running mean? What happens to memory when each step adds to it?",
        (
            edit(BATCHNORM, UPDATED, without_guard(UPDATED, "    with torch.no_grad():\n")),
            edit(BATCHNORM, CALIBRATED, without_guard(CALIBRATED, "    with torch.no_grad():\n")),
            edit(LAYERS, BUFFERS, without_guard(BUFFERS, "            with torch.no_grad():\n")),
        ),
    ),
    Misconception(
        "bn-calibrate-on-dev",
        "The statistics are measured on examples that the net is examined with.",
        "Which data may the model have seen before its exam?",
        (
            edit(BATCHNORM, TRAINING_SET, 'Xtr, _ = splits["dev"]'),
            edit(BATCHNORM, TRAINING_SET, 'Xtr, _ = splits["test"]'),
            edit(BATCHNORM, TRAINING_SET, "Xtr = torch.cat([X for X, Y in splits.values()])"),
            edit(BATCHNORM, TRAINING_SET, 'Xtr = torch.cat([splits["train"][0], splits["dev"][0]])'),
        ),
    ),
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
    Misconception(
        "bn-fold-wrong",
        "The folded layer leaves out the running mean, its scale, or the root of the variance.",
        "Write the formula of evaluation as a line in x. What are its slope and its intercept?",
        (
            edit(EXERCISES, FOLDED_BIAS, "folded.bias = before * slope + bn.beta"),
            edit(EXERCISES, FOLDED_BIAS, "folded.bias = before - mean + bn.beta"),
            edit(EXERCISES, FOLDED_BIAS, "folded.bias = before * slope - mean + bn.beta"),
            edit(EXERCISES, SLOPE, "slope = (bn.gamma / (bn.running_var + bn.eps)).view(-1)"),
        ),
    ),
)
