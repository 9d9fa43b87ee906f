"""Pictures as files: PNG and SVG for each, and one page with all of them, every text on it escaped."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from grader.course import Lecture, load
from grader.pictures import Picture, Waiting
from grader.stubs import write_whole

if TYPE_CHECKING:
    from jinja2 import Template


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
    return _template().render(
        lecture=lecture,
        course=load().title,
        pictures=[one for one in every if isinstance(one, Picture)],
        waiting=[one for one in every if isinstance(one, Waiting)],
    )


@cache
def _template() -> "Template":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("grader.pictures"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("pictures.html")
