"""Where a student's copy of the course lies."""

from pathlib import Path

from grader.course.reading import MARKER
from grader.errors import CourseError


def find_root(start: Path) -> Path:
    """The folder that holds the student's lecture folders, found upwards from `start`. Raises CourseError."""
    start = start.resolve()
    for folder in (start, *start.parents):
        for candidate in (folder, folder / "exercises"):
            if (candidate / MARKER).is_file():
                return candidate
    raise CourseError(
        f"This is not a course folder: no {MARKER} in {start} or above it. "
        "Go to your course folder, or name it: grader -C FOLDER status. To make one: grader stubs --to FOLDER"
    )
