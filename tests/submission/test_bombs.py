"""Packages that unpack to far more than they are: refused with one sentence, in bounded memory."""

import tracemalloc
import zipfile
import zlib

import pytest
from package_kit import (
    AGAIN,
    LECTURE,
    TAKEN,
    noise,
    package,
    patched,
    refusal,
    whole,
    zipped,
)

from grader.submission import MAX_ENTRIES, MAX_FILE

DEFLATED = zipfile.ZIP_DEFLATED

ENDLESS = "engine.py unpacks to 999,999 bytes, more than 100 times what was packed, which is not taken"


# ---- bombs


def bomb_of_many_layers() -> bytes:
    """Ten thousand million bytes in a hundred kilobytes, if all of it were unpacked."""
    raw = zipped({"engine.py": bytes(900_000)}, DEFLATED)
    for layer in range(5):
        raw = zipped({f"{layer}{copy}.zip": raw for copy in range(16)}, DEFLATED)
    return raw


@pytest.mark.parametrize("name", ["engine.py", "notes.txt"])
def test_a_file_that_unpacks_to_far_more_is_refused(tmp_path, name):
    """By the ratio, before anything is unpacked, also where nothing would be read."""
    sentence = refusal(package(tmp_path, zipped({name: b"#" * (MAX_FILE - 1)}, DEFLATED)))
    assert sentence == ENDLESS.replace("engine.py", name)


@pytest.mark.parametrize("method", TAKEN)
def test_a_file_that_is_too_large_is_refused(tmp_path, method):
    """By its size."""
    sentence = refusal(package(tmp_path, zipped({"engine.py": noise(MAX_FILE + 1)}, method)))
    assert sentence == "engine.py is larger than 1,000,000 bytes"


def test_files_that_are_too_large_together_are_refused(tmp_path):
    """Many files, each within the limits, have a limit together."""
    raw = zipped({name: noise(MAX_FILE - 1) for name in LECTURE.files})
    expected = "the files of lecture1_micrograd have together more than 5,000,000 bytes"
    assert refusal(package(tmp_path, raw)) == expected


def test_a_package_that_is_too_large_is_refused(tmp_path):
    """A whole disk is not read."""
    with package(tmp_path, zipped(whole())).open("ab") as file:
        file.truncate(10**10)
    expected = "ada.zip is larger than 25,000,000 bytes; pack the lecture alone: grader pack"
    assert refusal(tmp_path / "ada.zip") == expected


@pytest.mark.parametrize("count", [MAX_ENTRIES + 1, 20_000])
def test_a_zip_of_very_many_files_is_refused(tmp_path, count):
    """By the list at its end, before that is read."""
    sentence = refusal(package(tmp_path, zipped({f"{i}.py": b"" for i in range(count)})))
    assert sentence == f"ada.zip holds {count:,} files, and 1,000 are the most; pack the lecture alone: grader pack"


def test_a_zip_that_lies_about_how_many_files_it_holds_is_refused(tmp_path):
    """The length of the list tells as well."""
    raw = patched(zipped({f"{i}.py": b"" for i in range(30_000)}), b"PK\5\6", 8, "<HH", 3, 3)
    assert "and 1,000 are the most" in refusal(package(tmp_path, raw))


def test_a_zip_with_an_endless_list_is_refused(tmp_path):
    """Names of thousands of characters are no names."""
    raw = zipped({f"{i}".rjust(30_000, "x"): b"" for i in range(50)})
    assert "and 1,000 are the most" in refusal(package(tmp_path, raw))


def test_a_bomb_of_many_layers_is_refused(tmp_path):
    """None of the archives in it is opened."""
    expected = (
        "ada.zip holds none of the files of any lecture of this course, but another archive, 40.zip; "
        "hand in that one by itself"
    )
    assert refusal(package(tmp_path, bomb_of_many_layers())) == expected


@pytest.mark.parametrize("said", [50, 999_999])
@pytest.mark.parametrize(
    ("real", "expected"),
    [(3_000_000, "engine.py is larger than 1,000,000 bytes"), (600_000, f"engine.py in ada.zip is damaged; {AGAIN}")],
)
def test_a_zip_that_lies_about_a_size_is_refused(tmp_path, real, expected, said):
    """What is said in the header does not open the way for a larger content, nor for a shorter one."""
    raw = zipped({"engine.py": noise(30_000) * (real // 30_000)}, DEFLATED)
    lying = patched(patched(raw, b"PK\3\4", 22, "<I", said), b"PK\1\2", 24, "<I", said)
    assert refusal(package(tmp_path, lying)) == expected


def test_a_bomb_that_lies_is_not_unpacked(tmp_path):
    """A gigabyte in a megabyte that is said to be a kilobyte costs no gigabyte of memory."""
    deflated = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(deflated.compress(bytes(10**6)) for _ in range(1000)) + deflated.flush()
    raw = zipped({"engine.py": packed})  # stored: the headers hold the same size twice, and the first is made ours
    raw = patched(patched(raw, b"PK\3\4", 8, "<H", 8), b"PK\1\2", 10, "<H", 8)
    tracemalloc.start()
    try:
        assert refusal(package(tmp_path, raw)) == "engine.py is larger than 1,000,000 bytes"
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
