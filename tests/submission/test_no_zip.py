"""What is no zip, or not of this course: refused with one sentence, which stands here word for word."""

import gzip
import io
import lzma
import tarfile
import zipfile

import pytest
from package_kit import (
    AGAIN,
    ENGINE,
    OTHER,
    TAKEN,
    noise,
    package,
    patched,
    refusal,
    whole,
    zipped,
)

DEFLATED = zipfile.ZIP_DEFLATED


def tar(compression: str = "") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=f"w:{compression}") as archive:
        member = tarfile.TarInfo("engine.py")
        member.size = len(ENGINE)
        archive.addfile(member, io.BytesIO(ENGINE))
    return buffer.getvalue()


# ---- what is no zip


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (tar(), "a tar archive"),
        (tar("gz"), "a gzip archive"),
        (tar("bz2"), "a bzip2 archive"),
        (lzma.compress(tar()), "an xz archive"),
        (gzip.compress(ENGINE), "a gzip archive"),
        (b"7z\xbc\xaf\x27\x1c\0\4" + noise(500), "a 7z archive"),
        (b"Rar!\x1a\7\1\0" + noise(500), "a rar archive"),
        (b"%PDF-1.7\n" + noise(500), "a PDF"),
        (b"\n<!DOCTYPE html><title>Log in", "a web page"),
        (b'{"cells": []}', "a text file"),
        (b"x" * 1000, "something else"),
        (b"PK", "something else"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("name", ["ada.zip", "ada.tar.gz", "ada"])
def test_another_archive_is_refused(tmp_path, raw, kind, name):
    """Whatever its name says; the sentence tells what it is and what to do."""
    assert (
        refusal(package(tmp_path, raw, name))
        == f"{name} is not a readable zip (it is {kind}); make a zip of your files: grader pack"
    )


def test_an_empty_file_is_refused(tmp_path):
    """An upload that never began."""
    assert refusal(package(tmp_path, b"")) == "ada.zip is not a readable zip (it is empty); hand it in again"


def test_a_single_module_is_refused(tmp_path):
    """Whose it is could not be told from its name."""
    expected = "engine.py is a single module; put it into a folder or a zip that is named for the student"
    assert refusal(package(tmp_path, ENGINE, "engine.py")) == expected


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.95])
@pytest.mark.parametrize("method", TAKEN)
def test_a_truncated_zip_is_refused(tmp_path, kept, method):
    """An upload that broke off."""
    raw = zipped({name: noise(5000) for name in whole()}, method)
    expected = "ada.zip is not a readable zip (its end is missing, as if it had been cut off); hand it in again"
    assert refusal(package(tmp_path, raw[: int(len(raw) * kept)])) == expected


@pytest.mark.parametrize(
    ("cut", "expected"),
    [
        (1, f"ada.zip has something behind its end, or was cut off; {AGAIN}"),
        (10, f"ada.zip has something behind its end, or was cut off; {AGAIN}"),
        (11, "ada.zip is not a readable zip (its end is missing, as if it had been cut off); hand it in again"),
    ],
)
def test_a_zip_without_its_last_bytes_is_refused(tmp_path, cut, expected):
    """Cut in its comment of ten characters, or in the record at its end."""
    file = package(tmp_path, zipped(whole()))
    with zipfile.ZipFile(file, "a") as archive:
        archive.comment = b"0123456789"
    file.write_bytes(file.read_bytes()[:-cut])
    assert refusal(file) == expected


def test_a_zip_in_several_parts_is_refused(tmp_path):
    """Of which this is one."""
    raw = patched(zipped(whole()), b"PK\5\6", 4, "<HH", 1, 1)
    assert refusal(package(tmp_path, raw)) == f"ada.zip is not a readable zip (a part of it is missing); {AGAIN}"


# ---- the wrong thing


def test_a_zip_of_another_lecture_is_refused(tmp_path):
    """Without a manifest, the sentence says which files were looked for."""
    sentence = refusal(package(tmp_path, zipped(whole())), OTHER)
    assert sentence == "ada.zip holds none of the files of lecture2_other (bigram.py)"


@pytest.mark.parametrize("files", [{}, {"notes.txt": b""}, {"a/b/c/d/e/f/engine.py": ENGINE}, {"engine.txt": ENGINE}])
def test_a_zip_of_something_else_is_refused(tmp_path, files):
    """An empty zip, or one without any file of the course where it can be found."""
    sentence = refusal(package(tmp_path, zipped(files)))
    assert sentence == "ada.zip holds none of the files of any lecture of this course"
