"""A course folder as it is after a check that failed, without the seconds that the check takes."""

import base64
import json
from pathlib import Path

from grader.course import load, reference_sources
from grader.course.stubs import write_stubs
from grader.inside import plain


def failed_folder(folder: Path, id: str, probe: str, **inputs: object) -> Path:
    """Lecture 1 solved, and a case kept in which an exercise of it has failed."""
    write_stubs(folder)
    lecture = load().lecture("1")
    for name, text in reference_sources(lecture).items():
        (folder / lecture.id / name).write_text(text, encoding="utf-8")
    case = {"probe": f"{lecture.id}.{probe}", "inputs": base64.b64encode(plain.encode(inputs)).decode()}
    (folder / ".grader").mkdir(exist_ok=True)
    (folder / ".grader" / "progress.json").write_text(json.dumps({id: {"case": case}}), encoding="utf-8")
    return folder
