"""Known mistakes of lecture 4 in batch norm itself, as a function and as a layer."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture4_batchnorm.mistakes.shared import (
    B1,
    BATCH_STD,
    BATCHNORM,
    EVALUATED,
    LAYERS,
    MODES,
    NEW_VAR,
    W2,
)

NO_BIAS = "bias=False, generator=generator"

MEAN = "bnmeani = hpreact.mean(0, keepdim=True)                    #"
VARIANCE = "bnvari = hpreact.var(0, keepdim=True)                      #"
RAW = "bnraw = (hpreact - bnmeani) / torch.sqrt(bnvari + eps)"
AFFINE = "return bngain * bnraw + bnbias"

XMEAN, XVAR = "xmean = x.mean(0, keepdim=True)", "xvar = x.var(0, keepdim=True)"
XHAT = "xhat = (x - xmean) / torch.sqrt(xvar + self.eps)"
OUT = "self.out = self.gamma * xhat + self.beta"

MISCONCEPTIONS = (
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
            edit(BATCHNORM, EVALUATED, EVALUATED.removesuffix(" + bnbias")),
            edit(BATCHNORM, EVALUATED, EVALUATED.replace("bngain * ", "")),
            edit(BATCHNORM, "bngain = torch.ones(", "bngain = torch.zeros("),
            edit(LAYERS, OUT, "self.out = xhat"),
            edit(LAYERS, OUT, "self.out = self.gamma * xhat"),
            edit(LAYERS, OUT, "self.out = xhat + self.beta"),
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
            edit(LAYERS, "return [self.gamma, self.beta]", "return [self.beta, self.gamma]"),
            (
                Edit(LAYERS, "self.gamma = torch.ones(dim)", "self.gamma = torch.zeros(dim)"),
                Edit(LAYERS, "self.beta = torch.zeros(dim)", "self.beta = torch.ones(dim)"),
            ),
        ),
    ),
)
