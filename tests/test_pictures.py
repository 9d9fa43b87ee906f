"""The pictures of the lectures: drawn, true, readable in grey, the same each time, harmless with any input."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from grader.cli import cli
from grader.course import load, names, reference_sources
from grader.course.stubs import stubs_of
from grader.desk import pictures
from grader.desk.pictures import Picture, View, Waiting, canvas, chosen, motifs, page, pictures_of, printing
from grader.errors import UsageError
from grader.inside.plain import Array
from grader.judging.subjects import Reference
from grader.sandbox.sandboxed import Sandboxed

DRAWN = {1: ["loss", "boundary"],
         2: ["counts", "names", "loss", "weights"], 3: ["contexts", "loss", "rates", "embedding"],
         4: ["start", "saturation", "activations", "gradients", "updates"],
         5: ["gradients", "dlogits"], 6: ["statistics", "loss", "shapes", "reach"],
         7: ["averages", "attention", "text"],
         8: ["tokens", "tree", "lengths"],
         9: ["loss", "attention", "graph"]}  # fmt: skip
LECTURES = [lecture for lecture in load().lectures if lecture.number in DRAWN]
BIGRAM, MLP = (load().lecture(number) for number in ("2", "3"))
ALL = [(lecture.id, motif.name) for lecture in LECTURES for motif in motifs(lecture)]
SOON = ("lecture1_micrograd", "lecture2_bigram", "lecture3_mlp")  # the others are proof of the course
HOSTILE = '<script>alert("1")</script> & $\\frac{ \x00\x1b[31m'
PNG, XMLNS = b"\x89PNG\r\n\x1a\n", "{http://www.w3.org/2000/svg}"


class Kept(dict):
    """What is known of pictures; those of a lecture are drawn when one is first asked for."""

    def __init__(self, draw) -> None:
        super().__init__()
        self.draw = draw

    def __missing__(self, key):
        self.draw(key[0])
        return self[key]


class Drawn:
    """Every picture, what it was painted from, and a folder for each lecture; with the reference as the student."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.views, self.found = Kept(self.draw), Kept(self.draw)

    def draw(self, id: str) -> None:
        """All pictures of a lecture, and its page."""
        lecture, real = load().lecture(id), pictures.View
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pictures, "View", lambda *parts: self.views.setdefault((id, parts[0]), real(*parts)))
            found = list(pictures_of(lecture, reference_sources(lecture)))
        for one in found:
            self.found[id, one.name] = one
            page.save(one, self.folder / id)
        page.save_page(lecture, found, self.folder / id)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory) -> Drawn:
    return Drawn(tmp_path_factory.mktemp("pictures"))


def each_of(keys):
    """These pictures, those of later lectures as proof of the course."""
    marks = {key: [] if key[0] in SOON else pytest.mark.course for key in keys}
    return pytest.mark.parametrize("key", [pytest.param(k, id="-".join(k), marks=marks[k]) for k in keys])


@pytest.fixture(scope="module")
def judged(warm):
    """What a picture of lecture 3 comes to with other files; one sandbox for all."""
    lecture = MLP
    words = names.in_use().path.read_text(encoding="ascii").split("\n")[:200]
    box = warm(lecture)
    with ThreadPoolExecutor(1) as beside:

        def judge(files, name="contexts"):
            (motif,) = chosen(lecture, name)
            with Sandboxed(box, files) as yours:
                case = pictures.Sides(yours, Reference(lecture), beside).observe(motif.probe, motif.inputs(words))
            return pictures._picture(motif, case, lecture, "a list")

        yield judge


def painted(key, view):
    """The picture of that name, painted from a view."""
    motif = next(motif for motif in motifs(load().lecture(key[0])) if motif.name == key[1])
    with printing.paper():
        return motif.paint(view)


def changed(value, numbers):
    """Plain data of the same structure with other numbers in place of each."""
    if isinstance(value, Array):
        whole = value.dtype.startswith("int")
        fill = [99] if whole else [number for number in numbers if isinstance(number, float)]
        made = np.resize(np.array(fill, "int64" if whole else "float64"), value.shape)
        return Array(str(made.dtype), value.shape, made.tobytes())
    if isinstance(value, dict):
        return {name: changed(item, numbers) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [changed(item, numbers[i % len(numbers) :] + numbers) for i, item in enumerate(value)]
    return HOSTILE if isinstance(value, str) else numbers[0]


def other(view, numbers):
    """The same view, but every number of yours is one of these."""
    return View(view.name, changed(view.yours, numbers), view.expected, view.inputs, view.listed)


def run(*words, cwd):
    """A `grader` process of its own."""
    command = [sys.executable, "-m", "grader", *map(str, words)]
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "COV"))}
    return subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, timeout=120, check=False)


@each_of(ALL)
def test_every_picture_is_drawn_from_right_code(drawn, key):
    """Nothing waits, and nothing differs."""
    assert isinstance(drawn.found[key], Picture)
    assert [fact for fact in drawn.found[key].facts if fact[1] != fact[2]] == []


def test_these_are_the_pictures():
    """Of each lecture, in their order."""
    assert {lecture.number: [name for id, name in ALL if id == lecture.id] for lecture in LECTURES} == DRAWN


@each_of(ALL)
def test_files_are_well_formed_and_say_what_they_show(drawn, key):
    """PNG and SVG with the text alternative inside, and no date."""
    picture, file = drawn.found[key], drawn.folder / key[0] / key[1]
    png, svg = (file.with_suffix(suffix).read_bytes() for suffix in (".png", ".svg"))
    root = ET.fromstring(svg)
    assert png.startswith(PNG)
    assert picture.text.encode() in png
    assert (root.find(f"{XMLNS}title").text, root.find(f"{XMLNS}desc").text) == (picture.title, picture.text)
    assert root.get("role") == "img"
    assert b"dc:date" not in svg


@each_of([key for key in ALL if key[1] != "counts"])
def test_the_same_numbers_give_the_same_bytes(drawn, key):
    """Painted and saved a second time."""
    again, file = painted(key, drawn.views[key]), drawn.folder / key[0] / key[1]
    assert again.svg() == file.with_suffix(".svg").read_bytes()
    if key[0] == "lecture3_mlp":  # after the SVG, which has another resolution
        assert again.png() == file.with_suffix(".png").read_bytes()


@each_of(ALL)
def test_words_fit_terminal_and_sheet(drawn, key):
    """The text alternative is one line of ASCII with numbers in it; titles take at most two lines."""
    picture = drawn.found[key]
    assert picture.text.isascii()
    assert "\n" not in picture.text
    assert any(character.isdigit() for character in picture.text)
    assert picture.figure.get_suptitle().count("\n") <= 1


@pytest.mark.course
def test_text_alternatives_tell_what_the_data_say(drawn):
    """Numbers in words, computed here from the names and the raw observations."""
    words = names.in_use().path.read_text(encoding="ascii").split("\n")
    pairs = Counter(pair for word in words for pair in zip(f".{word}", f"{word}.", strict=True))
    (first, second), most = pairs.most_common(1)[0]
    counts = drawn.found["lecture2_bigram", "counts"]
    assert f"{pairs.total():,} pairs, {27 * 27 - len(pairs)} places are zero" in counts.text
    assert counts.title.startswith(f"The most frequent pair is '{first}{second}'")
    assert f"{most:,} of {pairs.total():,}" in counts.title
    losses = drawn.views["lecture3_mlp", "loss"].yours["losses"]
    assert f"{losses[0]:.2f} at the first, {np.mean(losses[-50:]):.2f}" in drawn.found["lecture3_mlp", "loss"].text
    assert "emm --> a" in drawn.found["lecture3_mlp", "contexts"].text
    h = canvas.numbers(drawn.views["lecture4_batchnorm", "saturation"].yours["plain"]["h"])
    assert f"{(abs(h) > 0.99).mean():.0%} with all numbers" in drawn.found["lecture4_batchnorm", "saturation"].text
    moons = drawn.views["lecture1_micrograd", "boundary"]
    right = sum(output * y > 0 for output, y in zip(moons.yours["at"], moons.inputs["ys"], strict=True))
    assert f"{right} of {len(moons.inputs['xs'])} points lie on their side" in (
        drawn.found["lecture1_micrograd", "boundary"].text
    )
    assert f"to {moons.yours['losses'][-1]:.2f}; expected" in drawn.found["lecture1_micrograd", "loss"].text


@each_of(ALL)
def test_wrong_numbers_are_told_apart(drawn, key):
    """Every number of yours is another one: title, words and table say so, and the expected side is unharmed."""
    wrong, right = painted(key, other(drawn.views[key], [0.5])), drawn.found[key]
    assert wrong.title != right.title
    assert wrong.text != right.text
    assert "expected" in wrong.text
    assert any(yours != theirs for _, yours, theirs in wrong.facts)
    assert [theirs for *_, theirs in wrong.facts] == [theirs for *_, theirs in right.facts]


@each_of(ALL)
def test_what_is_no_number_does_not_break_a_picture(drawn, key):
    """It is painted without a warning; what cannot be drawn is left out."""
    picture = painted(key, other(drawn.views[key], [float("nan"), float("inf"), -1e300, 10**390]))
    if key[1] != "counts":
        ET.fromstring(picture.svg())


@pytest.mark.parametrize("number", [float("nan"), 10**390], ids=["nan", "beyond every float"])
@each_of([key for key in ALL if key[1] != "counts"])
def test_nothing_but_what_is_no_number_does_not_break_a_picture(drawn, key, number):
    """Not a single number can be drawn."""
    assert painted(key, other(drawn.views[key], [number, float("nan")])).title


def test_text_of_a_student_is_only_ever_text(drawn):
    """In a picture what is no character of the table is a question mark; on the page everything is escaped."""
    picture = painted(("lecture2_bigram", "names"), other(drawn.views["lecture2_bigram", "names"], [0.5]))
    assert b"script>" not in picture.svg()
    assert "draws: ?script?alert????" in picture.text
    html = page.to_html(BIGRAM, [Picture("names", HOSTILE, HOSTILE, ((HOSTILE,) * 3,), picture.figure),
                                      Waiting("loss", ("net-loss",), HOSTILE)])  # fmt: skip
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_dollar_signs_are_dollar_signs():
    """Nothing that is written on a picture is read as a formula, and no character breaks the file."""
    with printing.paper():
        figure = canvas.sheet(4, 2, HOSTILE[:-6], "$\\frac{")
        figure.subplots().set_title("$_{$")
    ET.fromstring(printing.svg(figure, "a < b & $\\frac{", "<desc>"))
    assert printing.png(figure, "a", "b").startswith(PNG)


def test_page_has_every_picture_with_its_words(drawn):
    """Alternatives, and yours and expected in tables."""
    drawn.draw("lecture3_mlp")
    html = (drawn.folder / "lecture3_mlp" / "index.html").read_text()
    for name in DRAWN[3]:
        assert f'<img src="{name}.png" alt="' in html
        assert f'<a href="{name}.svg">' in html
    assert "differs" not in html.partition("</style>")[2]


def test_zero_is_white_and_more_is_darker():
    """In both colour maps zero is exactly white, and grey alone tells more from less."""
    counts, signed = canvas.white_to_dark(), canvas.below_and_above()
    assert counts(canvas.root_scale(50)(0)) == (1, 1, 1, 1)
    assert signed(canvas.signed_scale(3.7)(0.0)) == (1, 1, 1, 1)
    grey = np.array([np.dot(counts(share)[:3], (0.299, 0.587, 0.114)) for share in np.linspace(0, 1, 50)])
    assert (np.diff(grey) < 0).all()


def test_a_readers_own_settings_change_nothing_and_stay(drawn):
    """A matplotlibrc of the reader's is neither used nor changed, and the machine of pyplot is not started."""
    import matplotlib

    key = ("lecture3_mlp", "contexts")
    view = drawn.views[key]
    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "black"}):
        assert painted(key, view).png() == (drawn.folder / key[0] / "contexts.png").read_bytes()
        assert matplotlib.rcParams["font.size"] == 30
    assert "matplotlib.pyplot" not in sys.modules


def test_labels_keep_their_distance():
    """Near where they belong, in order, and never on top of each other."""
    assert canvas.apart([0.0, 5.0], 1) == [0.0, 5.0]
    assert canvas.apart([1.0, 1.0, 1.0], 1) == [0.0, 1.0, 2.0]
    assert canvas.apart([0.1, 0.0, 9.0], 1) == pytest.approx([0.55, -0.45, 9.0])


@pytest.mark.parametrize("lecture", [one for one in LECTURES if one != BIGRAM], ids=lambda lecture: lecture.id)
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
        ("torch.tensor(Y)", "torch.tensor(Y[1:])", "Y shape is [12], expected [13]"),
        ("return torch.tensor(X), torch.tensor(Y)", "pass", "build_dataset(...) is None"),
        ("import torch", "import torhc", "No module named 'torhc'"),
        ("import torch", "def (", "SyntaxError"),
    ],
    ids=["raises", "another shape", "no return", "no import", "no syntax"],
)
def test_broken_code_is_one_line_with_the_exercise(judged, old, new, said):
    """What happened and which exercise to check; never a traceback."""
    files = reference_sources(MLP)
    assert old in files["dataset.py"]
    one = judged({**files, "dataset.py": files["dataset.py"].replace(old, new)})
    assert one.exercises == ("context-dataset",)
    assert said in one.text
    assert "\n" not in one.text


def test_missing_file_is_named_by_its_exercise(judged):
    """A module that was not handed in."""
    one = judged({name: text for name, text in reference_sources(MLP).items() if name != "dataset.py"})
    assert one.exercises == ("context-dataset",)


def test_mistake_in_another_function_is_named_by_its_exercise(judged):
    """train calls sgd_step, and that is what has to be mended."""
    files = reference_sources(MLP)
    one = judged({**files, "mlp.py": files["mlp.py"].replace("-lr * p.grad", "-lr * p.missing")}, "loss")
    assert one.exercises == ("sgd-step",)
    assert "has no attribute 'missing'; at lecture3_mlp/mlp.py:" in one.text


def test_without_matplotlib_the_way_out_is_said(monkeypatch):
    """The package is named: it is so called in a student kit as well."""
    real = pictures.find_spec
    monkeypatch.setattr(pictures, "find_spec", lambda name: None if name == "matplotlib" else real(name))
    with pytest.raises(UsageError, match="which is not installed: pip install matplotlib"):
        list(pictures_of(BIGRAM, {}))


def test_the_command_draws_what_is_written(drawn, course_folder, tmp_path):
    """One picture: its file and its words on one line, exit 0, no page, and the same bytes in another process."""
    for name, text in reference_sources(MLP).items():
        (course_folder / "lecture3_mlp" / name).write_text(text, encoding="utf-8")
    done = run("draw", "mlp", "--only", "contexts", "--to", tmp_path / "one", cwd=course_folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0].endswith("All rows are as expected.")
    assert sorted(file.name for file in (tmp_path / "one").iterdir()) == ["contexts.png", "contexts.svg"]
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (drawn.folder / "lecture3_mlp" / file.name).read_bytes()


def test_the_command_with_stubs_writes_nothing(course_folder, monkeypatch):
    """All wait, a line each, exit 1, no folder."""
    monkeypatch.chdir(course_folder)
    done = CliRunner().invoke(cli, ["draw", "2"])
    assert (done.exit_code, done.stderr) == (1, "")
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
