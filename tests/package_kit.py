"""What the tests of submissions share: a small course, folders and zips to order, and the sentence of a refusal."""

import io
import json
import random
import struct
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from unicodedata import category

import pytest

from grader.course import Course, Exercise, Lecture, load
from grader.errors import SubmissionError
from grader.submission import open_submission

LECTURE = load().lectures[0]
OTHER = Lecture("lecture2_other", 2, "other", (Exercise("x", "lecture2_other", "bigram.py", "", 1, (), ()),), {})
COURSE = replace(load(), title="A course", version="1", lectures=(LECTURE, OTHER))
ENGINE = b"class Value: ...\n"
TAKEN = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]
UNUSUAL = [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
NAMES = "derivatives.py, engine.py, drawing.py, nn.py, training.py, softmax.py"
AGAIN = "pack it again: grader pack"


def whole() -> dict[str, bytes]:
    return {name: f"# {name}\n".encode() for name in LECTURE.files}


def in_folder(files: Mapping[str, bytes], name: str = LECTURE.id) -> dict[str, bytes]:
    return {f"{name}/{file}": data for file, data in files.items()}


def noise(size: int) -> bytes:
    """Bytes that no method packs."""
    return random.Random(1).randbytes(size)


def folder(place: Path, files: Mapping[str, bytes]) -> Path:
    place.mkdir(exist_ok=True)
    for name, data in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(data)
    return place


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_STORED, mode: int = 0o100644) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name that ends at a NUL may come twice
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16 | 0x20  # without the bit of DOS, zipfile puts a mode in for 0
            entry.compress_type = method
            archive.writestr(entry, data)
    return buffer.getvalue()


def package(place: Path, raw: bytes, name: str = "ada.zip") -> Path:
    file = place / name
    file.write_bytes(raw)
    return file


def notebook(*cells: object, **changes: object) -> bytes:
    """A notebook as Jupyter saves it; a cell is the source of a code cell, or the whole cell."""
    code = {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": []}
    made = [cell if isinstance(cell, dict) else {**code, "source": cell} for cell in cells]
    whole = {"cells": made, "metadata": {"kernelspec": {"name": "python3"}}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps({**whole, **changes}).encode()


def patched(raw: bytes, signature: bytes, offset: int, layout: str, *values: int) -> bytes:
    """The zip with numbers written into each header of this kind."""
    edited = bytearray(raw)
    at = raw.find(signature)
    while at >= 0:
        struct.pack_into(layout, edited, at + offset, *values)
        at = raw.find(signature, at + 1)
    return bytes(edited)


def with_flag(raw: bytes, flag: int) -> bytes:
    """The zip with a general purpose flag set in every header."""
    return patched(patched(raw, b"PK\3\4", 6, "<H", flag), b"PK\1\2", 8, "<H", flag)


def refusal(path: Path, lecture: Lecture | None = None, course: Course = COURSE) -> str:
    """The one clear sentence that a package is refused with."""
    with pytest.raises(SubmissionError) as caught:
        open_submission(path, course, lecture)
    sentence = str(caught.value)
    assert all(letter.isprintable() or category(letter) == "Zs" for letter in sentence)  # spaces of any script stay
    assert 15 < len(sentence) < 400
    return sentence
