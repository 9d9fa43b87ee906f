"""Near misses of lecture 4: what resembles a known mistake and is not it, by the mistake's id."""

from grader.misconceptions import Edit

SCALED = "layers += [Linear(fan_in, n_hidden, bias=False, generator=generator), BatchNorm1d(n_hidden), Tanh()]"

NEAR_MISSES = {
    "saturation-one-sided": [
        (Edit("initialisation.py", "saturated.all(0).sum()", "saturated.any(0).sum()"),),
        (Edit("initialisation.py", "saturated.all(0).sum()", "saturated.all(0).sum() + saturated.all(1).sum()"),),
    ],
    "init-gain-wrong": [
        (Edit("layers.py", SCALED, f"{SCALED}\n        layers[-3].weight = layers[-3].weight * (5 / 3)"),),
    ],
    "bn-affine-missing": [
        (Edit("batchnorm.py", "return bngain * bnraw + bnbias", "return bngain * bnraw - bnbias"),),
        (Edit("batchnorm.py", "return bngain * bnraw + bnbias", "return bngain**2 * bnraw + bnbias"),),
    ],
    "bn-shift-scaled": [
        (Edit("batchnorm.py", "return bngain * bnraw + bnbias", "return bngain * bnraw + 2 * bnbias"),),
    ],
    "bn-gain-shift-swapped": [
        (Edit("batchnorm.py", "return bngain * bnraw + bnbias", "return (bngain + bnbias) * bnraw"),),
    ],
    "bn-updates-in-eval": [
        (Edit("layers.py", "layer.training = training", "layer.training = not training"),),
    ],
    "modes-not-switched": [
        (Edit("layers.py", "layer.training = training", "layer.training = not training"),),
    ],
    "dead-counts-examples": [
        (Edit("initialisation.py", "saturated.all(0).sum()", "saturated.all(1).sum() * 2"),),
    ],
}
