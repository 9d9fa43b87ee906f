"""What the tests of notebooks share: one that a student has filled in, written by the real command's own function."""

import json
import re
from functools import cache
from pathlib import Path

from grader.course import Lecture, reference_sources
from grader.course.notebooks import text_of_lecture

REGION = re.compile(r"^ *### BEGIN SOLUTION ([a-z0-9-]+)\n(.*?)^ *### END SOLUTION$", re.MULTILINE | re.DOTALL)
TODO = re.compile(r'^ *raise NotImplementedError\("([a-z0-9-]+)"\)  # TODO: your code goes here$', re.MULTILINE)


@cache
def empty(lecture: Lecture) -> str:
    return text_of_lecture(lecture)


def filled(lecture: Lecture, **instead: str) -> str:
    """The notebook with our solution's regions in the places of the lines that raise; some with another text."""
    notebook = json.loads(empty(lecture))
    regions = {
        (module, id): [body.rstrip("\n") for other, body in REGION.findall(text) if other == id]
        for module, text in reference_sources(lecture).items()
        for id, _ in REGION.findall(text)
    }
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and TODO.search(cell["source"]):
            left = regions[cell["source"].partition("\n")[0].removeprefix("# "), cell["id"]]
            cell["source"] = TODO.sub(lambda _, left=left: left.pop(0), cell["source"])
        cell["source"] = instead.get(cell["id"], cell["source"])
    return json.dumps(notebook)


def sources(notebook: str) -> list[str]:
    """The texts of the code cells."""
    return [cell["source"] for cell in json.loads(notebook)["cells"] if cell["cell_type"] == "code"]


def home_with(folder: Path, lecture: Lecture, notebook: str) -> Path:
    """A course folder in which this notebook lies where it was handed out."""
    place = folder / lecture.id / f"{lecture.id}.ipynb"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(notebook, encoding="utf-8")
    (folder / "course.toml").write_text("", encoding="utf-8")
    return folder
