"""What is measured of data.py: characters as numbers, and pieces of a text."""

from types import ModuleType
from typing import Any

from grader.inside.arrays import shown
from grader.inside.chance import steady_chance
from grader.inside.plain import Array, article
from grader.inside.probe import EXACT, NotAsStated, probe
from grader.inside.probes.lecture7_gpt.shared import kept_copy, pair_of
from grader.inside.tensors import as_items, described, generator, next_number, tensor, whole_numbers


def _dict(thing: Any, what: str) -> dict[Any, Any]:
    if not isinstance(thing, dict):
        raise NotAsStated(f"{what} is {described(thing)}; it should be a dict")
    return dict(sorted(thing.items()))


@probe(EXACT, lambda text: f"vocabulary({text!r})")
def numbered_characters(data: ModuleType, *, text: str) -> Any:
    """Both dicts of a vocabulary."""
    stoi, itos = pair_of(data.vocabulary(text), "vocabulary(...)", "stoi and itos")
    return {"stoi": _dict(stoi, "stoi"), "itos": _dict(itos, "itos")}


@probe(EXACT, lambda text, stoi: f"encode({text!r}, {stoi})")
def encoded_text(data: ModuleType, *, text: str, stoi: dict[str, int]) -> Any:
    """The numbers of a text's characters."""
    found = data.encode(text, dict(stoi))
    if isinstance(found, str):
        raise NotAsStated("encode(...) is a str; it should be a list of ints")
    return [_whole(n, f"encode(...)[{i}]") for i, n in enumerate(as_items(found, "encode(...)"))]


def _whole(thing: Any, what: str) -> int:
    if isinstance(thing, bool) or not isinstance(thing, int):
        raise NotAsStated(f"{what} is {article(type(thing).__name__)}; it should be an int")
    return int(thing)


@probe(EXACT, lambda ids, itos: f"decode({ids}, {itos})")
def decoded_text(data: ModuleType, *, ids: list[int], itos: dict[int, str]) -> Any:
    """The text that numbers stand for."""
    found = data.decode(list(ids), dict(itos))
    if not isinstance(found, str):
        raise NotAsStated(f"decode(...) is {described(found)}; it should be a str")
    return found


@probe(
    EXACT,
    lambda numbers, block_size, batch_size, seed: (
        f"get_batch({shown(numbers)}, {block_size}, {batch_size}, torch.Generator().manual_seed({seed}))"
    ),
)
@steady_chance()
def drawn_batch(data: ModuleType, *, numbers: Array, block_size: int, batch_size: int, seed: int) -> Any:
    """Inputs and targets of a batch, and the generator's next number."""
    source = generator(seed)
    x, y = pair_of(data.get_batch(tensor(numbers), block_size, batch_size, source), "get_batch(...)", "x and y")
    return {
        "x": kept_copy(whole_numbers(x, "x")),
        "y": kept_copy(whole_numbers(y, "y")),
        "next number of the generator": next_number(source),
    }
