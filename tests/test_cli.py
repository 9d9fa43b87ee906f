"""The real command line, as a student and an instructor run it: words, exit codes, and what is written where."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from command_kit import run, run_apart

from grader.cli import cli
from grader.sandbox import isolation

ENGINE = "lecture1_micrograd/engine.py"
SUBMISSIONS = Path(__file__).parent / "submissions" / "lecture1_micrograd"


def replace(file: Path, old: str, new: str) -> None:
    """Edit a student's file as a student would."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_bare_command_names_the_next_exercise_and_its_line(course_folder):
    """`grader` says what is done, what is next, and which file and line to open."""
    done = run_apart(cwd=course_folder)
    assert done.returncode == 0
    assert "0 of 27 exercises" in done.stdout
    assert re.search(r"Next: slope .*\n +lecture1_micrograd/derivatives\.py:\d+\n", done.stdout)


def test_course_folder_is_found_from_below_and_by_option(course_folder, tmp_path):
    """It works from a lecture's folder, and from anywhere with -C."""
    below = run("list", "--json", cwd=course_folder / "lecture1_micrograd")
    elsewhere = run("-C", course_folder, "list", "--json", cwd=tmp_path)
    assert below.returncode == elsewhere.returncode == 0
    assert below.stdout == elsewhere.stdout


def test_no_course_folder_is_one_sentence_with_the_next_command(tmp_path):
    """Outside a course folder: what was looked for, where, and what to type; exit 2."""
    done = run_apart("check", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("ERROR  This is not a course folder: no course.toml in ")
    assert "grader -C FOLDER" in done.stderr


def test_missing_folder_after_C_is_said(tmp_path):
    """-C with a folder that does not exist."""
    done = run("-C", "nowhere", "status", cwd=tmp_path)
    assert done.returncode == 2
    assert "There is no folder nowhere" in done.stderr


def test_untouched_stubs_are_friendly(course_folder):
    """Stubs: no points, exit 1, nothing but TODO and BLOCKED, and a next step."""
    done = run_apart("check", cwd=course_folder)
    words = {line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")}
    assert (done.returncode, words) == (1, {"TODO", "BLOCKED"})
    assert "0 of 65 public points" in done.stdout
    *_, following, stuck = done.stdout.splitlines()
    assert following.startswith("Next: slope, lecture1_micrograd/derivatives.py:")
    assert stuck == "Stuck? grader hint slope"


def test_solved_course_passes_and_says_what_now(finished_folder):
    """Everything solved: exit 0, all points, hand it in."""
    done = run("check", "--hidden", cwd=finished_folder)
    assert done.returncode == 0
    assert "100 of 100 points." in done.stdout
    assert "Lecture 1 is complete. Hand it in: grader pack lecture1_micrograd" in done.stdout.splitlines()
    assert "Next: vocabulary   A number for every character" in done.stdout


def test_public_check_says_that_hidden_ones_remain(finished_folder):
    """All public checks passing is never sold as everything."""
    done = run("check", "value-mul", cwd=finished_folder)
    assert "3 of 3 public points. 2 more are decided by hidden checks at grading." in done.stdout


def test_recognised_mistake_is_explained_in_order(finished_folder):
    """Inputs, yours and expected, the mistake, a question, the hint command."""
    replace(finished_folder / ENGINE, "self.grad += other.data * out.grad", "self.grad += self.data * out.grad")
    replace(finished_folder / ENGINE, "other.grad += self.data * out.grad", "other.grad += other.data * out.grad")
    done = run("check", "value-mul", cwd=finished_folder)
    text = " ".join(done.stdout.split())
    parts = ["a = Value(2.0); b = Value(-3.0); c = a * b", "yours 1.4 expected -2.1", "Recognised:", "[mul-own-data]",
             "Ask yourself:", "Hint: grader hint value-mul"]  # fmt: skip
    assert done.returncode == 1
    assert sorted(parts, key=text.index) == parts


def test_exception_shows_own_lines_only(finished_folder):
    """A student reads no line of ours in an error, and paths are relative."""
    replace(finished_folder / ENGINE, "out = Value(math.exp(self.data)", "out = Value(math.expp(self.data)")
    done = run("check", "value-exp", "-v", cwd=finished_folder)
    assert "AttributeError: module 'math' has no attribute 'expp'" in " ".join(done.stdout.split())
    assert re.search(r"at lecture1_micrograd/engine\.py:\d+ in exp", done.stdout)
    assert "Traceback" not in done.stdout + done.stderr
    assert "grader/" not in done.stdout + done.stderr


def test_prints_are_shown_under_their_check_and_never_count(finished_folder):
    """What a student prints stands below each check that printed it, and changes no verdict."""
    replace(
        finished_folder / ENGINE, "out = Value(math.exp(self.data)", "print('in exp'); out = Value(math.exp(self.data)"
    )
    done = run("check", "value-exp", cwd=finished_folder)
    assert done.returncode == 0
    assert "  PASS    exp gives" in done.stdout
    lines = done.stdout.splitlines()
    checks = [number for number, line in enumerate(lines) if line.startswith("  PASS ")]
    assert lines.count("          Your code printed:") == len(checks) > 1
    assert lines[checks[0] + 1 : checks[0] + 3] == ["          Your code printed:", "          | in exp"]


def test_what_is_cut_of_prints_is_counted(finished_folder):
    """Three lines of many, and the beginning of a long one; -v shows ten."""
    noise = "print('x' * 100); print(*range(30), sep='\\n'); out = Value(math.exp(self.data)"
    replace(finished_folder / ENGINE, "out = Value(math.exp(self.data)", noise)
    short, long = (run("check", "value-exp", *more, cwd=finished_folder).stdout for more in ([], ["-v"]))
    assert f"          | {'x' * 45} ... (55 more letters)\n          | 0\n          | 1\n" in short
    assert re.search(r"          \| 1\n          \| \.\.\. \(\d+ more lines: -v\)\n", short)
    assert re.search(r"          \| 8\n          \| \.\.\. \(\d+ more lines\)\n", long)
    assert max(map(len, (short + long).splitlines())) <= 80


def test_a_file_that_cannot_be_imported_is_one_error(finished_folder):
    """With its line, and with all that could not be seen for it; what does not need the file is checked."""
    replace(finished_folder / ENGINE, "        self.grad = 0.0 ", "        self.grad = = 0.0 ")
    done = run("check", cwd=finished_folder)
    assert done.returncode == 1
    assert re.findall(r"^  (?:ERROR|BLOCKED) .*", done.stdout, re.MULTILINE) == [
        f"  ERROR   engine.py cannot be imported.{'':37}0/58"
    ]
    line = next(n for n, text in enumerate((finished_folder / ENGINE).read_text().splitlines(), 1) if "= =" in text)
    assert "          SyntaxError: invalid syntax\n" in done.stdout
    assert f"          at lecture1_micrograd/engine.py:{line}    self.grad = = 0.0" in done.stdout
    assert "So nothing could be seen of 23 exercises: value-add, value-mul," in done.stdout
    assert "  PASS    gradf                  2/2\n" in done.stdout
    assert done.stdout.endswith(f"\nNext: lecture1_micrograd/engine.py:{line}\n")
    for more in ([], ["-v"]):
        assert run("check", "1", *more, cwd=finished_folder).stdout.count("SyntaxError") == 1


@pytest.mark.parametrize("exercise", ["value-add", "neuron"])
def test_an_exercise_of_which_nothing_could_be_seen(finished_folder, exercise):
    """One error, be it in the exercise's own file or in one that it needs, and the line to open."""
    replace(finished_folder / ENGINE, "import math", "import math\n\nmath.nothing")
    done = run("check", exercise, cwd=finished_folder).stdout
    told = done.partition("\n")[2].partition("\n\n")[0].splitlines()
    assert [line.strip().split("   ")[0] for line in told[1:]] == [
        "AttributeError: module 'math' has no attribute 'nothing'",
        "at lecture1_micrograd/engine.py:12",
        f"So nothing could be seen of {exercise}.",
    ]
    assert told[0].startswith("  ERROR   engine.py cannot be imported. ")
    assert done.endswith("\nNext: lecture1_micrograd/engine.py:12\n")


@pytest.mark.parametrize("target", ["1", "lecture1_micrograd", "micrograd"])
def test_lecture_goes_by_number_id_and_title(course_folder, target):
    """All the usual ways to name a lecture."""
    assert len(json.loads(run("check", target, "--json", cwd=course_folder).stdout)["findings"]) > 40


def test_file_of_several_lectures_asks_which(course_folder):
    """exercises.py is in three lectures: the command does not guess."""
    done = run("check", "exercises.py", cwd=course_folder)
    assert done.returncode == 2
    assert "exercises.py could be any of lecture2_bigram/exercises.py, lecture3_mlp/exercises.py" in done.stderr


@pytest.mark.parametrize("target", ["lecture1_micrograd/softmax.py", "softmax.py"])
def test_file_means_its_exercises(course_folder, target):
    """A file stands for the exercises in it."""
    document = json.loads(run("check", target, "--json", cwd=course_folder).stdout)
    assert {finding["exercise"] for finding in document["findings"]} == {"softmax", "value-nll"}


def test_unknown_words_get_the_nearest_guess(course_folder):
    """A typing error costs one look."""
    done = run("check", "value-mull", cwd=course_folder)
    assert (done.returncode, "Did you mean value-mul?" in done.stderr) == (2, True)


def test_unknown_file_names_the_files_there_are(course_folder):
    """A file in which no exercise is written; if its name is nearly one that there is, that one alone."""
    done = run("check", "zebra.py", cwd=course_folder)
    assert (done.returncode, "engine.py" in done.stderr) == (2, True)
    near = run("check", "engin.py", cwd=course_folder).stderr
    assert near == "ERROR  No exercise is written in engin.py. Did you mean engine.py?\n"


def test_missing_file_is_not_a_crash(course_folder):
    """A file that was deleted: its exercises are to do, and the way to get it back is said."""
    (course_folder / "lecture1_micrograd" / "derivatives.py").unlink()
    done = run("check", "slope", cwd=course_folder)
    status = run(cwd=course_folder)
    assert (done.returncode, "FAULT" in done.stderr) == (1, False)
    assert "grader stubs --to" in status.stdout


@pytest.mark.parametrize("words", [("check", "value-mul", "--json"), ("list", "--json"), ("doctor", "--json")])
def test_json_is_one_document_and_nothing_else(course_folder, words):
    """--json: stdout parses as a whole."""
    assert json.loads(run_apart(*words, cwd=course_folder).stdout)


def test_output_is_ascii_and_fits_80_columns(course_folder):
    """No colour codes, no symbols beyond ASCII, no line over 80 columns, without a terminal."""
    for words in ((), ("list",), ("check",), ("hint", "value-mul"), ("check", "value-mul", "-v")):
        text = run(*words, cwd=course_folder, NO_COLOR="1", COLUMNS="80").stdout
        assert text.isascii(), words
        assert max(map(len, text.splitlines())) <= 80, words


def test_ascii_only_streams_do_not_crash_on_a_students_text(finished_folder):
    """A terminal that knows only ASCII gets escapes for other letters."""
    replace(finished_folder / ENGINE, 'return f"Value(data={self.data})"', 'return "größer ☃"')
    done = run_apart("check", "value-repr", cwd=finished_folder, PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert (done.returncode, done.stdout.isascii()) == (1, True)


def test_what_waits_for_another_is_not_the_next_step(finished_folder):
    """An exercise that waits for backward() does not hold up those after it."""
    replace(finished_folder / ENGINE, "        topo = []\n", '        raise NotImplementedError("value-backward")\n')
    run("check", cwd=finished_folder)
    assert "Next: value-backward" in run(cwd=finished_folder).stdout


def test_broken_progress_file_is_only_an_empty_overview(course_folder):
    """The overview survives a file that somebody else wrote."""
    (course_folder / ".grader").mkdir()
    odd = '{"slope": {"status": "todo", "hints": "x", "recognised": [3], "told": 5}}'
    for text in ("{", "[]", '{"slope": 3}', '{"slope": {"status": "passed", "hints": "x"}}', odd):
        (course_folder / ".grader" / "progress.json").write_text(text, encoding="utf-8")
        assert run(cwd=course_folder).returncode == 0, text
        assert run("hint", "slope", cwd=course_folder).returncode == 0, text


def test_hints_come_one_level_at_a_time(course_folder):
    """Each call gives the next level, and after the last one it is said that there are no more; --level gives any."""
    said = [run("hint", "slope", cwd=course_folder).stdout for _ in range(5)]
    assert [text[:11] for text in said[:3]] == ["Hint 1 of 3", "Hint 2 of 3", "Hint 3 of 3"]
    assert said[3] == said[4]
    assert said[3].startswith("There are no more hints for slope: all 3 have been shown.\n")
    assert "Hint 2 of 3" in run("hint", "slope", "--level", "2", cwd=course_folder).stdout
    assert run("hint", "slope", "--level", "4", cwd=course_folder).returncode == 2


def test_the_hint_after_a_recognised_mistake_is_about_it(finished_folder):
    """Once, and only while it is in the code; then come the hints of the exercise, and again when it has returned."""
    right, wrong = "self.grad += out.data * out.grad", "self.grad += self.data * out.grad"
    replace(finished_folder / ENGINE, right, wrong)

    def hints(count):
        return [run("hint", "value-exp", cwd=finished_folder).stdout.splitlines() for _ in range(count)]

    def check():
        return run("check", "value-exp", cwd=finished_folder).stdout

    assert "[exp-uses-input]" in check()
    first, second = hints(2)
    assert first[0] == "About what the last check of value-exp recognised:"
    assert "  The slope of exp is taken to be its input. [exp-uses-input]" in first
    assert "  Which function is its own slope? Where is its value already stored?" in first
    assert first[-2] == "See it in the smallest case: grader check value-exp --replay"
    assert second[0].startswith("Hint 1 of 3")
    check()
    assert hints(1)[0][0].startswith("Hint 2 of 3")
    replace(finished_folder / ENGINE, wrong, right)
    check()
    replace(finished_folder / ENGINE, right, wrong)
    assert hints(1)[0][0].startswith("Hint 3 of 3")  # nothing was recognised in the code as it is
    check()
    assert hints(1)[0][0] == first[0]


def test_pack_tells_what_is_in_it_and_checks_it(finished_folder):
    """Included, ignored, missing; the public checks on exactly these bytes; the same bytes again."""
    folder = finished_folder / "lecture1_micrograd"
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    (folder / "softmax.py").unlink()
    first = run("pack", "1", "--student", "ada", "-o", "one.zip", cwd=finished_folder)
    run("pack", "1", "--student", "ada", "-o", "two.zip", cwd=finished_folder)
    assert first.returncode == 0
    assert re.search(r"included +derivatives.py, engine.py", first.stdout)
    assert re.search(r"ignored +notes.txt\n", first.stdout)
    assert re.search(r"missing +softmax.py ", first.stdout)
    assert "25 passed, 2 todo" in first.stdout
    assert (finished_folder / "one.zip").read_bytes() == (finished_folder / "two.zip").read_bytes()
    assert "notes.txt" not in " ".join(zipfile.ZipFile(finished_folder / "one.zip").namelist())


def test_pack_of_nothing_says_how_to_begin(course_folder):
    """An empty lecture folder cannot be packed."""
    for file in (course_folder / "lecture1_micrograd").glob("*.py"):
        file.unlink()
    done = run("pack", "1", cwd=course_folder)
    assert (done.returncode, "grader stubs --to" in done.stderr) == (2, True)


def test_pack_into_a_place_that_cannot_be_written(finished_folder):
    """One sentence, nothing half written."""
    (finished_folder / "wall").write_text("", encoding="utf-8")
    done = run("pack", "1", "-o", "wall/out.zip", cwd=finished_folder)
    assert (done.returncode, "cannot be written" in done.stderr) == (2, True)


def test_grade_writes_reports_and_gradebook(tmp_path):
    """A class with good, wrong and broken entries: exit 0, a row each, reports for those that can be read."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for situation in ("half_done", "syntax_error"):
        (inbox / situation).symlink_to(SUBMISSIONS / situation)
    (inbox / "torn.zip").write_bytes(b"PK\x03\x04 and no more")
    shutil.copytree(SUBMISSIONS / "half_done", inbox / "ada")
    done = run_apart("grade", "inbox", "--out", "marks", "--json", cwd=tmp_path)
    rows = {row["student"]: row["status"] for row in json.loads(done.stdout)["rows"]}
    assert done.returncode == 0
    assert rows == {"ada": "graded", "half_done": "rejected", "syntax_error": "rejected", "torn": "rejected"}
    assert sorted(p.name for p in (tmp_path / "marks" / "ada").iterdir()) == ["report.html", "report.json"]
    assert (tmp_path / "marks" / "gradebook.csv").read_text().count("\n") == 5


@pytest.mark.parametrize(("inbox", "sentence"), [("nowhere", "There is no folder nowhere"), ("void", "void is empty")])
def test_grade_without_submissions_is_one_sentence(tmp_path, inbox, sentence):
    """No folder, or nothing in it."""
    (tmp_path / "void").mkdir()
    done = run("grade", inbox, "--out", "marks", cwd=tmp_path)
    assert (done.returncode, sentence in done.stderr, (tmp_path / "marks").exists()) == (2, True, False)


def test_draw_outlines_what_is_wrong(finished_folder):
    """The drawing goes through the student's own engine and shows both numbers where they differ."""
    right = run("draw", "c = a * b", "a=2", "b=-3", "--dot", cwd=finished_folder)
    replace(finished_folder / ENGINE, "self.grad += other.data * out.grad", "self.grad += 5 * out.grad")
    wrong = run("draw", "c = a * b", "a=2", "b=-3", "--dot", cwd=finished_folder)
    assert "grad -3.0000" in right.stdout
    assert "yours" not in right.stdout
    assert "grad: yours 5.0000\\nexpected -3.0000" in wrong.stdout


def test_draw_without_the_dot_program_gives_its_source(finished_folder):
    """No graphviz on the machine: a .dot file and a word about it."""
    done = run_apart("draw", "-o", "graph.svg", cwd=finished_folder, PATH="/nowhere")
    assert (done.returncode, "DOT source" in done.stderr) == (0, True)
    assert (finished_folder / "graph.dot").read_text().startswith("digraph")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("c = a *",), "does not parse"),
        (("__import__('os')",), "cannot be drawn"),
        (("c = a * b", "a=2"), "Give a number for b"),
        (("c = a * b", "a=2", "b"), "not NAME=NUMBER"),
        (("c = log(a)", "a=-1"), "cannot be computed"),
    ],
)
def test_draw_refuses_in_one_sentence(finished_folder, words, sentence):
    """Expressions outside the small language are never evaluated."""
    done = run("draw", *words, "--dot", cwd=finished_folder)
    assert (done.returncode, sentence in done.stderr) == (2, True)


def test_draw_with_a_stub_names_what_is_missing(course_folder):
    """An engine that is not written yet."""
    done = run("draw", cwd=course_folder)
    assert (done.returncode, "grader hint value-mul" in done.stderr) == (2, True)


def test_stubs_keep_a_students_work(course_folder):
    """Writing stubs again leaves an edited file as it is, and says so."""
    replace(course_folder / ENGINE, "import math", "import math  # mine")
    done = run("stubs", "--to", course_folder, cwd=course_folder)
    assert (done.returncode, "# mine" in (course_folder / ENGINE).read_text()) == (0, True)
    assert "worked on: lecture1_micrograd/engine.py" in done.stdout


def test_stubs_in_the_repository_are_current(tmp_path):
    """exercises/ is what the reference gives."""
    assert run("stubs", "--check", cwd=tmp_path).returncode == 0


def test_doctor_reports_isolation_and_origins(course_folder):
    """Versions, the level in force and what it lacks, where the course folder comes from, a passed self-test."""
    done = run_apart("-C", course_folder, "doctor", cwd="/")
    assert done.returncode == 0
    level = isolation.best()
    layers = [f"{'yes' if there else 'no '}  {what}" for what, there in isolation.facts(level)]
    for part in (f"level {level!r}", *layers, f"(found from -C {course_folder})", "a worker computed"):
        assert part in done.stdout


def test_demo_walks_the_whole_path(tmp_path):
    """Four submissions: full marks, a named mistake, half done, never ending."""
    done = run_apart("demo", cwd=tmp_path)
    assert done.returncode == 0
    for part in ("100 / 100", "mul-own-data", "checks of value-relu stopped", "exercises not written", "gradebook.csv"):
        assert part in done.stdout


@pytest.mark.parametrize("command", sorted(cli.commands))
def test_every_command_has_help_with_an_example(command):
    """`grader COMMAND --help` says what it does and shows how."""
    text = cli.commands[command].help
    assert "Examples:" in text
    assert f"grader {command}" in text or "grader -C" in text


def test_readme_names_only_commands_that_exist():
    """Every `grader ...` of README, CONTRIBUTING and the lecture's page is a command."""
    root = Path(__file__).parent.parent
    pages = [root / "README.md", root / "CONTRIBUTING.md", *root.glob("data/*.md"), *root.glob("exercises/*/*.md")]
    words = {w for page in pages for w in re.findall(r"(?:\$ |`|^ *)grader ([a-z]+)", page.read_text(), re.MULTILINE)}
    assert words <= set(cli.commands)
    assert words >= {"check", "hint", "pack", "grade", "audit", "demo"}


def test_whoever_has_read_enough_ends_the_command_quietly(course_folder):
    """As `grader list | head -1` does: no fault of ours is told."""
    words = [sys.executable, "-u", "-m", "grader", "-C", str(course_folder), "list"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        process.stdout.close()
        said = process.stderr.read()
    assert said == ""
