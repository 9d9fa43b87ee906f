"""Zips that contradict themselves or are damaged: refused with one sentence, which stands here word for word."""

import io
import zipfile
import zlib

import pytest
from package_kit import (
    AGAIN,
    ENGINE,
    TAKEN,
    package,
    patched,
    refusal,
    whole,
    zipped,
)

DEFLATED = zipfile.ZIP_DEFLATED

# ---- headers that contradict each other


@pytest.mark.parametrize(
    ("offset", "layout", "value"),
    [
        (8, "<H", 99),
        (14, "<I", 1),
        (18, "<I", 1),
        (22, "<I", 1),
        (6, "<H", 1),
        (30, "<I", int.from_bytes(b"evil", "little")),
    ],
    ids=["method", "checksum", "packed size", "size", "encrypted", "name"],
)
@pytest.mark.parametrize("method", TAKEN)
def test_a_file_that_is_described_in_two_ways_is_refused(tmp_path, offset, layout, value, method):
    """A program that reads the list and one that reads the file's own header would see different things."""
    raw = zipped({"engine.py": ENGINE}, method)
    edited = patched(raw, b"PK\3\4", offset, layout, value)
    expected = f"engine.py is described in two ways that differ; {AGAIN}"
    assert refusal(package(tmp_path, edited)) == expected


def test_a_file_within_another_is_refused(tmp_path):
    """A stored file whose content is a file of its own, which the list names as well: files that overlap."""
    inner = zipped({"engine.py": ENGINE})
    head = inner[: inner.find(b"PK\1\2")]
    outer = zipped({"nn.py": head})
    entry = inner[inner.find(b"PK\1\2") : inner.rfind(b"PK\5\6")]
    entry = patched(entry, b"PK\1\2", 42, "<I", outer.find(head))
    end = outer.rfind(b"PK\5\6")
    start = outer.find(b"PK\1\2")
    raw = outer[:end] + entry + patched(outer[end:], b"PK\5\6", 8, "<HHI", 2, 2, end + len(entry) - start)
    assert refusal(package(tmp_path, raw)) == f"ada.zip holds files that overlap; {AGAIN}"


@pytest.mark.parametrize("front", [b"x", b"#!/bin/sh\nexit\n", b"PK\3\4" + bytes(40), zipped({"nn.py": b""})])
def test_data_before_the_first_file_is_refused(tmp_path, front):
    """A program that can be run, or a second zip that others would read."""
    expected = f"ada.zip has something in front of its first file; {AGAIN}"
    assert refusal(package(tmp_path, front + zipped(whole()))) == expected


def test_data_before_the_first_file_is_refused_where_all_places_agree(tmp_path):
    """As above, with the places in the zip corrected."""
    buffer = io.BytesIO(b"PK\3\4" + bytes(40))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("engine.py", ENGINE)
    expected = f"ada.zip has something in front of its first file; {AGAIN}"
    assert refusal(package(tmp_path, buffer.getvalue())) == expected


@pytest.mark.parametrize("behind", [b"\0", b"\n", b"x" * 100_000, zipped(whole())])
def test_data_behind_the_end_is_refused(tmp_path, behind):
    """Nobody knows what it is, and programs differ in what they make of it."""
    sentence = refusal(package(tmp_path, zipped(whole()) + behind))
    if behind.startswith(b"PK"):
        assert sentence == f"ada.zip has something in front of its first file; {AGAIN}"
    else:
        assert sentence == f"ada.zip has something behind its end, or was cut off; {AGAIN}"


@pytest.mark.parametrize("method", TAKEN)
def test_damaged_contents_are_refused(tmp_path, method):
    """Contents that do not unpack, or not to what was packed."""
    raw = bytearray(zipped({"engine.py": ENGINE * 50}, method))
    start = raw.find(b"engine.py") + len("engine.py")
    raw[start : start + 10] = b"\xff" * 10
    assert refusal(package(tmp_path, bytes(raw))) == f"engine.py in ada.zip is damaged; {AGAIN}"


def test_contents_with_something_behind_them_are_refused(tmp_path):
    """The packed bytes end where the file ends."""
    deflated = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = deflated.compress(ENGINE) + deflated.flush() + b"more"
    raw = zipped({"engine.py": packed})
    for signature, method_at, sums_at in ((b"PK\3\4", 8, 14), (b"PK\1\2", 10, 16)):
        raw = patched(raw, signature, method_at, "<H", 8)
        raw = patched(raw, signature, sums_at, "<III", zlib.crc32(ENGINE), len(packed), len(ENGINE))
    assert refusal(package(tmp_path, raw)) == f"engine.py in ada.zip is damaged; {AGAIN}"


def test_a_file_that_would_go_on_behind_the_end_is_refused(tmp_path):
    """Contents that are promised and not there."""
    raw = zipped({"engine.py": b"#" * 777}).replace((777).to_bytes(4, "little"), (900_000).to_bytes(4, "little"))
    expected = f"ada.zip is not a readable zip (a file is longer than the zip); {AGAIN}"
    assert refusal(package(tmp_path, raw)) == expected
