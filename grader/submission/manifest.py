"""What a package says of itself: text to be checked, never a path that is opened, never a mark."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.course import Course, Lecture
from grader.course.safe_text import clean
from grader.errors import SubmissionError
from grader.submission.limits import MANIFEST, MAX_MANIFEST
from grader.submission.strict_json import strict_json
from grader.submission.tree import Tree, join

SCHEMA = "zero-to-hero/submission/1"
AGAIN = "pack it again: grader pack"
PYTHON = re.compile(r"3\.[0-9]{1,3}(?:\.\S{1,15})?")


@dataclass(frozen=True)
class Manifest:
    """The lecture it is for, the hashes of its files by their path, and the Python that it was packed with.

    The first two are None, and the last is empty, if nothing is said.
    """

    lecture: str | None = None
    hashes: Mapping[str, str] | None = field(default=None)
    python: str = ""

    def lecture_in(self, course: Course, wanted: Lecture | None, package: str) -> Lecture | None:
        """The lecture that is wanted or declared. Raises SubmissionError if the two differ, or the course lacks it."""
        if self.lecture is None or (wanted and wanted.id == self.lecture):
            return wanted
        if wanted:
            raise SubmissionError(f"{package} is for {clean(self.lecture, 60)}, and {wanted.id} is being graded")
        for lecture in course.lectures:
            if lecture.id == self.lecture:
                return lecture
        raise SubmissionError(f"{package} is for {clean(self.lecture, 60)}, which this course does not have")

    def check(self, files: Mapping[str, bytes], lecture: Lecture, package: str) -> None:
        """Refuse files that are not those that were packed. Raises SubmissionError."""
        if self.hashes is None:
            return
        said = {
            name: self.hashes[path]
            for name in {**dict.fromkeys(lecture.files), **files}
            if (path := f"{lecture.id}/{name}") in self.hashes
        }
        for name in lecture.files:
            if name in said and name in files and said[name] != hashlib.sha256(files[name]).hexdigest():
                raise SubmissionError(f"{name} is not the file that was packed (its hash differs); {AGAIN}")
            if name in said and name not in files:
                raise SubmissionError(f"{name} was packed and is not in {package} any more; {AGAIN}")
        for name in files:
            if name not in said:
                raise SubmissionError(f"{name} was put into {package} after it was packed; {AGAIN}")


def read_manifest(tree: Tree) -> Manifest:
    """The manifest at the top, or in the one folder that everything is in. Raises SubmissionError."""
    tops = tree.folders("")
    for folder in ("", *(tops if len(tops) == 1 else ())):
        if MANIFEST in tree.files(folder):
            return _parsed(tree.read(join(folder, MANIFEST), MAX_MANIFEST))
    return Manifest()


def _parsed(data: bytes) -> Manifest:
    if len(data) > MAX_MANIFEST:
        raise SubmissionError(f"{MANIFEST} is larger than {MAX_MANIFEST:,} bytes; {AGAIN}")
    try:
        declared = strict_json(data, with_nan=False)
    except ValueError:
        raise SubmissionError(f"{MANIFEST} is not JSON; {AGAIN}") from None
    if not isinstance(declared, dict):
        raise SubmissionError(f"{MANIFEST} is not an object; {AGAIN}")
    schema, lecture, hashes = (declared.get(key) for key in ("schema", "lecture", "files"))
    if "schema" in declared and schema != SCHEMA:
        told = clean(schema, 60) if isinstance(schema, str) else "an unknown kind"
        raise SubmissionError(f"{MANIFEST} is of {told}, and {SCHEMA} is what is read; {AGAIN}")
    if "lecture" in declared and not isinstance(lecture, str):
        raise SubmissionError(f"{MANIFEST} names no lecture; {AGAIN}")
    if "files" in declared and not (isinstance(hashes, dict) and all(isinstance(h, str) for h in hashes.values())):
        raise SubmissionError(f"{MANIFEST} lists no files with their hashes; {AGAIN}")
    python = declared.get("python")
    return Manifest(lecture, hashes, python if isinstance(python, str) and PYTHON.fullmatch(python) else "")
