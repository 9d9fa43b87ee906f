"""The mutants, and the edits of other hands, that no check can or need see: equivalent.toml in the lecture's folder."""

import tomllib
from typing import Any

from grader.course import Lecture, load
from grader.errors import UsageError

FILE = "equivalent.toml"
MUTANTS, EDITS = "equivalent", "in_other_hands"  # the two tables
WHERE = {MUTANTS: "exercise", EDITS: "where"}  # an exercise; the solution and the function, such as "terse Value.tanh"
KEYS = {"line": str, "becomes": list, "reason": str}

Key = tuple[str, str, str, int]


def listed(lecture: Lecture, table: str = MUTANTS) -> dict[Key, str]:
    """The reason of each listed mutant, by the mutant's key. Raises UsageError for a list that cannot be read."""
    file = load().folders.lectures / lecture.id / FILE
    try:
        entries = tomllib.loads(file.read_text(encoding="utf-8")).get(table, []) if file.is_file() else []
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{file} is not a list of equivalent mutants: {error}") from None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise UsageError(f"{file} is not a list of equivalent mutants: it holds [[{table}]] tables.")
    found: dict[Key, str] = {}
    for number, entry in enumerate(entries, 1):
        where = f"{lecture.id}/{file.name}, entry {number}"
        for key, reason in _read(entry, where, WHERE[table]).items():
            if key in found:
                raise UsageError(f"{where}: {key[0]} has this mutant already: {key[2]}")
            found[key] = reason
    return found


def _read(entry: dict[str, Any], where: str, owner: str) -> dict[Key, str]:
    """One entry: a line of an exercise, all that it may become, and why."""
    for key, kind in {owner: str, **KEYS}.items():
        if not isinstance(entry.get(key), kind) or not entry[key]:
            raise UsageError(f"{where} needs {', '.join((owner, *KEYS))}; {key} is missing or not of the right kind.")
    line, occurrence = entry["line"].strip(), entry.get("occurrence", 1)
    return {(entry[owner], line, text.strip(), occurrence): entry["reason"].strip() for text in entry["becomes"]}
