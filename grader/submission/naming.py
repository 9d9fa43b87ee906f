"""What a student is called, by the name of what was handed in."""

import re
from pathlib import Path

from grader.course import load

ENDINGS = (".zip", ".ipynb")


def student_name(path: Path) -> str:
    """A safe folder name from the entry's own name; what a package says of itself is not asked."""
    ending = next((ending for ending in ENDINGS if path.name.lower().endswith(ending)), "")
    stem = path.name[: len(path.name) - len(ending)]
    for lecture in load().lectures:
        stem = stem.removeprefix(f"{lecture.id}-") or stem
    return re.sub(r"[^A-Za-z0-9_.-]", "_", stem).strip("._-")[:80] or "unnamed"
