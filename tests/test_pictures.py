"""The pictures of lectures 2 to 4: drawn, true, readable without colour, the same each time, harmless with any input."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from grader import names, pictures
from grader.cli import cli
from grader.course import load, reference_sources
from grader.errors import UsageError
from grader.pictures import Picture, View, Waiting, canvas, motifs, page, pictures_of
from grader.plain import Array
from grader.stubs import stubs_of

LECTURES = [lecture for lecture in load().lectures if lecture.number in (2, 3, 4)]
ALL = [(lecture.id, motif.name) for lecture in LECTURES for motif in motifs(lecture)]
DRAWN = {2: ["counts", "names", "loss", "weights"], 3: ["contexts", "loss", "rates", "embedding"],
         4: ["start", "saturation", "activations", "gradients", "updates"]}  # fmt: skip
HOSTILE = '<script>alert("1")</script> & $\\frac{ \x00\x1b[31m'
PNG, XMLNS = b"\x89PNG\r\n\x1a\n", "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def drawn():
    """Every picture of every lecture, with the reference as the student, and what each was painted from."""
    views, found, real = {}, {}, pictures.View

    def kept(*parts):
        views[lecture.id, parts[0]] = real(*parts)
        return views[lecture.id, parts[0]]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "View", kept)
        for lecture in LECTURES:
            for one in pictures_of(lecture, reference_sources(lecture)):
                found[lecture.id, one.name] = one
    return views, found


def painted(key, view):
    """The picture of that name, painted from a view."""
    motif = next(motif for motif in motifs(load().lecture(key[0])) if motif.name == key[1])
    with canvas.paper():
        return motif.paint(view)


def changed(value, number):
    """Plain data of the same structure with another number in place of each."""
    if isinstance(value, Array):
        dtype = value.dtype if value.dtype.startswith("int") else "float64"
        fill = number if dtype == "float64" else 99
        return Array(dtype, value.shape, np.full(value.shape, fill, dtype).tobytes())
    if isinstance(value, dict):
        return {name: changed(item, number) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [changed(item, number) for item in value]
    return HOSTILE if isinstance(value, str) else number


def other(view, number):
    """The same view, but every number of yours is this one."""
    return View(view.name, changed(view.yours, number), view.expected, view.inputs, view.listed)


def run(*words, cwd):
    """A `grader` process of its own."""
    command = [sys.executable, "-m", "grader", *map(str, words)]
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "COV"))}
    return subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, timeout=120, check=False)


def test_every_picture_is_drawn_from_right_code(drawn):
    """Nothing waits, nothing differs, and these are the pictures."""
    _, found = drawn
    assert all(isinstance(one, Picture) for one in found.values())
    assert [yours for one in found.values() for _, yours, theirs in one.facts if yours != theirs] == []
    assert {lecture.number: [name for id, name in ALL if id == lecture.id] for lecture in LECTURES} == DRAWN


@pytest.mark.parametrize("key", ALL, ids="-".join)
def test_files_are_well_formed_and_the_same_each_time(drawn, key):
    """PNG and SVG; painted and saved again they hold the same bytes; the text alternative is in the SVG."""
    views, found = drawn
    again = painted(key, views[key])
    assert again.png() == found[key].png()
    assert again.png().startswith(PNG)
    assert again.svg() == found[key].svg()
    root = ET.fromstring(again.svg())
    assert (root.find(f"{XMLNS}title").text, root.find(f"{XMLNS}desc").text) == (again.title, again.text)
    assert root.get("role") == "img"
    assert b"dc:date" not in again.svg()


@pytest.mark.parametrize("key", ALL, ids="-".join)
def test_words_fit_terminal_and_sheet(drawn, key):
    """The text alternative is one line of ASCII with numbers in it; titles take at most two lines."""
    picture = drawn[1][key]
    assert picture.text.isascii()
    assert "\n" not in picture.text
    assert any(character.isdigit() for character in picture.text)
    assert picture.figure.get_suptitle().count("\n") <= 1


def test_text_alternatives_tell_what_the_data_say(drawn):
    """Numbers in words, computed here from the names and the raw observations."""
    views, found = drawn
    words = names.in_use().path.read_text(encoding="ascii").split("\n")
    pairs = Counter(pair for word in words for pair in zip(f".{word}", f"{word}.", strict=True))
    (first, second), most = pairs.most_common(1)[0]
    counts = found["lecture2_bigram", "counts"]
    assert f"{pairs.total():,} pairs, {27 * 27 - len(pairs)} places are zero" in counts.text
    assert counts.title.startswith(f"The most frequent pair is '{first}{second}'")
    assert f"{most:,} of {pairs.total():,}" in counts.title
    losses = views["lecture3_mlp", "loss"].yours["losses"]
    assert f"{losses[0]:.2f} at the first, {np.mean(losses[-50:]):.2f}" in found["lecture3_mlp", "loss"].text
    assert "emm --> a" in found["lecture3_mlp", "contexts"].text
    h = canvas.numbers(views["lecture4_batchnorm", "saturation"].yours["plain"]["h"])
    assert f"{(abs(h) > 0.99).mean():.0%} with all numbers from" in found["lecture4_batchnorm", "saturation"].text


@pytest.mark.parametrize("key", ALL, ids="-".join)
def test_wrong_numbers_are_told_apart(drawn, key):
    """Every number of yours is another one: title, words and table say so, and the expected side is unharmed."""
    views, found = drawn
    wrong = painted(key, other(views[key], 0.5))
    assert wrong.title != found[key].title
    assert wrong.text != found[key].text
    assert "expected" in wrong.text or "not as expected" in wrong.title
    assert any(yours != theirs for _, yours, theirs in wrong.facts)
    assert [theirs for *_, theirs in wrong.facts] == [theirs for *_, theirs in found[key].facts]


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -1e300, 10**390])
@pytest.mark.parametrize("key", ALL, ids="-".join)
def test_what_is_no_number_does_not_break_a_picture(drawn, key, number):
    """It is painted without a warning; what cannot be drawn is left out."""
    picture = painted(key, other(drawn[0][key], number))
    if number != number and key[1] != "counts":
        ET.fromstring(picture.svg())


def test_text_of_a_student_is_only_ever_text(drawn):
    """In a picture what is no character of the table is a question mark; on the page everything is escaped."""
    view = drawn[0]["lecture2_bigram", "names"]
    picture = painted(("lecture2_bigram", "names"), other(view, 0.5))
    ET.fromstring(picture.svg())
    assert b"script>" not in picture.svg()
    html = page.to_html(LECTURES[0], [Picture("names", HOSTILE, HOSTILE, ((HOSTILE,) * 3,), picture.figure),
                                      Waiting("loss", ("net-loss",), HOSTILE)])  # fmt: skip
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_page_has_every_picture_with_its_words(drawn, tmp_path):
    """Files beside the page, alternatives in it, yours and expected in tables."""
    found = [one for (id, _), one in drawn[1].items() if id == "lecture3_mlp"]
    for one in found:
        page.save(one, tmp_path)
    html = page.save_page(LECTURES[1], found, tmp_path).read_text()
    for one in found:
        assert f'<img src="{one.name}.png" alt="' in html
        assert (tmp_path / f"{one.name}.png").read_bytes() == one.png()
        assert (tmp_path / f"{one.name}.svg").read_bytes() == one.svg()
    assert "differs" not in html.partition("</style>")[2]


def test_zero_is_white_and_more_is_darker():
    """In both colour maps zero is exactly white, and grey alone tells more from less."""
    counts, signed = canvas.white_to_dark(), canvas.below_and_above()
    assert counts(canvas.root_scale(50)(0)) == (1, 1, 1, 1)
    assert signed(canvas.signed_scale(3.7)(0.0)) == (1, 1, 1, 1)
    grey = np.array([np.dot(counts(share)[:3], (0.299, 0.587, 0.114)) for share in np.linspace(0, 1, 50)])
    assert (np.diff(grey) < 0).all()


def test_a_readers_own_settings_change_nothing_and_stay(drawn):
    """A matplotlibrc of the reader's is neither used nor changed."""
    import matplotlib

    key = ("lecture3_mlp", "contexts")
    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "black"}):
        assert painted(key, drawn[0][key]).png() == drawn[1][key].png()
        assert matplotlib.rcParams["font.size"] == 30
    assert "matplotlib.pyplot" not in sys.modules


def test_labels_keep_their_distance():
    """Near where they belong, in order, and never on top of each other."""
    assert canvas.apart([0.0, 5.0], 1) == [0.0, 5.0]
    assert canvas.apart([1.0, 1.0, 1.0], 1) == [0.0, 1.0, 2.0]
    assert canvas.apart([0.1, 0.0, 9.0], 1) == pytest.approx([0.55, -0.45, 9.0])


@pytest.mark.parametrize("lecture", LECTURES, ids=lambda lecture: lecture.id)
def test_stubs_wait_for_their_exercises(lecture):
    """Each picture names the exercise it waits for, which is one of its own, and nothing has gone wrong."""
    found = list(pictures_of(lecture, stubs_of(lecture)))
    for one, motif in zip(found, motifs(lecture), strict=True):
        assert isinstance(one, Waiting)
        assert set(one.exercises) <= set(motif.exercises) <= {exercise.id for exercise in lecture.exercises}
        assert one.text == f"waits for {one.exercises[0]}: grader check {one.exercises[0]}"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    X, Y = [], []", "    X, Y = [], {}['x']", "KeyError: 'x'; at lecture3_mlp/dataset.py:"),
        ("torch.tensor(Y)", "torch.tensor(Y[1:])", "Y shape is (12,), expected (13,)"),
        ("return torch.tensor(X), torch.tensor(Y)", "pass", "build_dataset(...) is None"),
        ("import torch", "import torhc", "No module named 'torhc'"),
    ],
    ids=["raises", "another shape", "no return", "no import"],
)
def test_broken_code_is_one_line_with_the_exercise(old, new, said):
    """What happened and which exercise to check; never a traceback."""
    files = reference_sources(LECTURES[1])
    assert old in files["dataset.py"]
    (one,) = pictures_of(LECTURES[1], {**files, "dataset.py": files["dataset.py"].replace(old, new)}, "contexts")
    assert one.exercises == ("context-dataset",)
    assert said in one.text
    assert "\n" not in one.text


def test_mistake_in_another_function_is_named_by_its_exercise():
    """count_bigrams calls bigrams, and bigrams is what has to be mended."""
    files = reference_sources(LECTURES[0])
    broken = files["neural.py"].replace("logits = xenc @ W ", "logits = xenc @ W.missing ")
    (one,) = pictures_of(LECTURES[0], {**files, "neural.py": broken}, "loss")
    assert one.exercises == ("net-probabilities",)


def test_missing_file_is_named_by_its_exercise():
    """A module that was not handed in."""
    files = {name: text for name, text in reference_sources(LECTURES[1]).items() if name != "dataset.py"}
    (one,) = pictures_of(LECTURES[1], files, "contexts")
    assert one.exercises == ("context-dataset",)


def test_without_matplotlib_the_way_out_is_said(monkeypatch):
    """The extra is named."""
    real = pictures.find_spec
    monkeypatch.setattr(pictures, "find_spec", lambda name: None if name == "matplotlib" else real(name))
    with pytest.raises(UsageError, match=r"pip install -e '\.\[pictures\]'"):
        list(pictures_of(LECTURES[0], {}))


def test_the_command_draws_what_is_written(finished_three, tmp_path):
    """One picture: its file and its words on one line, exit 0, and no page; the same bytes in another process."""
    first = run("draw", "mlp", "--only", "contexts", "--to", tmp_path / "one", cwd=finished_three)
    second = run("draw", "lecture3", "--only", "contexts", "--to", tmp_path / "two", cwd=finished_three)
    assert (first.returncode, second.returncode) == (0, 0)
    assert first.stdout.splitlines()[0].endswith("All rows are as expected.")
    assert sorted(file.name for file in (tmp_path / "one").iterdir()) == ["contexts.png", "contexts.svg"]
    for name in ("contexts.png", "contexts.svg"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@pytest.fixture
def finished_three(course_folder: Path) -> Path:
    """A course folder with lecture 3 solved."""
    for name, text in reference_sources(LECTURES[1]).items():
        (course_folder / "lecture3_mlp" / name).write_text(text, encoding="utf-8")
    return course_folder


def test_the_command_with_stubs_writes_nothing(course_folder):
    """All wait, a line each, exit 1, no folder."""
    done = run("draw", "2", cwd=course_folder)
    assert (done.returncode, done.stderr) == (1, "")
    assert [line.split()[:3] for line in done.stdout.splitlines()[:-1]] == [[n, "waits", "for"] for n in DRAWN[2]]
    assert done.stdout.splitlines()[-1] == "Drew 0 of 4 pictures."
    assert not list(course_folder.glob("*-pictures"))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("2", "--only", "heat"), "There is no picture 'heat' of lecture2_bigram. Pictures: counts, names"),
        (("2", "a=2"), "a=2 does not go with grader draw 2"),
        (("3", "-o", "x.svg"), "-o does not go with grader draw 3"),
        (("c = a * b", "a=2", "b=3", "--only", "x"), "--only does not go with grader draw EXPRESSION"),
    ],
)
def test_the_command_refuses_in_one_sentence(course_folder, words, sentence):
    """What does not go together, and names that there are not; exit 2."""
    done = CliRunner().invoke(cli, ["-C", str(course_folder), "draw", *words])
    assert (done.exit_code, sentence in done.stderr) == (2, True)
