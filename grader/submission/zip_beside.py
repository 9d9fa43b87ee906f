"""A zip that lies beside loose modules: what they lack is taken from it, and that is said."""

from grader.course import Course
from grader.course.safe_text import clean
from grader.errors import SubmissionError
from grader.submission.found import Found, is_untouched
from grader.submission.layout import Search
from grader.submission.package import Package
from grader.submission.tree import Folder

ZIP = ".zip"


def completed(tree: Folder, found: Found, course: Course) -> Found:
    """With the lecture's files that are in the one zip alone. Raises SubmissionError where a file is in both."""
    zips = [name for name in tree.files("") if name.lower().endswith(ZIP)]
    lacking = [name for name in found.lecture.files if not _is_begun(found, name)]
    if not zips or not lacking:
        return found
    if len(zips) > 1:
        return found.with_remark(f"{lacking[0]} is missing; {len(zips)} zips lie beside, and none of them was opened")
    name = clean(zips[0], 60)
    try:
        inner = Search(Package(tree.path / zips[0]), course).best([found.lecture])
    except SubmissionError as error:
        return found.with_remark(f"{lacking[0]} is missing; {name} beside it was not taken: {error}")
    return _with(found, inner, name) if inner else found


def _with(found: Found, inner: Found, name: str) -> Found:
    """The loose files, and what only the zip has of them."""
    begun = {file: data for file, data in inner.files.items() if _is_begun(inner, file)}
    for file in begun:
        if _is_begun(found, file) and begun[file] != found.files[file]:
            raise SubmissionError(f"{file} is in {name} and beside it, and they differ; keep one of them")
    taken = {file: data for file, data in begun.items() if not _is_begun(found, file)}
    if not taken:
        return found
    files = {**found.files, **taken}
    ordered = {file: files[file] for file in (*found.lecture.files, *files) if file in files}
    remarks = (*found.remarks, f"{', '.join(taken)} taken from {name}, which lies beside the other files")
    return Found(found.lecture, found.place, ordered, found.notebooks, remarks)


def _is_begun(found: Found, name: str) -> bool:
    return name in found.files and not is_untouched(found.lecture, name, found.files[name])
