"""The autograder for a platform, in a plain folder of the same layout, and the workflow that runs at each push."""

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from grader.cli import cli
from grader.course import PROJECT, load
from grader.inside.levels import LANDLOCK
from grader.office.autograder import classroom_workflow, gradescope_zip
from grader.report.unhidden import HIDDEN
from grader.sandbox import isolation

TINY = PROJECT / "tests" / "tiny_course"
LECTURE = "lecture1_averages"
SOLUTION = (TINY / "reference" / LECTURE / "averages.py").read_text(encoding="utf-8")
WRONG = SOLUTION.replace("len(xs) - n + 1)", "len(xs) - n)")
NEEDS_LANDLOCK = pytest.mark.skipif(isolation.missing(LANDLOCK) != "", reason="no Landlock here")


def tools(place: Path) -> Path:
    """What a bare container has: a shell and Python. No bubblewrap."""
    place.mkdir()
    for name in ("bash", "env", "mkdir", "rm"):
        (place / name).symlink_to(str(shutil.which(name)))
    (place / "python3").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (place / "python3").chmod(0o755)
    return place


@pytest.fixture(scope="module")
def container(tmp_path_factory) -> Path:
    """A folder as the platform lays it out, with the autograder of the tiny course made by command."""
    home = tmp_path_factory.mktemp("container") / "autograder"
    file = home.parent / "autograder.zip"
    words = ["grader", "autograder", "--lecture", "1", "-o", str(file), "--seed", "7"]
    environment = {**os.environ, "GRADER_COURSE": str(TINY / "exercises")}
    subprocess.run([sys.executable, "-m", *words], env=environment, check=True, capture_output=True)
    with zipfile.ZipFile(file) as archive:
        archive.extractall(home / "source")
    for script in ("setup.sh", "run_autograder"):
        (home / "source" / script).chmod(0o755)
    shutil.copy(home / "source" / "run_autograder", home / "run_autograder")
    (home / "submission_metadata.json").write_text(json.dumps({"id": 1, "users": [{"name": "李", "email": "l@x.org"}]}))
    tools(home.parent / "bin")
    return home


def ran(home: Path, files: dict[str, str]) -> subprocess.CompletedProcess[str]:
    shutil.rmtree(home / "submission", ignore_errors=True)
    shutil.rmtree(home / "results", ignore_errors=True)
    (home / "submission").mkdir()
    for name, text in files.items():
        (home / "submission" / name).write_text(text, encoding="utf-8")
    environment = {"AUTOGRADER": str(home), "PATH": str(home.parent / "bin"), "HOME": str(home)}
    return subprocess.run([str(home / "run_autograder")], env=environment, capture_output=True, text=True, check=False)


def result(home: Path) -> dict:
    return json.loads((home / "results" / "results.json").read_text(encoding="utf-8"))


@NEEDS_LANDLOCK
def test_what_is_visible_shows_no_hidden_input(container):
    """The mistake is named; of hidden checks neither inputs nor expected values are in the result."""
    ran(container, {"averages.py": WRONG})
    told = result(container)
    hidden = [test for test in told["tests"] if test["visibility"] != "visible"]
    assert {test["visibility"] for test in hidden} == {"after_published"}
    failed = [test for test in hidden if test["status"] == "failed"]
    assert failed
    assert all(test["output"].startswith(HIDDEN) for test in failed)
    assert "The last group of neighbours gets no mean" in json.dumps(told)
    assert "yours" not in "".join(test["output"] for test in hidden)


@NEEDS_LANDLOCK
def test_a_submission_is_marked_and_what_lies_beside_it_cannot_be_read(container):
    """Without bubblewrap, also as root; seed, reference and hidden checks are in the same container, out of reach."""
    source = container / "source"
    places = [str(source / "autograder.json"), str(source / "kit" / "tests" / "tiny_course" / "reference")]
    spy = f"""import os
for place in {places!r}:
    try:
        os.listdir(place) if os.path.isdir(place) else open(place)
    except OSError:
        continue
    raise SystemExit(place)
"""
    done = ran(container, {"averages.py": spy + SOLUTION})
    assert (done.returncode, done.stderr) == (0, "")
    tests = result(container)["tests"]
    assert sum(test["score"] for test in tests) == 100 == sum(test["max_score"] for test in tests)


@NEEDS_LANDLOCK
def test_what_cannot_be_taken_is_said_in_the_result(container):
    """No mark of 0 comes as a surprise."""
    done = ran(container, {"essay.txt": "My summer"})
    told = result(container)
    assert (done.returncode, told["score"]) == (0, 0)
    assert told["output"].startswith("This could not be taken as a submission, and nothing of it was marked: ")


def test_where_the_container_is_to_blame_there_is_no_result(container):
    """The platform then tells the instructor, and nobody has a mark for it."""
    file = container / "source" / "autograder.json"
    kept = file.read_bytes()
    file.write_bytes(b"{")
    done = ran(container, {"averages.py": SOLUTION})
    file.write_bytes(kept)
    assert (done.returncode, (container / "results").exists()) == (3, False)
    assert done.stderr.startswith("Nothing was marked. ")


def test_scripts_are_shell_and_the_layout_is_the_platforms(container):
    """Both scripts lie at the top of the zip, and a shell can read them."""
    for script in ("setup.sh", "run_autograder"):
        subprocess.run(["bash", "-n", str(container / "source" / script)], check=True)
    told = json.loads((container / "source" / "autograder.json").read_text())
    assert told == {
        "lecture": LECTURE,
        "seed": 7,
        "course": "kit/tests/tiny_course/exercises",
        "min_isolation": LANDLOCK,
    }


def test_the_same_kit_gives_the_same_zip():
    """Byte for byte; and our own course is in it, with its reference, and without what a run leaves behind."""
    lecture = load().lectures[0]
    first = gradescope_zip(lecture, 7, LANDLOCK)
    assert first == gradescope_zip(lecture, 7, LANDLOCK)
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        names = set(archive.namelist())
    assert {"setup.sh", "run_autograder", "autograder.json", "kit/pyproject.toml", "kit/exercises/course.toml"} <= names
    assert {
        f"kit/reference/{lecture.id}/engine.py",
        "kit/data/names.txt",
        "kit/grader/report/templates/page.css",
    } <= names
    assert not [name for name in names if "__pycache__" in name or ".git" in name or name.startswith("kit/tests")]


# ---- at each push


def test_the_workflow_runs_the_public_checks_and_writes_a_summary(tmp_path):
    """Its last step as a shell runs it; hidden checks are not in it."""
    workflow = yaml.safe_load(classroom_workflow(load().lectures[0]))
    steps = workflow["jobs"]["checks"]["steps"]
    assert workflow["permissions"] == {"contents": "read"}
    command = steps[-1]["run"].replace(load().lectures[0].id, LECTURE)
    environment = {
        **os.environ,
        "GRADER_COURSE": str(TINY / "exercises"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "sum.md"),
    }
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
    shutil.copytree(TINY / "exercises", tmp_path / "home")
    (tmp_path / "home" / LECTURE / "averages.py").write_text(WRONG, encoding="utf-8")
    done = subprocess.run(["bash", "-ec", command], cwd=tmp_path / "home", env=environment, check=False)
    summary = (tmp_path / "sum.md").read_text(encoding="utf-8")
    assert done.returncode == 1
    assert summary.startswith("## 20 of 50 points\n")
    assert "    Recognised: The last group of neighbours gets no mean." in summary
    assert HIDDEN not in summary


def test_the_workflow_is_written_by_command(tmp_path):
    """With the lecture's name in it."""
    args = ["autograder", "--lecture", "1", "--for", "github", "-o", str(tmp_path / "checks.yml")]
    assert CliRunner().invoke(cli, args).exit_code == 0
    assert f"grader check {load().lectures[0].id} --summary" in (tmp_path / "checks.yml").read_text()
