"""What is measured of dataset.py: rows of contexts and targets, and the three parts of a list of words."""

import random
from types import ModuleType
from typing import Any

from grader.probes import EXACT, NotAsStated, probe
from grader.probes.lecture3_mlp.shared import pair, symbol_of, table
from grader.probes.tensors import as_items, whole_numbers


@probe(EXACT, lambda words, block_size: f"build_dataset({words}, stoi, {block_size})")
def context_rows(dataset: ModuleType, *, words: list[str], block_size: int) -> Any:
    """The shapes of X and Y, and every row with its target, written as in the lecture."""
    found = pair(dataset.build_dataset(list(words), table(), block_size), "build_dataset(...)")
    X, Y = (whole_numbers(part, name) for part, name in zip(found, "XY", strict=True))
    if X.dim() != 2 or Y.dim() != 1:
        raise NotAsStated(
            f"X has the shape {tuple(X.shape)} and Y {tuple(Y.shape)}; it should be (N, {block_size}) and (N,)"
        )
    contexts = ["".join(map(symbol_of, row)) for row in X.tolist()]
    targets = [symbol_of(index) for index in Y.tolist()]
    rows = [f"{context} --> {target}" for context, target in zip(contexts, targets, strict=False)]
    return {"rows": rows, "shape of X": list(X.shape), "shape of Y": list(Y.shape)}


@probe(EXACT, lambda words, seed: f"split_words({words}, random.Random({seed}))")
def split_parts(dataset: ModuleType, *, words: list[str], seed: int) -> Any:
    """The three parts, the list that was handed in, and the next number of the generator."""
    given, rng = list(words), random.Random(seed)
    parts = as_items(dataset.split_words(given, rng), "split_words(...)")
    if len(parts) != 3:
        raise NotAsStated(f"split_words(...) returned {len(parts)} things; the statement asks for (train, dev, test)")
    train, dev, test = (as_items(part, name) for part, name in zip(parts, ("train", "dev", "test"), strict=True))
    return {
        "train": train, "dev": dev, "test": test,
        "words afterwards": given, "rng.random() afterwards": rng.random(),
    }  # fmt: skip
