"""What is measured of dataset.py: rows of contexts and targets, and the three parts of a list of words."""

import random
from types import ModuleType
from typing import Any

from grader.inside.names import names
from grader.inside.probe import EXACT, NotAsStated, probe, several
from grader.inside.probes.lecture3_mlp.shared import pair, symbol_of, table
from grader.inside.tensors import as_items, as_tensor, name_of, whole_numbers


@probe(EXACT, lambda words, block_size: f"build_dataset({words}, stoi, {block_size})")
def context_rows(dataset: ModuleType, *, words: list[str], block_size: int) -> Any:
    """The shapes and dtypes of X and Y, and every row with its target, written as in the lecture."""
    return _rows(dataset, words, block_size)


@probe(EXACT, lambda first, block_size: f"build_dataset(the first {first} names, stoi, {block_size})")
def rows_of_names(dataset: ModuleType, *, first: int, block_size: int) -> Any:
    """The same for names of the list in use."""
    return _rows(dataset, names(first), block_size)


def _rows(dataset: ModuleType, words: list[str], block_size: int) -> Any:
    found = pair(dataset.build_dataset(list(words), table(), block_size), "build_dataset(...)")
    X, Y = (as_tensor(part, name) for part, name in zip(found, "XY", strict=True))
    if X.dim() != 2 or Y.dim() != 1:
        raise NotAsStated(
            f"X has the shape {tuple(X.shape)} and Y {tuple(Y.shape)}; it should be (N, {block_size}) and (N,)"
        )
    contexts = ["".join(map(symbol_of, row)) for row in whole_numbers(X, "X").tolist()]
    targets = [symbol_of(index) for index in whole_numbers(Y, "Y").tolist()]
    rows = [f"{context} --> {target}" for context, target in zip(contexts, targets, strict=False)]
    kinds = {"dtype of X": name_of(X.dtype), "dtype of Y": name_of(Y.dtype)}
    return {"rows": rows, "shape of X": list(X.shape), "shape of Y": list(Y.shape), **kinds}


@probe(EXACT, lambda words, seed: f"split_words({words}, random.Random({seed}))")
def split_parts(dataset: ModuleType, *, words: list[str], seed: int) -> Any:
    """The three parts, the list that was handed in, and the next number of the generator."""
    given, rng = list(words), random.Random(seed)
    parts = _three_parts(dataset, given, rng)
    return {**parts, "words afterwards": given, "rng.random() afterwards": rng.random()}


@probe(EXACT, lambda seed: f"split_words(all names, random.Random({seed}))")
def split_names(dataset: ModuleType, *, seed: int) -> Any:
    """How many names of the list in use each part has, and the first and the last of each."""
    parts = _three_parts(dataset, names(), random.Random(seed))
    ends = {f"first and last of {name}": [*part[:1], *part[-1:]] for name, part in parts.items()}
    return {**{f"len({name})": len(part) for name, part in parts.items()}, **ends}


def _three_parts(dataset: ModuleType, words: list[str], rng: random.Random) -> dict[str, list[Any]]:
    parts = as_items(dataset.split_words(words, rng), "split_words(...)")
    if len(parts) != 3:
        raise NotAsStated(
            f"split_words(...) returned {several(len(parts), 'thing')}; the statement asks for (train, dev, test)"
        )
    return {name: as_items(part, name) for name, part in zip(("train", "dev", "test"), parts, strict=True)}
