"""Bad packages, and entries of an inbox with names that nobody should have."""

import io
import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from attacks.attacks_kit import LECTURE, SOLUTION

GOOD = {"derivatives.py": SOLUTION}


def package(contents: dict[str, str | bytes], **manifest: object) -> bytes:
    """A zip of these files, and of a manifest if one is given."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
        if manifest:
            archive.writestr("manifest.json", json.dumps(manifest))
    return buffer.getvalue()


def linked(target: str) -> bytes:
    """A zip whose derivatives.py is a symbolic link."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        entry = zipfile.ZipInfo("derivatives.py")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, target)
    return buffer.getvalue()


def lying() -> bytes:
    """A zip whose directory says 10 bytes where a million are."""
    data = bytearray(package({"derivatives.py": b"#" * 900_000}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(data)


# what each is called in the inbox, and its bytes
REFUSED: dict[str, bytes] = {
    "promises.zip": package(GOOD, lecture="../../etc", files={}),
    "climbs.zip": package({"../derivatives.py": SOLUTION, "../../../../tmp/climbed": "x", **GOOD}),
    "absolute.zip": package({"/etc/derivatives.py": SOLUTION, **GOOD}),
    "backslash.zip": package({"..\\..\\derivatives.py": SOLUTION, **GOOD}),
    "linked.zip": linked("/etc/passwd"),
    "bomb.zip": package({"derivatives.py": b"#" * 50_000_000}),
    "lying.zip": lying(),
    "crowded.zip": package({f"file{n}.py": "" for n in range(5000)}),
    "formula.zip": package({"=SUM(1+1)\\..\\x.py": "", **GOOD}),
    "nested.zip": package({"inner.zip": package(GOOD)}),
    "cut.zip": package(GOOD)[:-30],
    "random.zip": bytes(range(256)) * 40,
    "empty.zip": b"",
    "hashes.zip": package(GOOD, lecture=LECTURE.id, files={f"{LECTURE.id}/derivatives.py": "0" * 64}),
    "deep.zip": package({"manifest.json": "[" * 100_000, **GOOD}),
}
# what is taken, and gets what its code deserves whatever is packed around it
TAKEN: dict[str, bytes] = {
    "claims.zip": package(GOOD, lecture=LECTURE.id, score=100, max_score=100, status="passed", student="=1+1"),
    "surrounded.zip": package(
        {
            **GOOD, "conftest.py": "raise SystemExit", "pytest.ini": "[pytest]", "sitecustomize.py": "1/0",
            "random.py": "1/0", "grader/__init__.py": "1/0", "report.json": '{"score": 100}', "seed.txt": "1",
        }
    ),
    "=cmd|'calc'!A0.zip": package(GOOD),
    "<img src=x onerror=alert(1)>.zip": package(GOOD),
    "\x1b[2J\u202e100.zip": package(GOOD),
    "line\nbreak,100,100.zip": package(GOOD),
    "-rf.zip": package(GOOD),
    "gradebook.csv.zip": package(GOOD),
}  # fmt: skip


def _link(inbox: Path) -> None:
    (inbox / "points-away").symlink_to("/etc")


def _loop(inbox: Path) -> None:
    (inbox / "loop.zip").symlink_to("loop.zip")


def _linked_file(inbox: Path) -> None:
    (inbox / "linked-file").mkdir()
    (inbox / "linked-file" / "derivatives.py").symlink_to("/etc/passwd")


def _pipe(inbox: Path) -> None:
    import os

    os.mkfifo(inbox / "pipe.zip")


SPECIAL: tuple[Callable[[Path], None], ...] = (_link, _loop, _linked_file, _pipe)
