"""A zip beside loose modules: what they lack is taken from it; nothing of it is lost without a word."""

from package_kit import COURSE, ENGINE, LECTURE, folder, refusal, zipped

from grader.course import load
from grader.submission import open_submission

STUB = (load().folders.exercises / LECTURE.id / "nn.py").read_bytes()
NN = b"class Neuron: ...\n"


def opened(place, files):
    return open_submission(folder(place / "ada", files), COURSE)


def test_what_the_loose_files_lack_is_taken_from_the_zip(tmp_path):
    """A stub beside it counts as lacking."""
    found = opened(tmp_path, {"engine.py": ENGINE, "nn.py": STUB, "work.zip": zipped({"a/nn.py": NN})})
    assert found.files == {"engine.py": ENGINE, "nn.py": NN}
    assert found.remarks == ("nn.py taken from work.zip, which lies beside the other files",)


def test_the_same_file_in_both_is_one(tmp_path):
    found = opened(tmp_path, {"engine.py": ENGINE, "work.zip": zipped({"engine.py": ENGINE, "nn.py": NN})})
    assert found.files == {"engine.py": ENGINE, "nn.py": NN}


def test_two_that_differ_are_refused_by_name(tmp_path):
    path = folder(tmp_path / "ada", {"engine.py": ENGINE, "work.zip": zipped({"engine.py": b"class Value: 1\n"})})
    assert refusal(path) == "engine.py is in work.zip and beside it, and they differ; keep one of them"


def test_of_two_zips_none_is_opened_and_that_is_said(tmp_path):
    found = opened(tmp_path, {"engine.py": ENGINE, "a.zip": zipped({"nn.py": NN}), "b.zip": zipped({"nn.py": NN})})
    assert found.files == {"engine.py": ENGINE}
    assert found.remarks == ("derivatives.py is missing; 2 zips lie beside, and none of them was opened",)


def test_a_broken_zip_costs_what_is_in_it_and_is_named(tmp_path):
    found = opened(tmp_path, {"engine.py": ENGINE, "work.zip": b"nothing"})
    assert found.files == {"engine.py": ENGINE}
    assert found.remarks[0].startswith("derivatives.py is missing; work.zip beside it was not taken: work.zip is not a")


def test_a_zip_of_something_else_is_left_alone(tmp_path):
    found = opened(tmp_path, {"engine.py": ENGINE, "pictures.zip": zipped({"a.png": b""})})
    assert (found.files, found.remarks) == ({"engine.py": ENGINE}, ())
