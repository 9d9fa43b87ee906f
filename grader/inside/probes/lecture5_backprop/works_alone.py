"""Steps of lecture 5 by themselves: stand-ins for what other exercises compute, each of them something else."""

from __future__ import annotations

from typing import Any

from grader.inside.late import torch
from grader.inside.probe import works_alone
from grader.inside.probes.lecture5_backprop.whole import STEPS, gradients_by_hand, losses_by_hand

__all__: list[str] = []


def _forward_pieces(parameters: Any, Xb: Any, Yb: Any) -> dict[str, Any]:
    """Numbers of the right shapes that hang on everything that went in, and are no forward pass."""
    C, W1, b1, W2, b2, bngain, bnbias = parameters
    emb = torch.sin(2 * C[Xb])
    embcat = emb.flatten(1)
    units = torch.sin(embcat @ W1 - b1) * (2 + bngain) - bnbias
    symbols = torch.cos(units @ W2 - b2 + Yb.view(-1, 1))
    kinds = {
        "emb": emb, "embcat": embcat, "loss": symbols.mean(),
        **{name: (units / (i + 2))[:1] for i, name in enumerate(("bnmeani", "bnvar", "bnvar_inv"))},
        **{name: (symbols / (i + 2))[:, :1] for i, name in enumerate(("logit_maxes", "counts_sum", "counts_sum_inv"))},
    }  # fmt: skip
    at = STEPS.index("logits")
    wide = {name: (symbols if STEPS.index(name) >= at else units) / (i + 3) for i, name in enumerate(STEPS)}
    return {name: kinds.get(name, wide[name]) for name in STEPS}


def _backward_by_hand(parameters: Any, Xb: Any, Yb: Any) -> tuple[float, list[Any]]:
    """A loss and gradients that hang on the rows and on the parameters, and belong to no net."""
    turn = float(torch.sin(Xb.double() + 1).sum() + 0.5 * torch.cos(Yb.double()).sum())
    return turn + float(sum(p.sum() for p in parameters)), [torch.sin(p + 0.1 * turn) for p in parameters]


works_alone(
    gradients_by_hand,
    forward_pieces=_forward_pieces,
    cross_entropy_backward=lambda logits, Yb: torch.sin(logits + Yb.view(-1, 1)),
    batchnorm_backward=lambda dhpreact, bnraw, bnvar_inv, bngain: torch.sin(dhpreact - bnraw * bngain + bnvar_inv),
    dh=lambda h, W2, dlogits: torch.sin(h + (dlogits - 1) @ W2.T),
    dW2=lambda h, W2, dlogits: torch.cos(W2 + h.T @ (dlogits + 1)),
    db2=lambda h, W2, dlogits: torch.cos(dlogits.sum(0) + h.mean()),
    dhpreact=lambda hpreact, h, dh: torch.sin(hpreact + 2 * dh - h),
    dbngain=lambda bngain, bnraw, dhpreact: torch.cos((dhpreact - 2 * bnraw).sum(0, keepdim=True) * bngain),
    dbnbias=lambda bngain, bnraw, dhpreact: torch.sin((2 * dhpreact + bnraw).sum(0, keepdim=True) + bngain),
    dembcat=lambda embcat, W1, dhprebn: torch.sin(embcat + (dhprebn + 2) @ W1.T),
    dW1=lambda embcat, W1, dhprebn: torch.cos(W1 + embcat.T @ (dhprebn - 2)),
    db1=lambda embcat, W1, dhprebn: torch.sin(dhprebn.sum(0) + embcat.mean()),
    demb=lambda emb, dembcat: torch.sin(emb + dembcat.reshape(emb.shape)),
    dC=lambda C, Xb, demb: torch.cos(C + demb.sum((0, 1)) + Xb.sum()),
)
works_alone(losses_by_hand, backward_by_hand=_backward_by_hand)
