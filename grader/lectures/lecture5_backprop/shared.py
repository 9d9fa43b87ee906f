"""Inputs for the checks of lecture 5: tensors of a forward pass that belong together, and gradients that arrive.

No student gets this file, for the forward pass is an exercise: what public checks need of it is in public/given.json.
"""

from collections.abc import Mapping
from typing import Any

from grader.inside.plain import Array
from grader.inside.probes.lecture5_backprop import ARGUMENTS
from grader.inside.tensors import array_of, tensor
from grader.judging.fresh_inputs import Draw
from grader.lectures.lecture5_backprop.public.shared import net, rows

SIZES = {"n": 5, "V": 6, "H": 4, "T": 3, "E": 2}  # examples, symbols, hidden units, context, numbers per symbol


def of_logits(logits: Array) -> dict[str, Array]:
    """What the forward pass makes of logits."""
    steps = {"logits": tensor(logits)}
    steps["logit_maxes"] = steps["logits"].max(1, keepdim=True).values
    steps["norm_logits"] = steps["logits"] - steps["logit_maxes"]
    steps["counts"] = steps["norm_logits"].exp()
    steps["counts_sum"] = steps["counts"].sum(1, keepdim=True)
    steps["counts_sum_inv"] = 1 / steps["counts_sum"]
    steps["probs"] = steps["counts"] / steps["counts_sum"]
    steps["logprobs"] = steps["probs"].log()
    return {name: array_of(value) for name, value in steps.items()}


def of_hprebn(hprebn: Array) -> dict[str, Array]:
    """What the forward pass makes of the numbers in front of batch norm."""
    steps = {"hprebn": tensor(hprebn)}
    steps["bnmeani"] = steps["hprebn"].mean(0, keepdim=True)
    steps["bndiff"] = steps["hprebn"] - steps["bnmeani"]
    steps["bndiff2"] = steps["bndiff"].square()
    steps["bnvar"] = steps["hprebn"].var(0, keepdim=True)
    steps["bnvar_inv"] = (steps["bnvar"] + 1e-5).rsqrt()
    steps["bnraw"] = steps["bndiff"] * steps["bnvar_inv"]
    return {name: array_of(value) for name, value in steps.items()}


def of_hpreact(hpreact: Array) -> dict[str, Array]:
    """What the forward pass makes of the numbers behind batch norm."""
    return {"hpreact": hpreact, "h": array_of(tensor(hpreact).tanh())}


def forward(draw: Draw, sizes: Mapping[str, int]) -> dict[str, Array]:
    """Tensors of all steps of a forward pass; each stretch of it begins with numbers of its own."""
    n, V, H, T, E = sizes.values()
    C, W1, _, W2, _, bngain, _ = net(draw, **sizes)
    embcat = draw.array(n, T * E)
    return {
        "C": C, "W1": W1, "W2": W2, "bngain": bngain, **rows(draw, **sizes),
        "embcat": embcat, "emb": Array(embcat.dtype, (n, T, E), embcat.data),
        **of_hprebn(draw.array(n, H)), **of_hpreact(draw.array(n, H, low=-2.5, high=2.5)),
        **of_logits(draw.array(n, V)),
    }  # fmt: skip


def arguments(name: str, draw: Draw, sizes: Mapping[str, int] = SIZES) -> dict[str, Any]:
    """What the function of this name is handed: tensors of a forward pass, and any gradients that might arrive."""
    there = forward(draw, sizes)
    names = ARGUMENTS[name]
    return {each: there[each] if each in there else draw.array(*there[each[1:]].shape) for each in names}
