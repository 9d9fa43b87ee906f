"""What the pictures of lecture 4 show: two starts of one net, and a look into the layers of a deep one."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from grader.inside.late import F, torch
from grader.inside.probe import EXACT, NotAsStated, probe, several
from grader.inside.tensors import as_items, as_tensor, generator, number_of

SYMBOLS = ".abcdefghijklmnopqrstuvwxyz"
BLOCK_SIZE = 3
BATCH = 32
Rows = tuple[torch.Tensor, torch.Tensor]


def rows_of(words: list[str]) -> Rows:
    """Contexts and targets of the words."""
    contexts, targets = [], []
    for word in words:
        symbols = [0] * BLOCK_SIZE + [SYMBOLS.index(symbol) for symbol in word] + [0]
        contexts += [symbols[i : i + BLOCK_SIZE] for i in range(len(word) + 1)]
        targets += symbols[BLOCK_SIZE:]
    return torch.tensor(contexts), torch.tensor(targets)


def batch_of(rows: Rows, source: torch.Generator) -> Rows:
    """Some rows at random."""
    picked = torch.randint(0, len(rows[0]), (BATCH,), generator=source)
    return rows[0][picked], rows[1][picked]


def descend(parameters: list[torch.Tensor], loss: torch.Tensor, lr: float) -> None:
    """One step downhill, for parameters whose gradients have been cleared."""
    torch.autograd.backward(loss)
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= lr * parameter.grad


def clear(parameters: list[torch.Tensor]) -> None:
    for parameter in parameters:
        parameter.grad = None


# ---- the net with one hidden layer, started in two ways


def plain_start(n_embd: int, n_hidden: int, seed: int) -> list[torch.Tensor]:
    """[C, W1, b1, W2, b2] from N(0, 1), as lecture 3 had them."""
    size, source = len(SYMBOLS), generator(seed)
    shapes: list[tuple[int, ...]] = [
        (size, n_embd), (n_embd * BLOCK_SIZE, n_hidden), (n_hidden,), (n_hidden, size), (size,),
    ]  # fmt: skip
    return [torch.randn(shape, generator=source).requires_grad_() for shape in shapes]


def followed(parameters: list[torch.Tensor], rows: Rows, seed: int, steps: int) -> Any:
    """The hidden layer of the first batch, and the losses of a training run."""
    source, losses, first = generator(seed), [], torch.empty(0)
    C, W1, b1, W2, b2 = parameters
    for step in range(steps):
        X, Y = batch_of(rows, source)
        h = torch.tanh(C[X].flatten(1) @ W1 + b1)
        loss = F.cross_entropy(h @ W2 + b2, Y)
        first = first if step else h.detach()
        losses.append(float(loss.detach()))
        clear(parameters)
        descend(parameters, loss, 0.1)
    return {"h": first, "losses": losses}


@probe(
    EXACT,
    lambda words, n_embd, n_hidden, seed, steps: (
        f"init_parameters(27, 3, {n_embd}, {n_hidden}, torch.Generator().manual_seed({seed}))"
    ),
    seconds=20,
)
def pictured_starts(
    initialisation: ModuleType, *, words: list[str], n_embd: int, n_hidden: int, seed: int, steps: int
) -> Any:
    """The first hidden layer and the losses of a net: with all numbers from N(0, 1), and started calmly."""
    made = initialisation.init_parameters(len(SYMBOLS), BLOCK_SIZE, n_embd, n_hidden, generator(seed))
    calm = [as_tensor(p, f"init_parameters(...)[{i}]") for i, p in enumerate(as_items(made, "init_parameters(...)"))]
    if len(calm) != 5:
        raise NotAsStated(
            f"init_parameters(...) gives {several(len(calm), 'tensor')}; the statement asks for [C, W1, b1, W2, b2]"
        )
    rows = rows_of(words)
    starts = {"plain": plain_start(n_embd, n_hidden, seed), "calm": [p.detach().requires_grad_() for p in calm]}
    return {name: followed(parameters, rows, seed + 1, steps) for name, parameters in starts.items()}


# ---- the deep net


class Deep:
    """The student's deep net, or the same without its batch norm layers, and where its minibatches come from."""

    def __init__(self, layers: ModuleType, words: list[str], n_hidden: int, seed: int, batchnorm: bool = True) -> None:
        self.module, self.rows, self.source = layers, rows_of(words), generator(seed + 1)
        made = as_items(layers.deep_net(len(SYMBOLS), BLOCK_SIZE, 10, n_hidden, 5, generator(seed)), "deep_net(...)")
        if len(made) != 2:
            raise NotAsStated(
                f"deep_net(...) returned {several(len(made), 'thing')}; the statement asks for (C, layers)"
            )
        self.C = as_tensor(made[0], "C")
        self.layers = [layer for layer in made[1] if batchnorm or not isinstance(layer, layers.BatchNorm1d)]
        self.parameters = list(layers.parameters_of(self.C, self.layers))

    def loss(self) -> torch.Tensor:
        """The loss of a fresh batch; the gradients are clear for what comes back."""
        X, Y = batch_of(self.rows, self.source)
        clear(self.parameters)
        return F.cross_entropy(as_tensor(self.module.forward(self.C, self.layers, X), "forward(...)"), Y)

    def train(self, steps: int, lr: float) -> None:
        for _ in range(steps):
            descend(self.parameters, self.loss(), lr)

    def look(self) -> Any:
        """What the tanh layers put out for a fresh batch, and the gradients that arrive there."""
        loss = self.loss()
        outs = [as_tensor(layer.out, "out") for layer in self.layers if isinstance(layer, self.module.Tanh)]
        for out in outs:
            out.retain_grad()
        torch.autograd.backward(loss)
        return {"out": [out.detach() for out in outs], "grad": [out.grad for out in outs]}


@probe(
    EXACT,
    lambda words, n_hidden, seed, steps, lr: (
        f"deep_net(27, 3, 10, {n_hidden}, 5, torch.Generator().manual_seed({seed}))"
    ),
    seconds=20,
)
def pictured_layers(layers: ModuleType, *, words: list[str], n_hidden: int, seed: int, steps: int, lr: float) -> Any:
    """Activations and gradients of each tanh layer: without batch norm, with it, and with it after some training."""
    bare = Deep(layers, words, n_hidden, seed, batchnorm=False).look()
    net = Deep(layers, words, n_hidden, seed)
    found = {"without": bare, "with": net.look()}
    net.train(steps, lr)
    return {**found, "trained": net.look()}


@probe(
    EXACT,
    lambda words, n_hidden, seed, steps, rates: f"update_ratios(parameters, lr)  in every step, with lr {rates}",
    seconds=20,
)
def pictured_updates(
    layers: ModuleType, diagnostics: ModuleType, *, words: list[str], n_hidden: int, seed: int,
    steps: int, rates: list[float],
) -> Any:  # fmt: skip
    """The update ratios of every step of training, for each learning rate."""
    return [_ratios(Deep(layers, words, n_hidden, seed), diagnostics, steps, lr) for lr in rates]


def _ratios(net: Deep, diagnostics: ModuleType, steps: int, lr: float) -> list[list[float]]:
    found = []
    for _ in range(steps):
        descend(net.parameters, net.loss(), lr)
        ratios = as_items(diagnostics.update_ratios(net.parameters, lr), "update_ratios(...)")
        found.append([number_of(ratio, f"update_ratios(...)[{i}]") for i, ratio in enumerate(ratios)])
    return found
