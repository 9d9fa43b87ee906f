"""The course as data: its lectures and exercises, our solutions, and where a student's copy of it lies."""

from grader.course.reading import (
    EXERCISES,
    MARKER,
    PROJECT,
    find_root,
    is_student_kit,
    load,
    reference_data,
    reference_sources,
    use,
)
from grader.course.records import Course, Exercise, Folders, Lecture

__all__ = [
    "EXERCISES", "MARKER", "PROJECT",
    "Course", "Exercise", "Folders", "Lecture", "find_root", "is_student_kit", "load", "reference_data",
    "reference_sources", "use",
]  # fmt: skip
