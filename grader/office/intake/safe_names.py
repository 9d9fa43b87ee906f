"""A person's name as the name of a folder: safe on every system, the same in every run, and never shared."""

import hashlib
import itertools
import re
import unicodedata
from collections.abc import Collection, Iterator

LONGEST = 80


def safe_name(name: str) -> str:
    """ASCII letters, digits and a few signs. What cannot be written so is told apart by a hash of the whole name."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    kept = re.sub(r"[^A-Za-z0-9_.-]", "_", plain).strip("._-")[:LONGEST]
    if name.isascii():
        return kept or "unnamed"
    same = unicodedata.normalize("NFC", name).encode("utf-8", "surrogatepass")
    return f"{re.sub('_+', '_', kept)[:LONGEST] or 'student'}-{hashlib.sha256(same).hexdigest()[:6]}"


def told_apart(name: str, folder: str) -> str:
    """A name as it is shown where two people may have it: with the folder, if that is not the same."""
    return name if name == folder else f"{name} [{folder}]"


def unshared(name: str, id: str, taken: Collection[str]) -> str:
    """A folder for this name that nobody else has, also where capital letters do not count."""
    return next(one for one in _candidates(safe_name(name), safe_name(id) if id else "") if one.lower() not in taken)


def _candidates(name: str, id: str) -> Iterator[str]:
    yield name
    if id:
        yield f"{name}-{id}"
    yield from (f"{name}-{number}" for number in itertools.count(2))
