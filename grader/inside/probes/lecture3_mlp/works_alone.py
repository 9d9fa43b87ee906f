"""Steps of lecture 3 by themselves: stand-ins for what other exercises compute, each of them something else."""

from __future__ import annotations

from typing import Any

from grader.inside.late import torch
from grader.inside.probe import works_alone
from grader.inside.probes.lecture3_mlp.exercises import (
    calm_parameters,
    direct_gradients,
    direct_logits,
    first_loss,
)
from grader.inside.probes.lecture3_mlp.learning_rate import swept_rates
from grader.inside.probes.lecture3_mlp.mlp import net_gradients, net_logits
from grader.inside.probes.lecture3_mlp.sampling import drawn_names, scripted_names
from grader.inside.probes.lecture3_mlp.training import loss_of_all_rows, training_losses

__all__: list[str] = []


def _embed(C: Any, X: Any) -> Any:
    """Numbers of the right shape, through which gradients flow."""
    return (X.to(C.dtype)[..., None] + torch.arange(1, X.shape[1] + 1)[:, None]).sin() * C.sum(0)


def _forward(parameters: Any, X: Any) -> Any:
    """Logits that depend on every parameter, and on the order within a context."""
    symbols = torch.arange(1, parameters[-1].shape[0] + 1, dtype=parameters[-1].dtype)
    context = (X * torch.arange(1, X.shape[1] + 1)).sum(1, keepdim=True).to(symbols.dtype).cos()
    return (context * symbols).sin() + sum(p.sin().mean() for p in parameters) * symbols.cos()


def _loss(logits: Any, Y: Any) -> Any:
    return (logits - Y[:, None].to(logits.dtype).cos()).pow(4).mean()


def _minibatch(X: Any, Y: Any, batch_size: int, generator: Any) -> Any:
    first = int(torch.rand(1, generator=generator) * len(X))
    rows = (first + torch.arange(batch_size)) % len(X)
    return X[rows], Y[rows]


def _sgd_step(parameters: Any, lr: float) -> None:
    for p in parameters:
        p.data = p.data - lr * torch.tanh(p.grad)


def _candidate_rates(low: float, high: float, count: int) -> Any:
    return torch.arange(1, count + 1) / (10 * count)


def _init_parameters(vocab_size: int, block_size: int, n_embd: int, n_hidden: int, generator: Any) -> list[Any]:
    """Evenly spread numbers, drawn from the last to the first."""
    shapes = ((vocab_size, n_embd), (block_size * n_embd, n_hidden), (n_hidden,), (n_hidden, vocab_size), (vocab_size,))
    drawn = [torch.rand(shape, generator=generator) * 4 - 1 for shape in reversed(shapes)]
    return [p.requires_grad_() for p in reversed(drawn)]


STEP = {"forward": _forward, "loss": _loss, "minibatch": _minibatch, "sgd_step": _sgd_step}

for made in (net_logits, net_gradients, direct_logits, direct_gradients):
    works_alone(made, embed=_embed)
works_alone(training_losses, **STEP)
works_alone(swept_rates, **STEP, candidate_rates=_candidate_rates)
works_alone(loss_of_all_rows, forward=_forward, loss=_loss)
for made in (scripted_names, drawn_names):
    works_alone(made, forward=_forward)
for made in (calm_parameters, first_loss):
    works_alone(made, init_parameters=_init_parameters)
