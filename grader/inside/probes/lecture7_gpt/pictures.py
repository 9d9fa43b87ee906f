"""What the pictures of lecture 7 show: who listens to whom, the matrices of the averages, and a short training."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from grader.inside.chance import steady_chance
from grader.inside.late import torch
from grader.inside.probe import EXACT, probe
from grader.inside.probes.lecture7_gpt.shared import fill, head_spec, of_shape, pair_of
from grader.inside.tensors import array_of, generator, number_of, whole_numbers

CHARACTERS = "\n !$&',-.3:;?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
N_EMBD = 6


@probe(
    EXACT,
    lambda text, heads, seed: f"{heads} Heads with random weights on {text!r}, seed {seed}",
    seconds=10,
)
@steady_chance()
def pictured_attention(attention: ModuleType, *, text: str, heads: int, seed: int) -> Any:
    """The weights of some heads of the student's: the values are such that what is gathered is the weights."""
    source, T = generator(seed), len(text)
    table = torch.randn((len(CHARACTERS), N_EMBD), generator=source)
    words = table[torch.tensor([CHARACTERS.index(ch) for ch in text])] + 0.7 * torch.randn(
        (T, N_EMBD), generator=source
    )
    x = torch.cat([words, torch.eye(T)], dim=1)[None]  # behind the channels of the characters, one for each position
    found = []
    for _ in range(heads):
        module = attention.Head(N_EMBD + T, T, T)
        scores = [
            torch.cat([0.8 * torch.randn((T, N_EMBD), generator=source), torch.zeros(T, T)], dim=1) for _ in range(2)
        ]
        value = torch.cat([torch.zeros(T, N_EMBD), torch.eye(T)], dim=1)
        fill(module.eval(), head_spec(N_EMBD + T, T), array_of(torch.cat([*scores, value]).reshape(-1)))
        found.append(of_shape(module(x), (1, T, T), "the result of Head")[0].detach())
    return found


@probe(EXACT, lambda length: f"the three means of x = torch.eye({length})[None]", seconds=10)
def pictured_averages(averaging: ModuleType, *, length: int) -> Any:
    """What the three averages make of an identity matrix, which is the matrix that each of them is."""
    x = torch.eye(length)[None]
    ways = ("mean_loop", "mean_matmul", "mean_softmax")
    return [of_shape(getattr(averaging, way)(x), x.shape, f"{way}(x)")[0].detach() for way in ways]


def _training(
    text: str, sizes: list[int], steps: int, batch: int, lr: float, seed: int, count: int, written_at: list[int]
) -> str:  # fmt: skip
    made = f"{steps} steps of GPTLanguageModel({', '.join(map(str, sizes))}), seed {seed}"
    return f"{made}; {count} characters after {', '.join(map(str, written_at))} steps"


@probe(EXACT, _training, seconds=30)
@steady_chance()
def pictured_training(
    gpt: ModuleType, *, text: str, sizes: list[int], steps: int, batch: int, lr: float, seed: int, count: int,
    written_at: list[int],
) -> Any:  # fmt: skip
    """The losses of a short training of the student's model, and the texts that it writes after so many steps."""
    source = generator(seed)
    data = torch.tensor([CHARACTERS.index(ch) for ch in text])
    model = gpt.GPTLanguageModel(len(CHARACTERS), *sizes)
    for p in model.parameters():
        if p.ndim > 1:  # the same start for everybody, whatever the order of the parts
            p.data = 0.2 * torch.randn(p.shape, generator=generator(seed + p.numel()))
    losses, texts = [], []
    for step in range(steps + 1):
        if step in written_at:
            texts.append(_written(model, count, seed))
        if step < steps:
            losses.append(_step(model, data, sizes[3], batch, lr, source))
    return {"losses": losses, "texts": texts}


def _written(model: Any, count: int, seed: int) -> str:
    """So many characters, each text from the same generator."""
    start = torch.zeros((1, 1), dtype=torch.int64)
    found = whole_numbers(model.eval().generate(start, count, generator=generator(seed)), "generate(...)")
    model.train()
    return "".join(CHARACTERS[i] for i in found[0].tolist())


def _step(model: Any, data: torch.Tensor, block_size: int, batch: int, lr: float, source: torch.Generator) -> float:
    """One step of gradient descent, with the size of each gradient held down."""
    starts = torch.randint(len(data) - block_size, (batch, 1), generator=source) + torch.arange(block_size)
    _, loss = pair_of(model(data[starts], data[starts + 1]), "model(x, y)", "logits and loss")
    model.zero_grad()
    loss.backward()
    for p in model.parameters():
        if p.grad is not None:
            p.data -= lr * p.grad / max(1.0, float(p.grad.norm()))
    return number_of(loss, "the loss")
