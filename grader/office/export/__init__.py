"""Marks as files that platforms import: by filling a column of a platform's own table, or one result for each student.

Each form is a pure function of the gradebook and the reports; nothing is marked here.
"""

from collections.abc import Callable
from pathlib import Path

from grader.course.whole_files import write_whole
from grader.errors import UsageError
from grader.office.export.asked import Asked, Exported
from grader.office.export.class_marks import ClassMarks, read_marks

__all__ = ["Asked", "Exported", "export"]
FILLS, PER_STUDENT = ("canvas", "moodle"), ("gradescope", "github")


def export(marks: Path, asked: Asked) -> tuple[str, ...]:
    """Write the export, each file whole or not at all, and say what is not in it. Raises UsageError."""
    _check(asked)
    done = _form(asked.to)(read_marks(marks, asked.out_of), asked)
    for name, data in done.files.items():
        write_whole(asked.output / name if name else asked.output, data)
    return done.told


def _check(asked: Asked) -> None:
    """Before anything is read: options that do not go together, and an output that is the platform's own file."""
    if asked.into and asked.to not in FILLS:
        raise UsageError(f"--into is for {' and '.join(FILLS)}, whose own table is filled; --to {asked.to} needs none.")
    if asked.to == "moodle" and not asked.into:
        raise UsageError("--to moodle needs --into WORKSHEET.csv: the grading worksheet that Moodle lets you download.")
    if asked.into and asked.into.resolve() == asked.output.resolve():
        raise UsageError(f"{asked.output} is the platform's own table, which stays as it is. Choose another -o.")
    if asked.to in PER_STUDENT and asked.output.is_file():
        raise UsageError(f"{asked.output} is a file, and --to {asked.to} writes a folder. Choose another -o.")
    if asked.to not in PER_STUDENT and asked.output.is_dir():
        raise UsageError(f"{asked.output} is a folder, and --to {asked.to} writes a file. Choose another -o.")


def _form(to: str) -> Callable[[ClassMarks, Asked], Exported]:
    from grader.office.export import canvas, moodle, plain, results

    forms: dict[str, Callable[[ClassMarks, Asked], Exported]] = {
        "canvas": canvas.export,
        "moodle": moodle.export,
        "csv": plain.export,
        "junit": results.junit,
        "gradescope": results.gradescope,
        "github": results.github,
    }
    return forms[to]
