"""Pictures as files: PNG and SVG for each, and one page with all of them, every text on it escaped."""

from collections.abc import Iterable
from pathlib import Path

from grader.course import Lecture, load
from grader.course.whole_files import write_whole
from grader.desk.pictures import Picture, Waiting
from grader.report.pages import template


def save(picture: Picture, folder: Path) -> Path:
    """Write a picture in both forms; returns the PNG. Raises UsageError if the folder cannot be written."""
    files = {f"{picture.name}.png": picture.png(), f"{picture.name}.svg": picture.svg()}
    for name, data in files.items():
        write_whole(folder / name, data)
    return folder / f"{picture.name}.png"


def save_page(lecture: Lecture, found: Iterable[Picture | Waiting], folder: Path) -> Path:
    """Write the page that shows the pictures and says what the others wait for."""
    page = folder / "index.html"
    write_whole(page, to_html(lecture, found).encode())
    return page


def to_html(lecture: Lecture, found: Iterable[Picture | Waiting]) -> str:
    """The page; the pictures' files lie beside it."""
    every = list(found)
    return template("grader.desk.pictures", "pictures.html").render(
        lecture=lecture,
        course=load().title,
        pictures=[one for one in every if isinstance(one, Picture)],
        waiting=[one for one in every if isinstance(one, Waiting)],
    )
