"""The inbox: which entries there are, and the name that each one's marks go by."""

import itertools
from collections.abc import Iterator
from pathlib import Path

from grader.errors import UsageError
from grader.submission.naming import student_name

SEED_FILE, GRADEBOOK = "seed.txt", "gradebook.csv"
NO_ENTRIES = ("__MACOSX", "desktop.ini", "Thumbs.db")  # which systems put beside what was handed in; and dot files


def entries(inbox: Path) -> list[tuple[str, Path]]:
    """Every entry and the name its results go by, in the order of the names. Raises UsageError."""
    if not inbox.is_dir():
        raise UsageError(f"There is no folder {inbox} to grade. Name the folder that holds the submissions.")
    paths = [path for path in inbox.iterdir() if not path.name.startswith(".") and path.name not in NO_ENTRIES]
    paths.sort(key=lambda path: (student_name(path).lower(), path.name))
    if not paths:
        raise UsageError(f"{inbox} is empty. Put one zip, folder or notebook per student into it.")
    taken = {SEED_FILE, GRADEBOOK}
    found = []
    for path in paths:
        stem = student_name(path)
        name = next(n for n in _numbered(stem) if n.lower() not in taken)
        taken.add(name.lower())
        found.append((name, path))
    return found


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    yield from (f"{stem}-{number}" for number in itertools.count(2))


def check_apart(inbox: Path, out: Path) -> None:
    """Results never go where submissions are read from. Raises UsageError."""
    if inbox.resolve() in (out.resolve(), *out.resolve().parents):
        raise UsageError(f"{out} lies in {inbox}, where it would be graded itself. Choose another folder for --out.")
