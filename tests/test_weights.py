"""Weights that are handed in: what is a safetensors file within the limits is read as numbers, all else is refused."""

import json
import struct

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import save

from grader.course import load
from grader.inside import tensors
from grader.inside.probe import AT_MOST
from grader.submission import MAX_DATA, open_submission, packing
from grader.submission.weights import MOST_NUMBERS, MOST_TENSORS, NotTensors, read_tensors

WEIGHTS = {"W": torch.arange(6.0).reshape(2, 3), "b": torch.tensor([0.5], dtype=torch.float64)}


def refusal(data: bytes) -> str:
    with pytest.raises(NotTensors) as refused:
        read_tensors(data)
    return str(refused.value)


def test_tensors_come_back():
    """Names, dtypes, shapes and numbers."""
    found = read_tensors(save(WEIGHTS))
    assert list(found) == ["W", "b"]
    assert torch.equal(tensors.tensor(found["W"]), WEIGHTS["W"])
    assert torch.equal(tensors.tensor(found["b"]), WEIGHTS["b"])


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\x80\x04\x95" * 9, b"\xff" * 64, save(WEIGHTS)[:-1]])
def test_what_is_no_safetensors_file_is_refused(data):
    """Also a pickle, a zip, and a file that was cut off; the sentence says how to write one."""
    assert refusal(data).startswith("the file is no safetensors file (")
    assert refusal(data).endswith('write it with safetensors.torch.save_file(tensors, "weights.safetensors")')


def test_other_dtypes_are_refused():
    """Weights are floats of two widths."""
    sentence = refusal(save({"W": torch.zeros(2, dtype=torch.int64)}))
    assert sentence == "W has dtype I64; weights are float32 or float64"


def test_too_many_are_refused():
    """Neither the number of tensors nor the number of numbers can be driven up."""
    many = {f"t{i}": torch.zeros(1) for i in range(MOST_TENSORS + 1)}
    assert refusal(save(many)) == "the file holds 201 tensors, more than 200"
    assert refusal(save({"W": torch.zeros(MOST_NUMBERS + 1)})) == "the file holds 500,001 numbers, more than 500,000"


def test_a_header_that_lies_is_refused():
    """Shapes that the bytes cannot fill, and offsets beyond the end."""
    for entry in ({"shape": [2**40, 2**40], "data_offsets": [0, 8]}, {"shape": [2], "data_offsets": [0, 2**60]}):
        header = json.dumps({"W": {"dtype": "F32", **entry}}).encode()
        assert refusal(struct.pack("<Q", len(header)) + header + b"\0" * 8).startswith("the file is no safetensors")


def test_names_are_made_harmless():
    """A tensor's name reaches reports; it carries no control characters."""
    (name,) = read_tensors(save({"\x1b[31mW": torch.zeros(1)}))
    assert "\x1b" not in name


@given(st.binary(max_size=80), st.integers(0, 60))
def test_damaged_files_are_read_or_refused(noise, at):
    """No bytes make it fail in another way."""
    data = save(WEIGHTS)
    damaged = data[:at] + noise + data[at + len(noise) :]
    try:
        read_tensors(damaged)
    except NotTensors:
        return


@pytest.mark.parametrize(("loss", "reached"), [(2.0, True), (2.2, True), (2.21, False), (float("nan"), False)])
def test_a_loss_is_reached_or_not(loss, reached):
    """At most what was asked; not a number is no loss."""
    assert AT_MOST.allows(loss, 2.2) == reached
    assert AT_MOST.said("2.2") == "at most 2.2"


@pytest.mark.parametrize("way", ["folder", "zip"])
def test_the_largest_weights_that_are_allowed_are_taken(tmp_path, way):
    """500,000 numbers in float64 fit, however they are handed in."""
    course = load()
    lecture = course.lecture("lecture3_mlp")
    folder = tmp_path / lecture.id
    folder.mkdir()
    (folder / "weights.safetensors").write_bytes(save({"W": torch.zeros(MOST_NUMBERS, dtype=torch.float64)}))
    place = tmp_path
    if way == "zip":
        place = tmp_path / "ada.zip"
        place.write_bytes(packing.build(packing.choose(tmp_path, lecture), course, "ada"))
    handed_in = open_submission(place, course, lecture).files["weights.safetensors"]
    assert read_tensors(handed_in)["W"].shape == (MOST_NUMBERS,)


def test_a_file_that_is_too_large_costs_its_own_exercise_alone(tmp_path):
    """The code beside it is checked all the same."""
    course = load()
    lecture = course.lecture("lecture3_mlp")
    (tmp_path / "weights.safetensors").write_bytes(bytes(MAX_DATA + 5))
    (tmp_path / "mlp.py").write_text("# begun\n")
    files = open_submission(tmp_path, course, lecture).files
    assert set(files) == {"weights.safetensors", "mlp.py"}
    assert refusal(files["weights.safetensors"]) == "the file has more than 4,200,000 bytes"
