"""What the checks of the lectures' numbers share: our solutions, the lectures' data and starts, and the table.

The expected numbers in those checks were computed with torch 2.13 on one thread from the lectures' own cells.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import torch
from rich import box
from rich.console import Console
from rich.table import Table as RichTable

from grader.course import load, reference_sources
from grader.inside.modules import Modules

SEED = 2147483647  # of every generator in lectures 2 to 6
LAST_DIGITS = 1e-5  # a relative difference below this is rounding in float32

# what became of the five tensors C, W1, b1, W2, b2 of N(0, 1) in the steps of lecture 4
AS_DRAWN = (1.0, 1.0, 1.0, 1.0, 1.0)
CALM_OUTPUT = (1.0, 1.0, 1.0, 0.01, 0.0)
CALM_TANH = (1.0, 0.2, 0.01, 0.01, 0.0)
GAIN = (1.0, 5 / 3, 0.01, 0.01, 0.0)


# ---- our solutions, on the lectures' data


@contextmanager
def on_one_thread() -> Iterator[None]:
    """As the expected numbers were computed. More threads only slow down tensors as small as these."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@cache
def reference(number: int) -> SimpleNamespace:
    """The modules of our solution of a lecture."""
    lecture = load().lecture(str(number))
    with Modules(lecture.id, reference_sources(lecture)).fresh(Path(name).stem for name in lecture.modules) as modules:
        return SimpleNamespace(**modules)


def vocabulary(words: Sequence[str]) -> tuple[dict[str, int], dict[int, str]]:
    """stoi and itos."""
    return reference(2).counts.build_vocabulary(words)


def lecture_splits(words: Sequence[str], block_size: int = 3) -> dict[str, tuple[torch.Tensor, torch.Tensor]]:
    """(X, Y) of train, dev and test, as in lectures 3 to 6: a context of three or more, shuffled with seed 42."""
    dataset, stoi = reference(3).dataset, vocabulary(words)[0]
    parts = dataset.split_words(words, random.Random(42))
    return {
        name: dataset.build_dataset(part, stoi, block_size)
        for name, part in zip(("train", "dev", "test"), parts, strict=True)
    }


def seeded(offset: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(SEED + offset)


def in_precision(tensors: Iterable[torch.Tensor], dtype: torch.dtype) -> list[torch.Tensor]:
    """The same numbers in this precision, ready to be trained."""
    return [tensor.detach().to(dtype).requires_grad_() for tensor in tensors]


def started(factors: Sequence[float], generator: torch.Generator) -> list[torch.Tensor]:
    """The five parameters of lecture 3's last net, drawn in its order, each times its factor."""
    parameters = reference(3).mlp.init_parameters(27, 3, 10, 200, generator)
    for p, factor in zip(parameters, factors, strict=True):
        p.data *= factor
    return parameters


def kaiming_started(generator: torch.Generator) -> list[torch.Tensor]:
    """W1 in two operations, as the lecture writes it: its last bits count in a run of 200,000 steps."""
    parameters = started(GAIN, generator)
    parameters[1].data /= 30**0.5
    return parameters


def batch_norm_started(generator: torch.Generator) -> list[torch.Tensor]:
    """C, W1, W2, b2, bngain and bnbias. The lecture draws b2 as well, and multiplies it by 0."""
    shapes = ((27, 10), (30, 200), (200, 27), (27,))
    C, W1, W2, b2 = (torch.randn(shape, generator=generator) for shape in shapes)
    calm = [C, W1 * (5 / 3) / 30**0.5, W2 * 0.01, b2 * 0, torch.ones((1, 200)), torch.zeros((1, 200))]
    return in_precision(calm, torch.float32)


def batch_norm_started_with_bias(generator: torch.Generator) -> list[torch.Tensor]:
    """The same net while it still had its b1, which now comes seventh."""
    C, W1, b1, W2, b2 = kaiming_started(generator)
    return in_precision([C, W1, W2, b2, torch.ones((1, 200)), torch.zeros((1, 200)), b1], torch.float32)


def preactivations(parameters: Sequence[torch.Tensor], X: torch.Tensor) -> torch.Tensor:
    """What batch norm is given: C and W1 come first in `parameters`, and a b1, if there is one, seventh."""
    C, W1 = parameters[:2]
    hpreact = reference(3).mlp.embed(C, X).view(len(X), -1) @ W1
    return hpreact + parameters[6] if len(parameters) > 6 else hpreact


def batch_norm_logits(parameters: Sequence[torch.Tensor], hpreact: torch.Tensor) -> torch.Tensor:
    """The lecture's first version of batch norm has no eps."""
    W2, b2, bngain, bnbias = parameters[2:6]
    return torch.tanh(reference(4).batchnorm.normalise_batch(hpreact, bngain, bnbias, eps=0.0)) @ W2 + b2


def descend(parameters: Sequence[torch.Tensor], loss: torch.Tensor, lr: float) -> float:
    """One step; the loss before it."""
    for p in parameters:
        p.grad = None
    loss.backward()
    reference(3).mlp.sgd_step(parameters, lr)
    return loss.item()


def decayed(step: int) -> float:
    """The learning rate of the runs of 200,000 steps."""
    return 0.1 if step < 100_000 else 0.01


@dataclass
class BatchNormRun:
    """Training the net with batch norm written out: its losses and running statistics so far."""

    parameters: list[torch.Tensor]
    generator: torch.Generator
    losses: list[float] = field(default_factory=list)
    running: tuple[torch.Tensor, torch.Tensor] = (torch.zeros((1, 200)), torch.ones((1, 200)))

    def train(self, X: torch.Tensor, Y: torch.Tensor, steps: int) -> None:
        mlp, batchnorm = reference(3).mlp, reference(4).batchnorm
        for step in range(steps):
            Xb, Yb = mlp.minibatch(X, Y, 32, self.generator)
            hpreact = preactivations(self.parameters, Xb)
            loss = mlp.loss(batch_norm_logits(self.parameters, hpreact), Yb)
            self.running = batchnorm.update_running(*self.running, hpreact)
            self.losses.append(descend(self.parameters, loss, decayed(step)))


@dataclass
class DeepRun:
    """Training the deep net of lecture 4: its losses, and the statistics of the gradients in the last step."""

    C: torch.Tensor
    layers: list
    generator: torch.Generator
    losses: list[float] = field(default_factory=list)
    gradients: list[tuple[float, float]] = field(default_factory=list)

    @property
    def parameters(self) -> list[torch.Tensor]:
        return reference(4).layers.parameters_of(self.C, self.layers)

    def train(self, X: torch.Tensor, Y: torch.Tensor, steps: int) -> None:
        mlp, lecture4, parameters = reference(3).mlp, reference(4), self.parameters
        for _ in range(steps):
            Xb, Yb = mlp.minibatch(X, Y, 32, self.generator)
            loss = mlp.loss(lecture4.layers.forward(self.C, self.layers, Xb), Yb)
            for p in parameters:
                p.grad = None
            self.gradients = lecture4.diagnostics.gradient_stats(self.layers, loss)  # this calls backward
            mlp.sgd_step(parameters, 0.1)
            self.losses.append(loss.item())


def deep_run(dtype: torch.dtype = torch.float32) -> DeepRun:
    """At its start, in this precision."""
    generator = seeded()
    C, layers = reference(4).layers.deep_net(27, 3, 10, 100, 5, generator)
    for layer in layers:
        for name in ("weight", "gamma", "beta"):
            if hasattr(layer, name):
                setattr(layer, name, in_precision([getattr(layer, name)], dtype)[0])
    return DeepRun(in_precision([C], dtype)[0], layers, generator)


def names_by_hand(P: torch.Tensor, itos: dict[int, str], count: int, generator: torch.Generator) -> list[str]:
    """Names from rows of probabilities, one `draw` per character: the same with every version of torch."""
    names = []
    for _ in range(count):
        out, ix = "", 0
        while not out.endswith("."):
            ix = reference(2).counts.draw(P[ix], generator)
            out += itos[ix]
        names.append(out)
    return names


# ---- the table


@dataclass(frozen=True)
class Row:
    """One number: what the lecture printed ("" if nothing), what we get, and why they differ if they do."""

    id: str
    what: str
    printed: str
    ours: float | str
    why: str = ""

    @property
    def shown(self) -> str:
        """Our number with as many digits as the printed one."""
        return self.ours if isinstance(self.ours, str) else as_printed(self.ours, self.printed)

    @property
    def verdict(self) -> str:
        """Equal: every printed digit. Close: rounding in the last digits."""
        if not self.printed:
            return "-"
        if self.shown == self.printed:
            return "equal"
        if isinstance(self.ours, str) or abs(self.ours - float(self.printed)) > LAST_DIGITS * abs(self.ours):
            return "differs"
        return "close"

    @property
    def reason(self) -> str:
        return self.why or ("rounding in the last digits" if self.verdict == "close" else "")


def as_printed(number: float, printed: str) -> str:
    """A number in the format of another one; six decimals if there is none."""
    digits, _, exponent = printed.partition("e")
    decimals = len(digits.partition(".")[2]) if printed else 6
    return f"{number:.{decimals}{'e' if exponent else 'f'}}"


def table_lines(rows: Sequence[Row], width: int) -> list[str]:
    """The table as text."""
    table = RichTable("id", "what", "lecture", "ours", "", "why", box=box.SIMPLE, padding=(0, 1, 0, 0))
    for row in rows:
        table.add_row(row.id, row.what, row.printed or "-", row.shown, row.verdict, row.reason)
    console = Console(width=width, color_system=None, highlight=False, markup=False)
    with console.capture() as text:
        console.print(table)
    return [line.rstrip() for line in text.get().splitlines()]
