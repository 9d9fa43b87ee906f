"""What the kit's own tests share."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from grader.course import Lecture, load, reference_sources
from grader.stubs import write_stubs

sys.path.insert(0, str(Path(__file__).parent))  # for golden.py and sandbox_kit.py

# in CI the same examples every time: a change fails for what it changes; at home new ones are looked for
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def lecture() -> Lecture:
    """Lecture 1."""
    return load().lecture("lecture1_micrograd")


@pytest.fixture
def course_folder(tmp_path: Path) -> Path:
    """A student's course folder with untouched stubs."""
    write_stubs(tmp_path / "course")
    return tmp_path / "course"


@pytest.fixture
def finished_folder(course_folder: Path, lecture: Lecture) -> Path:
    """A student's course folder with everything solved."""
    for name, text in reference_sources(lecture).items():
        (course_folder / lecture.id / name).write_text(text, encoding="utf-8")
    return course_folder
