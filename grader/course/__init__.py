"""The course as data: its lectures and exercises, our solutions, and where a student's copy of it lies."""

from grader.course.reading import EXERCISES, MARKER, PROJECT, load, use
from grader.course.records import Course, Exercise, Folders, Lecture
from grader.course.solutions import reference_data, reference_sources
from grader.course.student_folder import find_root

__all__ = [
    "EXERCISES", "MARKER", "PROJECT",
    "Course", "Exercise", "Folders", "Lecture", "find_root", "load", "reference_data", "reference_sources", "use",
]  # fmt: skip
