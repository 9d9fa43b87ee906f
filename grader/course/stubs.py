"""Stubs out of the reference: every solution region becomes a line that raises NotImplementedError with its id."""

import re
from pathlib import Path

from grader.course import MARKER, Course, Lecture, load, reference_sources
from grader.course.kept_copies import read_if_there
from grader.course.whole_files import write_whole
from grader.errors import Fault

BEGIN = re.compile(r"^( *)### BEGIN SOLUTION ([a-z0-9-]+)$")
MARKED = re.compile(r"#.*(?:BEGIN|END) SOLUTION")
END = re.compile(r"^ *### END SOLUTION$")
TODO = 'raise NotImplementedError("{id}")  # TODO: your code goes here'
LEFT_OUT = re.compile(r'^ *raise NotImplementedError\("([a-z0-9-]+)"\)  # TODO')


def stub_of(source: str) -> str:
    """The reference's text without its solutions. Docstrings and everything else stay as they are."""
    lines: list[str] = []
    inside = False
    for number, line in enumerate(source.splitlines(), 1):
        begin, end = BEGIN.match(line), END.match(line)
        if MARKED.search(line) and not (begin or end):
            raise Fault(f"line {number}: this solution marker is misspelt: {line.strip()}")
        if (begin and inside) or (end and not inside):
            raise Fault(f"line {number}: solution markers do not pair up")
        if begin:
            lines.append(begin[1] + TODO.format(id=begin[2]))
        if not inside and not begin:
            lines.append(line)
        inside = bool(begin) or (inside and not end)
    if inside:
        raise Fault("a solution marker is never closed")
    return "\n".join(lines) + "\n"


def solution_ids(source: str) -> list[str]:
    """The exercise ids of a reference file's solution regions, in order, with repeats."""
    return [match[2] for line in source.splitlines() if (match := BEGIN.match(line))]


def stubs_of(lecture: Lecture) -> dict[str, str]:
    """The stub files of a lecture, name to text: made from the reference, or as they were made for a student kit."""
    if load().is_student_kit:
        folder = load().folders.exercises / lecture.id
        return {name: (folder / name).read_text(encoding="utf-8") for name in lecture.modules}
    return {name: stub_of(source) for name, source in reference_sources(lecture).items()}


def stale(course: Course) -> list[str]:
    """The stub files in exercises/ that are not what the reference gives, as paths."""
    return [
        f"exercises/{lecture.id}/{name}"
        for lecture in course.lectures
        for name, text in stubs_of(lecture).items()
        if read_if_there(course.folders.exercises / lecture.id / name) != text.encode()
    ]


def write_stubs(folder: Path, overwrite: bool = False) -> tuple[list[str], list[str]]:
    """Write all stubs, course.toml and the lectures' READMEs below `folder`.

    A file that is there and differs is kept, unless `overwrite` says otherwise. Returns (written, kept).
    """
    written, kept = [], []
    for name, text in course_files(load()).items():
        file = folder / name
        there = read_if_there(file)
        if there == text.encode():
            continue
        if there is not None and not overwrite and name != MARKER:  # the marker is never anybody's work
            kept.append(name)
            continue
        write_whole(file, text.encode())
        written.append(name)
    return written, kept


def course_files(course: Course) -> dict[str, str]:
    """What a student's course folder begins with: course.toml, each lecture's README and stubs, path to text."""
    files = {MARKER: (course.folders.exercises / MARKER).read_text(encoding="utf-8")}
    for lecture in course.lectures:
        readme = course.folders.exercises / lecture.id / "README.md"
        files[f"{lecture.id}/README.md"] = readme.read_text(encoding="utf-8")
        files.update({f"{lecture.id}/{name}": text for name, text in stubs_of(lecture).items()})
    return files
