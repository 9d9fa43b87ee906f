"""What a package says of itself is checked, never believed: one sentence for each way to be wrong."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from package_kit import (
    AGAIN,
    ENGINE,
    LECTURE,
    OTHER,
    in_folder,
    noise,
    package,
    refusal,
    whole,
    zipped,
)

DEFLATED = zipfile.ZIP_DEFLATED

# ---- the manifest


def with_manifest(place: Path, text: object, files: dict[str, bytes] | None = None) -> Path:
    raw = text if isinstance(text, bytes) else json.dumps(text).encode()
    return package(place, zipped({**in_folder(files or whole()), "manifest.json": raw}))


@pytest.mark.parametrize(
    "text",
    [
        b"not json",
        b"",
        b"{",
        b"\xff\xff",
        b"[" * 90_000,
        b"9" * 5000,
        b'{"a": NaN}',
        b'{"a": 1, "a": 2}',
        b"\xfe\xff\0{\0}",
    ],
)
def test_a_manifest_that_is_not_json_is_refused(tmp_path, text):
    """Nor is a key that comes twice, a number that is none, or another encoding."""
    assert refusal(with_manifest(tmp_path, text)) == f"manifest.json is not JSON; {AGAIN}"


@pytest.mark.parametrize("text", [[], 1, None, "lecture1_micrograd"])
def test_a_manifest_that_is_not_an_object_is_refused(tmp_path, text):
    """JSON, but nothing that could declare anything."""
    assert refusal(with_manifest(tmp_path, text)) == f"manifest.json is not an object; {AGAIN}"


def test_a_manifest_that_is_too_large_is_refused(tmp_path):
    """Before it is read."""
    text = b'{"a": "' + noise(80_000).hex().encode() + b'"}'
    assert refusal(with_manifest(tmp_path, text)) == f"manifest.json is larger than 100,000 bytes; {AGAIN}"


@pytest.mark.parametrize("lecture", [None, 1, True, {}, ["lecture1_micrograd"]])
def test_a_manifest_that_names_no_lecture_is_refused(tmp_path, lecture):
    """A name is text."""
    assert refusal(with_manifest(tmp_path, {"lecture": lecture})) == f"manifest.json names no lecture; {AGAIN}"


@pytest.mark.parametrize("files", [None, [], "all", 7, {"a": 1}, {"a": None}, {"a": ["x"]}, {"a": {}}])
def test_a_manifest_that_lists_no_hashes_is_refused(tmp_path, files):
    """The list of hashes has one form."""
    expected = f"manifest.json lists no files with their hashes; {AGAIN}"
    assert refusal(with_manifest(tmp_path, {"files": files})) == expected


@pytest.mark.parametrize(
    ("schema", "told"),
    [("zero-to-hero/submission/2",) * 2, ("\x1b[2J", "\\x1b[2J"), (1, "an unknown kind"), (None, "an unknown kind")],
)
def test_a_manifest_of_another_kind_is_refused(tmp_path, schema, told):
    """From another program, or from a later version."""
    expected = f"manifest.json is of {told}, and zero-to-hero/submission/1 is what is read; {AGAIN}"
    assert refusal(with_manifest(tmp_path, {"schema": schema})) == expected


@pytest.mark.parametrize("hash", ["0" * 64, "not a hash"])
def test_a_file_that_is_not_what_was_packed_is_refused(tmp_path, hash):
    """A file that was exchanged or damaged after packing."""
    path = with_manifest(tmp_path, {"files": {f"{LECTURE.id}/engine.py": hash}}, {"engine.py": ENGINE})
    assert refusal(path) == f"engine.py is not the file that was packed (its hash differs); {AGAIN}"


def test_a_file_that_was_packed_and_is_not_there_is_refused(tmp_path):
    """It would have counted as not written."""
    path = with_manifest(tmp_path, {"files": {f"{LECTURE.id}/nn.py": "0" * 64}}, {"derivatives.py": b""})
    assert refusal(path) == f"nn.py was packed and is not in ada.zip any more; {AGAIN}"


def test_a_file_that_was_not_packed_is_refused(tmp_path):
    """A package is what was checked when it was packed, and nothing else."""
    files = {f"{LECTURE.id}/engine.py": hashlib.sha256(ENGINE).hexdigest()}
    path = with_manifest(tmp_path, {"files": files}, {"derivatives.py": b"", "engine.py": ENGINE})
    assert refusal(path) == f"derivatives.py was put into ada.zip after it was packed; {AGAIN}"


def test_a_package_for_another_lecture_is_refused(tmp_path):
    """If it says for what it is, so does the sentence."""
    path = with_manifest(tmp_path, {"lecture": LECTURE.id})
    assert refusal(path, OTHER) == f"ada.zip is for {LECTURE.id}, and {OTHER.id} is being graded"


@pytest.mark.parametrize(
    ("lecture", "told"), [("lecture9", "lecture9"), ("\0\u202e", "\\x00\\u202e"), ("../x", "../x"), ("9" * 61, None)]
)
def test_a_package_for_no_lecture_of_the_course_is_refused(tmp_path, lecture, told):
    """Whatever stands where the lecture's id belongs is shown harmless and short."""
    told = told or "9" * 60 + " ... (1 more characters)"
    path = with_manifest(tmp_path, {"lecture": lecture})
    assert refusal(path) == f"ada.zip is for {told}, which this course does not have"
