"""What is measured of pieces.py: each of the 26 gradients alone, from tensors and arriving gradients of its own."""

import inspect
from collections.abc import Callable
from types import ModuleType
from typing import Any

from grader.inside.plain import Array
from grader.inside.probe import Probe, probe
from grader.inside.probes.lecture5_backprop.shared import LIBRARY, given, handed, named, short
from grader.inside.tensors import FLOAT64, tensor

OUTPUT, GAIN, HIDDEN = ("h", "W2", "dlogits"), ("bngain", "bnraw", "dhpreact"), ("embcat", "W1", "dhprebn")

ARGUMENTS = {
    "dlogprobs": ("logprobs", "Yb"),
    "dprobs": ("probs", "dlogprobs"),
    "dcounts_sum_inv": ("counts", "dprobs"),
    "dcounts_sum": ("counts_sum", "dcounts_sum_inv"),
    "dcounts": ("counts", "counts_sum_inv", "dprobs", "dcounts_sum"),
    "dnorm_logits": ("counts", "dcounts"),
    "dlogit_maxes": ("dnorm_logits",),
    "dlogits": ("logits", "dnorm_logits", "dlogit_maxes"),
    "dh": OUTPUT,
    "dW2": OUTPUT,
    "db2": OUTPUT,
    "dhpreact": ("hpreact", "h", "dh"),
    "dbngain": GAIN,
    "dbnbias": GAIN,
    "dbnraw": GAIN,
    "dbnvar_inv": ("bndiff", "dbnraw"),
    "dbnvar": ("bnvar", "dbnvar_inv"),
    "dbndiff2": ("bndiff2", "dbnvar"),
    "dbndiff": ("bndiff", "bnvar_inv", "dbnraw", "dbndiff2"),
    "dbnmeani": ("dbndiff",),
    "dhprebn": ("hprebn", "dbndiff", "dbnmeani"),
    "dembcat": HIDDEN,
    "dW1": HIDDEN,
    "db1": HIDDEN,
    "demb": ("emb", "dembcat"),
    "dC": ("C", "Xb", "demb"),
}  # of each function what it is handed, in order


def _call(name: str) -> Callable[..., str]:
    """How a call of this function is written down."""
    return short(lambda **arrays: f"{given(**arrays)}; {name}({', '.join(arrays)})")


def _gradient(name: str) -> Probe:
    """The probe of one of these functions, with its arguments as inputs."""
    arguments = ARGUMENTS[name]

    def measure(pieces: ModuleType, **inputs: Array) -> Any:
        with handed(**{argument: tensor(inputs[argument]) for argument in arguments}) as watch:
            found = named(name[1:], getattr(pieces, name)(*watch.tensors.values()), f"{name}(...)").detach().clone()
        return {name: found, **watch.told()}

    parameters = [inspect.Parameter(argument, inspect.Parameter.KEYWORD_ONLY) for argument in arguments]
    first = inspect.Parameter("pieces", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    measure.__name__, measure.__signature__ = f"gradient_{name}", inspect.Signature([first, *parameters])  # type: ignore[attr-defined]
    return probe(FLOAT64, _call(name), seconds=LIBRARY)(measure)


GRADIENTS = {name: _gradient(name) for name in ARGUMENTS}  # in the order of the lecture
