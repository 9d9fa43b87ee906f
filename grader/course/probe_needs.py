"""What a lecture's probes declare of their needs, read from their source: importing them may mean to import torch."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import grader.inside.probes
from grader.course.reading import load

OWN = Path(grader.inside.probes.__file__).parent  # where those of the kit itself are, beside those of our course


@dataclass(frozen=True)
class Needs:
    """PRELOAD, what the warm process imports before it forks; NAMES and TEXT, whether these are measured with."""

    preload: tuple[str, ...]
    names: bool
    text: bool


def probe_folder(lecture: str) -> Path:
    """Where a lecture's probes lie: in its course, or, for what the kit asks of itself, in the kit."""
    folder = load().folders.probes / lecture
    return folder if folder.is_dir() else OWN / lecture


@cache
def needs_of(lecture: str) -> Needs:
    """The needs that stand in the lecture's folder of probes."""
    tree = ast.parse((probe_folder(lecture) / "__init__.py").read_text(encoding="utf-8"))
    found = {
        target.id: ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id in ("PRELOAD", "NAMES", "TEXT")
    }
    return Needs(tuple(found["PRELOAD"]), bool(found.get("NAMES", False)), bool(found.get("TEXT", False)))
