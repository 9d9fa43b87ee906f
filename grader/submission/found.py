"""A lecture's files as they were found, and whether they are more than the stubs that were handed out."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from grader.course import Lecture, load
from grader.course.cells import is_stub_in_cells
from grader.course.source_text import text_of


@dataclass(frozen=True)
class Found:
    """A lecture's files: where they lie, their bytes, and for modules that come from a notebook, from which one."""

    lecture: Lecture
    place: str
    files: Mapping[str, bytes]
    notebooks: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    def with_remark(self, remark: str) -> "Found":
        return replace(self, remarks=(*self.remarks, remark))

    @property
    def in_its_folder(self) -> bool:
        return self.place.rpartition("/")[2] == self.lecture.id

    @property
    def is_begun(self) -> bool:
        """Whether anything is not the stub as it was handed out."""
        return any(not is_untouched(self.lecture, name, data) for name, data in self.files.items())


def is_untouched(lecture: Lecture, name: str, data: bytes) -> bool:
    """Whether this is the stub of a module as it was handed out, as a file or as cells, or nothing at all."""
    text, stub = text_of(data), _stub(lecture.id, name)
    if not name.endswith(".py"):
        return False
    return text.strip() in ("", stub) or (stub != "" and is_stub_in_cells(text, name, stub))


@cache
def _stub(lecture: str, name: str) -> str:
    """The stub of this installation's course; empty if it has none."""
    file = load().folders.exercises / lecture / name
    return text_of(file.read_bytes()).strip() if file.is_file() else ""
