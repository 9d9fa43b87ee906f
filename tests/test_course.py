"""The course as data: found from where the student is, sound in itself, and worth what its suites give."""

from collections import Counter
from pathlib import Path

import pytest

from grader.course import Course, Exercise, Lecture, find_root, load, reading
from grader.errors import CourseError, Fault
from grader.judging import suite

COURSE = load()
EXERCISES = list(COURSE.exercises.values())
COMMON = """
title = "T"
version = "1"
lectures = ["lecture1_x"]
points = 100
alternatives = 1
[folders]
reference = "reference"
probes = "probes"
lectures = "lectures"
alternatives = "alternatives"
"""


@pytest.fixture
def home(tmp_path):
    """An empty course folder."""
    (tmp_path / "home" / "lecture1_micrograd" / "notes").mkdir(parents=True)
    (tmp_path / "home" / "course.toml").write_text("")
    return tmp_path / "home"


@pytest.fixture
def written(tmp_path, monkeypatch):
    """A function that loads a course of exercises, each given as the ids that it needs."""

    def write(needs: dict[str, list[str]]) -> Course:
        lines = ["number = 1", 'title = "x"']
        for id, ids in needs.items():
            lines += [
                "[[exercise]]", f'id = "{id}"', 'file = "x.py"', 'title = "X"', "points = 1",
                f"needs = {ids}", 'hints = [" one ", "two", "three"]',
            ]  # fmt: skip
        (tmp_path / "exercises" / "lecture1_x").mkdir(parents=True)
        (tmp_path / "exercises" / "course.toml").write_text(COMMON)
        (tmp_path / "exercises" / "lecture1_x" / "exercises.toml").write_text("\n".join(lines))
        monkeypatch.setenv("GRADER_COURSE", str(tmp_path / "exercises"))
        return load.__wrapped__()

    return write


# ---- where the student is


@pytest.mark.parametrize("start", [".", "lecture1_micrograd", "lecture1_micrograd/notes"])
def test_the_course_folder_is_found_upwards(home, start):
    """A command works from the course folder and from anywhere below it."""
    assert home == find_root(home / start)


def test_the_course_folder_is_found_inside_the_repository(home):
    """In a clone, the course folder is exercises/, and is found from the top as well."""
    home.rename(home.with_name("exercises"))
    assert home.with_name("exercises") == find_root(home.parent)


def test_the_nearest_course_folder_counts(home):
    """A course folder inside another one stands for itself."""
    (home / "lecture1_micrograd" / "course.toml").write_text("")
    assert home / "lecture1_micrograd" == find_root(home / "lecture1_micrograd" / "notes")


def test_a_folder_named_like_the_marker_is_none(home):
    """Only a file marks a course folder."""
    (home / "lecture1_micrograd" / "notes" / "course.toml").mkdir()
    assert home == find_root(home / "lecture1_micrograd" / "notes")


def test_a_relative_start_is_found(home, monkeypatch):
    """The current folder may be written as a dot."""
    monkeypatch.chdir(home / "lecture1_micrograd")
    assert home == find_root(Path("."))


def test_no_course_folder_is_an_error_with_the_next_command(tmp_path):
    """The sentence says what was looked for and what to type."""
    with pytest.raises(CourseError, match=r"no course\.toml in .* or above it.*grader -C FOLDER"):
        find_root(tmp_path)


# ---- what the words mean


def test_an_exercise_is_found_by_its_id():
    """Every id finds its own exercise."""
    assert [COURSE.exercise(exercise.id) for exercise in EXERCISES] == EXERCISES


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("value-mull", "value-mul"), ("sofmax", "softmax"), ("valueadd", "value-add"), ("exp", "value-exp"),
        ("loss", "net-loss or mlp-loss or expected-loss"), ("lectur1", "lecture1_micrograd"),
    ],
)  # fmt: skip
def test_an_unknown_exercise_suggests_the_nearest(word, meant):
    """A slip of the finger, or a part of the id, costs one look at the message."""
    with pytest.raises(CourseError, match=f"'{word}'.*Did you mean {meant}\\?"):
        COURSE.exercise(word)


@pytest.mark.parametrize("word", ["zzz", "", "\x1b[31m"])
def test_an_exercise_like_no_other_suggests_the_list(word):
    """Where nothing is near, nothing is guessed, and a control character does not reach the terminal."""
    with pytest.raises(CourseError) as caught:
        COURSE.exercise(word)
    sentence = str(caught.value)
    assert sentence.isprintable()
    assert ("grader list" in sentence, "Did you mean" in sentence) == (True, False)


@pytest.mark.parametrize("lecture", COURSE.lectures, ids=lambda lecture: lecture.id)
def test_a_lecture_is_found_by_id_number_and_title(lecture):
    """Whichever way a student names it."""
    words = (lecture.id, str(lecture.number), f"lecture{lecture.number}", lecture.title)
    assert [lecture] * len(words) == [COURSE.lecture(word) for word in words]


def test_an_unknown_lecture_names_those_there_are():
    """The message is also the list."""
    with pytest.raises(CourseError, match=rf"no lecture '99' in this course. Lectures: {COURSE.lectures[0].id}"):
        COURSE.lecture("99")


# ---- what is in the file


def test_a_course_is_read_in_its_order(written):
    """Exercises stand as they are written, with their prerequisites, and hints without the space around them."""
    made = written({"b": [], "a": ["b"]})
    assert list(made.exercises) == ["b", "a"]
    assert made.exercises["a"] == Exercise("a", "lecture1_x", "x.py", "X", 1, ("b",), ("one", "two", "three"))


@pytest.mark.parametrize(
    "needs",
    [
        {"a": ["a"]},
        {"a": ["b"], "b": ["a"]},
        {"a": ["b"], "b": ["c"], "c": ["a"]},
        {"start": ["a"], "a": ["b"], "b": ["a"]},
        {"a": [], "b": ["nowhere"]},
    ],
)
def test_prerequisites_that_cannot_be_met_are_a_fault(written, needs):
    """A circle, or an id that does not exist, is found when the course is read and not when a student is stuck."""
    with pytest.raises(Fault, match=r"exercises\.toml: \w+ cannot need \w+"):
        written(needs)


def test_prerequisites_that_meet_again_are_fine(written):
    """Two ways to the same prerequisite are no circle."""
    assert written({"a": [], "b": ["a"], "c": ["a"], "d": ["b", "c"]}).exercises["d"].needs == ("b", "c")


def test_an_installation_without_exercises_is_a_fault(tmp_path, monkeypatch):
    """The sentence says how to install."""
    monkeypatch.setattr(reading, "PROJECT", tmp_path)
    with pytest.raises(Fault, match=r"has no exercises.*pip install -e \."):
        load.__wrapped__()


# ---- this course


@pytest.mark.parametrize("lecture", COURSE.lectures, ids=lambda lecture: lecture.id)
def test_the_suites_are_worth_what_the_course_says(lecture):
    """For every exercise the points of its public and hidden checks add up to its points in course.toml."""
    worth = Counter[str]()
    for test in suite.tests_of(lecture):
        worth[test.exercise] += test.points
    assert {exercise.id: exercise.points for exercise in lecture.exercises} == dict(worth)


@pytest.mark.parametrize("lecture", COURSE.lectures, ids=lambda lecture: lecture.id)
def test_every_exercise_has_public_and_hidden_checks(lecture):
    """A student can see how an exercise is checked and, unless it is a single point or data, not all of it."""
    seen = {(test.exercise, test.visibility) for test in suite.tests_of(lecture)}
    public = {(exercise.id, "public") for exercise in lecture.exercises}
    hidden = {(exercise.id, "hidden") for exercise in lecture.exercises if exercise.points > 1 and not exercise.is_data}
    assert public | hidden <= seen


@pytest.mark.parametrize("lecture", COURSE.lectures, ids=lambda lecture: lecture.id)
def test_every_check_needs_exercises_that_there_are(lecture):
    """What a check waits for is another exercise of the course."""
    needed = {need for test in suite.tests_of(lecture) for need in test.needs}
    assert needed <= set(COURSE.exercises)


@pytest.mark.parametrize("lecture", COURSE.lectures, ids=lambda lecture: lecture.id)
def test_every_check_says_something_of_its_own(lecture):
    """No two checks of a lecture have the same name in the same suite, or read alike."""
    names = Counter((test.visibility, test.name) for test in suite.tests_of(lecture))
    sentences = Counter((test.exercise, test.sentence) for test in suite.tests_of(lecture))
    assert set(names.values()) | set(sentences.values()) == {1}


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_every_exercise_has_three_hints(exercise):
    """From a question to the principle, each with something in it, no two alike."""
    assert len({hint for hint in exercise.hints if len(hint) > 20}) == 3
    assert len(exercise.hints) == 3


def test_every_exercise_has_an_id_of_its_own():
    """The file is read into a table by id, where a second one would displace the first."""
    ids = [exercise.id for lecture in COURSE.lectures for exercise in lecture.exercises]
    assert len(ids) == len(set(ids))


def test_every_prerequisite_comes_earlier():
    """Whoever works from top to bottom never has to go back."""
    ids = list(COURSE.exercises)
    late = [e.id for e in EXERCISES if any(ids.index(need) > ids.index(e.id) for need in e.needs)]
    assert not late


def test_a_lecture_lists_each_file_once():
    """In the order of its first exercise."""
    made = Lecture(
        "l", 1, "", tuple(Exercise(id, "l", f, "", 2, (), ()) for id, f in ("ab", "bc", "cb")), {}
    )  # fmt: skip
    assert (made.files, made.points) == (("b", "c"), 6)
