"""Whatever is handed in is opened or refused with one SubmissionError, and what is opened has the very same bytes."""

import contextlib
import io
import json
import warnings
import zipfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from package_kit import COURSE, LECTURE, TAKEN, UNUSUAL, folder, in_folder, notebook, package, refusal, whole, zipped

from grader.errors import SubmissionError
from grader.submission import open_submission
from grader.submission.packing import build, choose

FILES = st.dictionaries(st.sampled_from(LECTURE.files), st.binary(max_size=2000), min_size=1)
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)
SOURCE = st.text(st.sampled_from("ab=%!?#'\"\\()[]{}:\n \t\r\0\u2028é"), max_size=60)


def opened(path: Path) -> dict[str, bytes] | None:
    with contextlib.suppress(SubmissionError):
        return open_submission(path, COURSE).files
    assert "\n" not in refusal(path)
    return None


@given(
    FILES, st.sampled_from(TAKEN), st.sampled_from(["", f"{LECTURE.id}/", "ada/", f"a/b/{LECTURE.id}/"]), st.booleans()
)
@settings(deadline=None, max_examples=100)
def test_any_files_come_out_as_they_went_in(scratch, files, method, around, streamed):
    """Packed by any means, in any folder, every byte is the same."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in files.items():
            with archive.open(around + name, "w", force_zip64=streamed) as file:
                file.write(data)
    assert opened(package(scratch, buffer.getvalue())) == files


@given(FILES)
@settings(deadline=None, max_examples=50)
def test_any_files_come_out_as_they_were_packed(scratch, files):
    """By grader pack; the order of the files is the course's."""
    for name in LECTURE.files:
        (scratch / "home" / LECTURE.id / name).unlink(missing_ok=True)
    home = folder(scratch / "home", in_folder(files))
    found = opened(package(scratch, build(choose(home, LECTURE), COURSE, "ada")))
    assert found == files
    assert list(found) == [name for name in LECTURE.files if name in files]


@given(st.binary(max_size=300))
@settings(deadline=None, max_examples=50)
def test_random_bytes_are_refused(scratch, raw):
    """Noise, alone or behind a zip's signature, and as a notebook."""
    for prefix in (b"", b"PK\3\4", b"PK\5\6"):
        assert refusal(package(scratch, prefix + raw))
    assert opened(package(scratch, raw, "ada.ipynb")) is None


ZIPS = [zipped(in_folder(whole()), method) for method in TAKEN + UNUSUAL]


@given(
    st.sampled_from(ZIPS),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 7)), min_size=1, max_size=5),
    st.booleans(),
)
@settings(deadline=None, max_examples=400)
def test_a_package_with_some_bits_turned_is_opened_or_refused(scratch, raw, bits, at_the_end):
    """Anywhere, or in the list at its end; if it is opened, its contents are what they were."""
    damaged = bytearray(raw)
    start = raw.find(b"PK\1\2") if at_the_end else 0
    for place, bit in bits:
        damaged[start + int(place * (len(raw) - start))] ^= 1 << bit
    found = opened(package(scratch, bytes(damaged)))
    assert found is None or found.items() <= whole().items()


@given(st.sampled_from(ZIPS[:2]), st.integers(0, 2000), st.integers(0, 2000), st.binary(max_size=30))
@settings(deadline=None, max_examples=200)
def test_a_package_with_a_part_exchanged_is_opened_or_refused(scratch, raw, start, length, instead):
    """Cut out, doubled, overwritten with anything."""
    found = opened(package(scratch, raw[:start] + instead + raw[start + length :]))
    assert found is None or found.items() <= whole().items()


@given(
    st.dictionaries(
        st.one_of(
            st.sampled_from([*LECTURE.files, *in_folder(whole()), "manifest.json", "a.ipynb", "engine.ipynb"]),
            st.text(max_size=8),
            st.text(st.sampled_from("./\\:a\0"), max_size=6),
        ),
        st.one_of(st.sampled_from([b"{}", b"[]", b'{"lecture": 1}', b'{"files": {}}']), st.binary(max_size=20)),
        max_size=5,
    )
)
@settings(deadline=None, max_examples=200)
def test_a_package_of_anything_is_opened_or_refused(scratch, files):
    """Whatever the names and contents."""
    opened(package(scratch, zipped(files)))


@given(st.dictionaries(st.sampled_from(["schema", "lecture", "files", "score"]), ANY))
@settings(deadline=None, max_examples=100)
def test_any_manifest_is_taken_or_refused(scratch, manifest):
    """Whatever it declares."""
    text = json.dumps(manifest).encode()
    found = opened(package(scratch, zipped({**in_folder(whole()), "manifest.json": text})))
    assert found in (None, whole())


@given(
    st.lists(
        st.fixed_dictionaries({}, optional={"cell_type": st.just("code") | ANY, "source": SOURCE | ANY, "id": ANY})
    ),
    st.dictionaries(st.sampled_from(["cells", "metadata", "nbformat", "nbformat_minor"]), ANY, max_size=2),
)
@settings(deadline=None, max_examples=200)
def test_any_notebook_is_opened_or_refused(scratch, cells, changes):
    """Whatever JSON stands in its place; nothing is told but by the sentence."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        opened(package(scratch, notebook(*cells, **changes), "engine.ipynb"))


@given(st.lists(SOURCE, min_size=1, max_size=3))
@settings(deadline=None, max_examples=300)
def test_every_line_of_a_cell_keeps_its_place(scratch, sources):
    """What is turned into a comment stays on its line, and no line is added or lost."""
    found = opened(package(scratch, notebook(*(f"pass\n{source}" for source in sources)), "engine.ipynb"))
    assert found is not None
    lines = found["engine.py"].decode().split("\n")
    for source in sources:
        body = source.replace("\r\n", "\n").split("\n")
        assert lines[1] == "pass"
        for line, kept in zip(body, lines[2:], strict=False):
            assert kept.endswith(line.lstrip(" \t"))
        lines = lines[3 + len(body) :]
    assert lines == []
