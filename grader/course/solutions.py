"""Our own solutions: their text, and what they hand in beside it."""

from grader.course.reading import load
from grader.course.records import Lecture
from grader.errors import Fault


def reference_sources(lecture: Lecture) -> dict[str, str]:
    """The modules of our own solution, name to text."""
    folder = load().folders.reference / lecture.id
    if not folder.is_dir():
        raise Fault(f"there is no reference for {lecture.id}: {folder} does not exist")
    return {name: (folder / name).read_text(encoding="utf-8") for name in lecture.modules}


def reference_data(lecture: Lecture) -> dict[str, bytes]:
    """What our own solution hands in beside its modules, name to bytes."""
    folder = load().folders.reference / lecture.id
    return {name: (folder / name).read_bytes() for name in lecture.files if name not in lecture.modules}
