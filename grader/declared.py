"""What a lecture's probes declare of their needs, read from their source: importing them may mean to import torch."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROBES = Path(__file__).parent / "probes"


@dataclass(frozen=True)
class Needs:
    """PRELOAD, what the warm process imports before it forks; NAMES, whether the list of names is measured with."""

    preload: tuple[str, ...]
    names: bool


@cache
def needs_of(lecture: str) -> Needs:
    """The needs that stand in the lecture's folder of probes."""
    tree = ast.parse((PROBES / lecture / "__init__.py").read_text(encoding="utf-8"))
    found = {
        target.id: ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id in ("PRELOAD", "NAMES")
    }
    return Needs(tuple(found["PRELOAD"]), bool(found.get("NAMES", False)))
