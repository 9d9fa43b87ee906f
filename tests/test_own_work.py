"""`grader reset` puts a stub back and loses nothing; `grader solution` shows ours beside what has passed alone."""

import json
from pathlib import Path

import pytest
from command_kit import run
from notebook_kit import filled, home_with

from grader.cli.own_work import _folded
from grader.course import load, reference_sources
from grader.course.stubs import stubs_of
from grader.course.whole_files import write_whole
from grader.desk import reset, solution
from grader.desk.progress import Progress
from grader.errors import UsageError

FIRST = load().lectures[0]
ENGINE, DERIVATIVES = f"{FIRST.id}/engine.py", f"{FIRST.id}/derivatives.py"
KEPT = ".grader/kept"
MINUS = ("__neg__", "__sub__", "__rsub__")


def pieces_between(text: str, function: str) -> str:
    """A method's text, from its first line to the next one's."""
    return text.partition(f"    def {function}(")[2].partition("\n    def ")[0]


def planned(home: Path, exercise: str, progress: Progress | None = None) -> reset.Reset | None:
    return reset.reset_of(load().exercise(exercise), progress or Progress(home))


# ---- reset


def test_the_stub_stands_there_again_and_everything_else_stays(finished_folder):
    """All functions of the exercise, and no other line of the file."""
    before = (finished_folder / ENGINE).read_text(encoding="utf-8")
    done = run("reset", "value-neg-sub", "--yes", cwd=finished_folder)
    after = (finished_folder / ENGINE).read_text(encoding="utf-8")
    assert done.stdout.splitlines() == [
        f"In {ENGINE}, this begins anew: Value.__neg__, Value.__sub__, Value.__rsub__. Everything else stays.",
        f"Done. The file as it was: {finished_folder}/{KEPT}/{ENGINE}.1",
    ]
    assert (finished_folder / KEPT / f"{ENGINE}.1").read_text(encoding="utf-8") == before
    assert after.count('NotImplementedError("value-neg-sub")') == len(MINUS)
    outside = [before, after]
    for name in MINUS:
        outside = [text.replace(pieces_between(text, name), "") for text in outside]
    marks = ("### BEGIN SOLUTION", "### END SOLUTION")
    kept = [[line for line in text.split("\n") if not line.strip().startswith(marks)] for text in outside]
    assert kept[0] == kept[1]


@pytest.mark.parametrize(
    "lecture",
    [pytest.param(one, id=one.id, marks=[pytest.mark.course] if one.number > 1 else []) for one in load().lectures],
)
def test_every_exercise_can_begin_anew_until_the_file_is_the_stub(lecture, tmp_path):
    """Classes and functions of all kinds; what stands between them is kept."""
    for name, text in reference_sources(lecture).items():
        without = [line for line in text.split("\n") if "### " not in line]
        write_whole(tmp_path / lecture.id / name, "\n".join(without).encode())
    progress = Progress(tmp_path)
    for exercise in lecture.exercises:
        if not exercise.is_data:
            plan = planned(tmp_path, exercise.id, progress)
            assert plan is not None
            plan.carry_out(tmp_path)
            assert planned(tmp_path, exercise.id, progress) is None
    for name, text in stubs_of(lecture).items():
        assert (tmp_path / lecture.id / name).read_text(encoding="utf-8") == text


def test_comments_above_and_below_stay(course_folder):
    """They are nobody's function."""
    file = course_folder / DERIVATIVES
    note = "# why h must not be too small\n"
    text = file.read_text(encoding="utf-8").replace("def slope(", f"{note}def slope(")
    text = text.replace(
        'raise NotImplementedError("slope")  # TODO: your code goes here', "return 0\n    # not right yet"
    )
    file.write_text(text, encoding="utf-8")
    plan = planned(course_folder, "slope")
    assert plan is not None
    after = plan.after.decode()
    assert note in after
    assert "# not right yet" in after
    assert "return 0" not in after


@pytest.mark.parametrize("broken", ["math.exp(self.data, (self,)", "'''no end", "if :"])
def test_a_file_that_is_no_python_can_be_begun_anew_in_part(finished_folder, broken):
    """Where a slip cannot be found any more, it is most wanted; the other functions stay."""
    file = finished_folder / ENGINE
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("math.exp(self.data), (self,)", broken), encoding="utf-8")
    plan = planned(finished_folder, "value-exp")
    assert plan is not None
    after = plan.after.decode()
    compile(after, ENGINE, "exec")
    assert pieces_between(after, "exp") == pieces_between(stubs_of(FIRST)["engine.py"], "exp")
    assert pieces_between(after, "log") == pieces_between(text, "log")


def test_a_function_that_is_gone_comes_back(finished_folder):
    """As when a course folder is brought up to date."""
    file = finished_folder / ENGINE
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(f"    def exp({pieces_between(text, 'exp')}\n", ""), encoding="utf-8")
    plan = planned(finished_folder, "value-exp")
    assert plan is not None
    assert 'NotImplementedError("value-exp")' in plan.after.decode()


def test_nothing_to_do_is_said(course_folder):
    """A stub stays a stub, and no copy is made."""
    done = run("reset", "slope", cwd=course_folder)
    assert done.stdout == f"Nothing to do: the stub of slope stands in {DERIVATIVES} as it was handed out.\n"
    assert not (course_folder / KEPT).exists()


def test_without_somebody_to_ask_nothing_is_done(finished_folder):
    """In a script it takes --yes."""
    before = (finished_folder / ENGINE).read_bytes()
    done = run("reset", "value-exp", cwd=finished_folder)
    assert done.returncode == 2
    assert "Nobody can be asked here. To do it without asking: grader reset EXERCISE --yes" in done.stderr
    assert (finished_folder / ENGINE).read_bytes() == before


@pytest.mark.parametrize(("answer", "code", "changed"), [("y", 0, True), ("n", 1, False)])
def test_somebody_is_asked(finished_folder, monkeypatch, answer, code, changed):
    """And a no leaves everything as it was."""
    before = (finished_folder / ENGINE).read_bytes()
    monkeypatch.setattr("grader.cli.own_work._agreed", lambda: answer == "y")
    done = run("reset", "value-exp", cwd=finished_folder)
    assert (done.returncode, (finished_folder / ENGINE).read_bytes() != before) == (code, changed)
    assert ("Nothing was changed." in done.stdout) is not changed


@pytest.mark.parametrize(
    ("exercise", "spoil", "sentence"),
    [
        (
            "beat-the-lecture",
            None,
            "has no stub: what is handed in for it is the file lecture3_mlp/weights.safetensors",
        ),
        ("slope", b"# caf\xe9\n", "is not UTF-8. Save it as UTF-8"),
        ("slope", b"def slope(:\ndef slope(:\n", "Where slope begins and ends cannot be told in "),
        ("slope", b"", "Where slope begins and ends cannot be told in "),
    ],
)
def test_what_cannot_be_done_is_one_sentence(course_folder, exercise, spoil, sentence):
    """And nothing is touched."""
    if spoil is not None:
        (course_folder / DERIVATIVES).write_bytes(spoil)
    with pytest.raises(UsageError) as error:
        planned(course_folder, exercise)
    assert sentence in str(error.value)


def test_a_cell_is_not_exchanged_behind_an_open_notebooks_back(tmp_path):
    """The way to the empty cell is said."""
    home = home_with(tmp_path, FIRST, filled(FIRST))
    with pytest.raises(UsageError, match=r"slope is written in a notebook, .* grader stubs --notebook --to"):
        planned(home, "slope")


# ---- solution


def test_before_it_has_passed_nothing_of_it_is_shown(course_folder):
    """Neither of a stub, nor of what is wrong; what was not checked yet is checked first."""
    done = run("solution", "slope", cwd=course_folder)
    assert (done.returncode, done.stdout) == (2, "")
    sentence = "is shown once it has passed its public checks: grader check slope\n"
    assert done.stderr.replace("\n", " ").startswith("ERROR  slope is not written yet; our solution is shown once")
    file = course_folder / DERIVATIVES
    stub = 'raise NotImplementedError("slope")  # TODO: your code goes here'
    file.write_text(file.read_text(encoding="utf-8").replace(stub, "return 0"), encoding="utf-8")
    done = run("solution", "slope", cwd=course_folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(sentence)
    assert json.loads((course_folder / ".grader" / "progress.json").read_text())["slope"]["status"] == "failed"
    assert "BEGIN" not in done.stderr


def test_what_has_passed_stands_beside_ours(course_folder):
    """In 80 columns without colour: the same function in the student's words and in ours, without its statement."""
    file = course_folder / DERIVATIVES
    stub = 'raise NotImplementedError("slope")  # TODO: your code goes here'
    text = file.read_text(encoding="utf-8").replace(stub, "nudged = f(x + h)\n    return (nudged - f(x)) / h")
    file.write_text(text, encoding="utf-8")
    done = run("solution", "slope", cwd=course_folder)
    assert done.returncode == 0
    assert done.stdout.splitlines()[2:] == [
        "yours                                   ours",
        "def slope(f, x, h):                     def slope(f, x, h):",
        "    nudged = f(x + h)                       # how much the output moves, per",
        "    return (nudged - f(x)) / h                  unit of input",
        "                                            return (f(x + h) - f(x)) / h",
        "",
    ]
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "\x1b" not in done.stdout


def test_every_exercise_has_something_to_compare(tmp_path):
    """Of every lecture; no marker and no statement stands in it, and it is the function that passes."""
    for lecture in load().lectures:
        home = home_with(tmp_path / lecture.id, lecture, filled(lecture))
        progress = Progress(home)
        for exercise in lecture.exercises:
            if exercise.is_data:
                continue
            for one in solution.compared(exercise, progress):
                assert one.yours == one.ours, exercise.id
                assert "def " in one.ours
                assert "SOLUTION" not in one.ours
                assert '"""' not in one.ours


def test_data_has_no_solution():
    """Weights are trained, not written."""
    with pytest.raises(UsageError, match="has no solution to read"):
        solution.refuse_before_it_passed(load().exercise("beat-the-lecture"), Progress(Path("nowhere")), lambda: None)


@pytest.mark.parametrize(
    ("code", "folded"),
    [
        ("short", ["short"]),
        ("    return first_thing + second_thing", ["    return first_thing +", "        second_thing"]),
        ("x = function(argument_one, argument_two)", ["x = function(argument_one,", "    argument_two)"]),
        ("x" * 40, ["x" * 30, "    " + "x" * 10]),
    ],
)
def test_long_lines_go_on_below(code, folded):
    """Nothing of them is lost."""
    assert _folded(code, 30).split("\n") == folded
