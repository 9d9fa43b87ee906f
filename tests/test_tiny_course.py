"""A course is data: one that lies outside the package goes through every command by its files alone."""

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader.course import PROJECT

TINY = PROJECT / "tests" / "tiny_course"
LECTURE = "lecture1_averages"
SOLUTION = (TINY / "reference" / LECTURE / "averages.py").read_text(encoding="utf-8")
WRONG = SOLUTION.replace("len(xs) - n + 1)", "len(xs) - n)")


def grader(place: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """A command as an author gives it, in a process of its own."""
    environment = {**os.environ, "GRADER_COURSE": str(TINY / "exercises")}
    command = [sys.executable, "-m", "grader", *map(str, words)]
    return subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A student's folder of the tiny course, with a mistake in the second exercise."""
    assert grader(tmp_path, "stubs", "--to", "home").returncode == 0
    (tmp_path / "home" / LECTURE / "averages.py").write_text(WRONG, encoding="utf-8")
    return tmp_path / "home"


def test_nothing_in_the_package_knows_of_it() -> None:
    """Neither its lecture nor its exercises stand anywhere in the kit."""
    words = re.compile(r"lecture1_averages|moving-mean|moving_mean")
    files = [*(PROJECT / "grader").rglob("*.*"), *(PROJECT / "exercises").rglob("*.*")]
    texts = [file for file in files if file.suffix in (".py", ".toml", ".ini", ".html")]
    assert [file for file in texts if words.search(file.read_text(encoding="utf-8"))] == []


def test_its_stubs_are_what_its_solution_gives(tmp_path: Path) -> None:
    """`grader stubs` writes them for students, and holds the author's own copy against the solution."""
    assert grader(tmp_path, "stubs", "--check").returncode == 0
    assert grader(tmp_path, "stubs", "--to", "home").returncode == 0
    places = [path.relative_to(tmp_path / "home") for path in (tmp_path / "home").rglob("*.*")]
    written = {place.as_posix() for place in places if place.parts[0] != ".grader"}
    assert written == {"course.toml", f"{LECTURE}/README.md", f"{LECTURE}/averages.py"}


def test_a_check_names_its_mistake(home: Path) -> None:
    """Public checks are run, the known mistake is recognised, and the exit code says that something is wrong."""
    done = grader(home, "check")
    assert done.returncode == 1
    assert "Recognised: The last group of neighbours gets no mean." in done.stdout
    assert "20 of 50 public points. 50 more are decided by hidden checks at grading." in done.stdout


def test_the_failing_case_is_measured_again(home: Path) -> None:
    """`--replay` asks the course's own probe."""
    grader(home, "check", "moving-mean")
    assert "moving_mean([2.0, 4.0, 9.0, 5.0], 3)" in grader(home, "check", "moving-mean", "--replay").stdout


def test_hints_and_status_are_its_own(home: Path) -> None:
    """They come from exercises.toml."""
    assert "How many groups of three neighbours do five numbers have?" in grader(home, "hint", "moving-mean").stdout
    assert "A tiny course" in grader(home).stdout
    assert "The mean of each n neighbours" in grader(home, "list").stdout


def test_a_package_is_graded(home: Path) -> None:
    """From a student's folder to the gradebook, hidden checks included."""
    (home / "inbox").mkdir()
    assert grader(home, "pack", "1", "--student", "ada", "-o", "inbox/ada.zip").returncode == 0
    done = grader(home, "grade", "inbox", "--out", "marks", "--jobs", "2", "--seed", "3", "--unsafe")
    assert done.returncode == 0, done.stderr
    (row,) = csv.DictReader((home / "marks" / "gradebook.csv").read_text(encoding="utf-8").splitlines())
    assert (row["student"], row["score"], row["mistakes"]) == ("ada", "40", "last-group-left-out")


def test_its_picture_is_drawn(home: Path) -> None:
    """What is right is drawn; what is not says what it waits for."""
    assert "smooth  waits for moving-mean" in grader(home, "draw", "1", "--to", "pictures").stdout
    (home / LECTURE / "averages.py").write_text(SOLUTION, encoding="utf-8")
    done = grader(home, "draw", "1", "--to", "pictures")
    assert done.returncode == 0, done.stderr
    assert (home / "pictures" / "smooth.png").read_bytes().startswith(b"\x89PNG")


def test_it_is_sound(tmp_path: Path) -> None:
    """`grader audit` proves it like ours."""
    done = grader(tmp_path, "audit")
    assert done.returncode == 0
    assert done.stdout.endswith("Sound: no holes found.\n")


def test_what_it_lacks_is_one_sentence(home: Path, tmp_path: Path) -> None:
    """No expressions to draw, no demo, no course at all in a folder."""
    for words, sentence in (
        (["draw", "a = b"], "No lecture of this course draws expressions."),
        (["demo"], "This course has no demo: there is no "),
        (["--course", tmp_path / "nowhere", "list"], "There is no course in "),
    ):
        done = grader(home, *words)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"ERROR  {sentence}")


def test_a_course_that_is_broken_says_where(tmp_path: Path) -> None:
    """A key that is missing, or no TOML at all, is a fault of the course and costs no student anything."""
    shutil.copytree(TINY, tmp_path / "course")
    file = tmp_path / "course" / "exercises" / LECTURE / "exercises.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('title = "averages"\n', ""), encoding="utf-8")
    done = grader(tmp_path, "--course", "course/exercises", "list")
    assert done.returncode == 3
    assert done.stderr == f"FAULT  {file} lacks the key 'title'\n"


# ---- one exercise more, as CONTRIBUTING.md says

MEDIAN = '''

def median(xs):
    """The middle of an odd number of floats, by size.

    >>> median([9.0, 2.0, 4.0])
    4.0
    """
    ### BEGIN SOLUTION median
    return sorted(xs)[len(xs) // 2]
    ### END SOLUTION
'''
ANOTHER_WAY = """

def median(xs):
    return next(x for x in xs if sum(y < x for y in xs) == len(xs) // 2)
"""
ENTRY = """
[[exercise]]
id = "median"
file = "averages.py"
title = "The number in the middle"
points = 20
needs = []
hints = ["Which is the middle one of three people?", "Print the list by size.", "Of five runners the third is in it."]
"""
PROBE = """

@probe(ROUNDING, lambda xs: f"median({xs})")
def middle_of_numbers(averages, *, xs):
    \"\"\"The student's median of a list.\"\"\"
    return averages.median(list(xs))
"""
CHECK = """

@exercise("median", points=10)
def test_median_of_{name}(agree):
    \"\"\"The median is in the middle by size, whatever the order: {name}.\"\"\"
    agree(probes.middle_of_numbers, xs={xs})
"""
MISTAKE = """    Misconception(
        "median-unsorted",
        "The middle is taken as the numbers stand, not by size.",
        "What is the median of 9.0, 2.0 and 4.0?",
        (edit(FILE, "sorted(xs)[len(xs) // 2]", "xs[len(xs) // 2]"),),
    ),
)
"""


def test_one_exercise_more_is_a_piece_of_text_in_each_of_its_files(tmp_path: Path) -> None:
    """Solution, entry, probe, two checks, a mistake, another way, the stub; then it is sound again."""
    shutil.copytree(TINY, tmp_path / "course")

    def change(file: str, more: str, *replaced: str) -> None:
        place = tmp_path / "course" / file
        text = place.read_text(encoding="utf-8")
        place.write_text(text.replace(*replaced) + more if replaced else text + more, encoding="utf-8")

    change(f"reference/{LECTURE}/averages.py", MEDIAN)
    change(f"alternatives/{LECTURE}/terse/averages.py", ANOTHER_WAY)
    change(f"exercises/{LECTURE}/exercises.toml", ENTRY, "points = 40", "points = 20")
    change(f"probes/{LECTURE}/__init__.py", PROBE)
    change(f"lectures/{LECTURE}/public.py", CHECK.format(name="three", xs=[9.0, 2.0, 4.0]), "points=20", "points=10")
    change(
        f"lectures/{LECTURE}/hidden.py",
        CHECK.format(name="five", xs=[5.0, 1.0, 8.0, 2.0, 9.0]),
        "points=20",
        "points=10",
    )
    change(f"lectures/{LECTURE}/mistakes.py", MISTAKE, "    ),\n)\n", "    ),\n")
    course = ("--course", "course/exercises")
    assert "averages.py" in grader(tmp_path, *course, "stubs", "--overwrite").stdout
    done = grader(tmp_path, *course, "audit")
    assert "median-unsorted x1" in done.stdout
    assert done.stdout.endswith("Sound: no holes found.\n"), done.stdout


# ---- the author's page


def sessions(page: str) -> list[tuple[str, list[str]]]:
    """The commands of a page's terminal sessions, each with the lines that it shows of what is printed."""
    found: list[tuple[str, list[str]]] = []
    for block in page.split("```")[1::2]:
        lines = [line.strip() for line in block.splitlines()[1:] if line.strip()]
        for line in lines if lines[0].startswith("$ ") else []:
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def test_the_authors_page_shows_what_the_commands_print(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every session of CONTRIBUTING.md is run in a copy of the tiny course, in the order of the page."""
    shutil.copytree(TINY, tmp_path / "tests" / "tiny_course")
    told = sessions((PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert len(told) >= 8
    for command, lines in told:
        if command.startswith("export "):
            monkeypatch.setenv(*command.removeprefix("export ").split("="))
            continue
        words = [sys.executable, "-m", *command.split()]
        printed = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False).stdout
        at = 0
        for line in lines:
            assert line in printed[at:], f"{command} does not print {line!r} there, but:\n{printed}"
            at = printed.index(line, at) + len(line)
