"""What is measured of gpt.py: how many numbers are learned, logits and loss, and texts longer than the model sees."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from grader.inside.arrays import shown
from grader.inside.chance import steady_chance
from grader.inside.late import torch
from grader.inside.plain import Array
from grader.inside.probe import EXACT, NotAsStated, probe
from grader.inside.probes.lecture7_gpt.bigram import ROWS, answered, sent_back
from grader.inside.probes.lecture7_gpt.shared import fill, gpt_spec, in_float64, kept_copy, parameters_of, short
from grader.inside.tensors import FLOAT64, generator, gradient_of, next_number, tensor, watched_draws, whole_numbers

TABLES = ("token_embedding_table.weight", "position_embedding_table.weight", "ln_f.gamma", "lm_head.bias")


def _model(sizes: list[int]) -> str:
    return f"GPTLanguageModel({', '.join(map(str, sizes))})"


@probe(EXACT, _model, seconds=10.0)
@steady_chance()
def gpt_size(gpt: ModuleType, *, sizes: list[int]) -> Any:
    """How many numbers a model learns."""
    return {"numbers in parameters()": sum(p.numel() for p in parameters_of(gpt.GPTLanguageModel(*sizes)).values())}


def _call(sizes: list[int], numbers: Array, idx: Array, targets: Array | None = None) -> str:
    more = "" if targets is None else f", targets = {shown(targets)}"
    return f"{_model(sizes)} with given numbers in evaluation, idx = {shown(idx)}{more}"


@probe(FLOAT64, short(_call))
@steady_chance()
def gpt_answer(gpt: ModuleType, *, sizes: list[int], numbers: Array, idx: Array, targets: Array | None = None) -> Any:
    """Logits and loss of a model with given numbers, and some of the gradients."""
    with in_float64():
        model = gpt.GPTLanguageModel(*sizes)
        given = fill(model, gpt_spec(*sizes), numbers)
        found = model.eval()(tensor(idx), None if targets is None else tensor(targets))
        answer = answered(found, (*idx.shape, sizes[0]), targets is not None)
        if targets is not None:
            sent_back(found[1])
            answer |= {f"{name}.grad": kept_copy(gradient_of(given[name])) for name in TABLES}
        return answer


# ---- a text


def _text(sizes: list[int], idx: Array, script: list[int]) -> str:
    call = f"generate(idx, {len(script)}, generator)"
    return f"{_model(sizes)}, its forward replaced; {call} of idx = {shown(idx)}, if the draws are {script}"


@probe(ROWS, _text)
@steady_chance()
def scripted_gpt(gpt: ModuleType, *, sizes: list[int], idx: Array, script: list[int]) -> Any:
    """The text that comes of given draws, what the model was shown, and what each draw was made from."""
    with in_float64():
        model, seen = _standing_in(gpt, sizes)
        with watched_draws([gpt], script, of="text was") as draws:
            text = model.generate(tensor(idx), len(script), generator(1))
        return {
            "text": whole_numbers(text, "generate(...)"),
            "positions that the model was shown": seen,
            "probabilities of the draws": draws.rows,
        }


@probe(
    FLOAT64,
    lambda sizes, idx, count, seed: (
        f"{_model(sizes)}, its forward replaced; generate(idx, {count}, torch.Generator().manual_seed({seed})) of "
        f"idx = {shown(idx)}"
    ),
)
@steady_chance()
def drawn_gpt(gpt: ModuleType, *, sizes: list[int], idx: Array, count: int, seed: int) -> Any:
    """The text that comes out of a generator, and its next number."""
    source = generator(seed)
    with in_float64():
        model, _ = _standing_in(gpt, sizes)
        with watched_draws([gpt]):
            text = model.generate(tensor(idx), count, source)
    return {"text": whole_numbers(text, "generate(...)"), "next number of the generator": next_number(source)}


def _standing_in(gpt: ModuleType, sizes: list[int]) -> tuple[Any, list[int]]:
    """A model whose forward is ours, so that what it generates is measured alone, and a list of what it is shown."""
    model, seen, vocab_size, block_size = gpt.GPTLanguageModel(*sizes), [], sizes[0], sizes[4]

    def forward(idx: torch.Tensor, targets: Any = None) -> tuple[torch.Tensor, None]:
        T = idx.shape[1]
        if block_size < T:
            raise NotAsStated(f"the model was shown {T} positions; it knows {block_size}")
        seen.append(T)
        said = (idx + 0.3 * torch.arange(T)).cumsum(1)[..., None] * torch.arange(1, vocab_size + 1)
        return (0.9 * said).sin(), None

    model.forward = forward
    return model, seen
