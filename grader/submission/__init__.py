"""A student's files as bytes, from a folder, a zip or a notebook. Opening a submission never executes anything."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from grader.course import Course, Lecture
from grader.course.safe_text import clean
from grader.course.source_text import text_of
from grader.errors import SubmissionError
from grader.submission import zip_beside
from grader.submission.as_run import as_run, sentence_about
from grader.submission.found import Found
from grader.submission.layout import Search
from grader.submission.limits import MANIFEST, MAX_DATA, MAX_ENTRIES, MAX_FILE, most_bytes
from grader.submission.manifest import SCHEMA, Manifest, read_manifest
from grader.submission.notebooks import NOTEBOOK, is_notebook
from grader.submission.other_notebooks import first_in, why_not
from grader.submission.package import Package
from grader.submission.tree import Folder, Single, Tree

__all__ = [
    "MANIFEST",
    "MAX_DATA",
    "MAX_ENTRIES",
    "MAX_FILE",
    "SCHEMA",
    "Found",
    "Submission",
    "most_bytes",
    "open_submission",
    "own_files",
    "text_of",
]
ZIP = ".zip"
ARCHIVES = (ZIP, ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz")


@dataclass(frozen=True)
class Submission:
    """Whose, for which lecture, and the bytes of the lecture's files that were handed in."""

    student: str
    lecture: Lecture
    files: dict[str, bytes]
    remarks: tuple[str, ...] = field(default=(), compare=False)  # how they were found, where that is not plain
    python: str = field(
        default="", compare=False
    )  # with which they were packed, as the package says; empty if it does not

    @property
    def sha256(self) -> str:
        """One hash over names and contents, independent of how they were packed."""
        digest = hashlib.sha256()
        for name, data in sorted(self.files.items()):
            digest.update(f"{name}\0{len(data)}\0".encode() + data)
        return digest.hexdigest()

    @property
    def missing(self) -> tuple[str, ...]:
        """The lecture's files that were not handed in."""
        return tuple(name for name in self.lecture.files if name not in self.files)

    def sources(self) -> dict[str, str]:
        """The modules as text that is run. Bytes that are not UTF-8 become a visible mark, which will not parse."""
        return {name: as_run(text_of(data)) for name, data in self.files.items() if name.endswith(".py")}


def open_submission(
    path: Path,
    course: Course,
    lecture: Lecture | None = None,
    student: str = "",
    own: bool = False,
    newest: bool = False,
) -> Submission:
    """The submission at `path`: a folder, a zip, or a notebook. `lecture` is what it must be for, if that is known.

    `own`: it is the course folder of who asks, in which what lies least deep is theirs. `newest`: of copies that
    differ the one that was changed last counts.

    Raises SubmissionError: not a submission, wrong lecture, broken or hostile package.
    """
    student = student or clean(path.stem if path.suffix.lower() in (ZIP, NOTEBOOK) else path.name, 100)
    tree = _tree(path)
    declared = read_manifest(tree) if isinstance(tree, Package) else Manifest()
    wanted = declared.lecture_in(course, lecture, tree.name)
    search = Search(tree, course, own, newest)
    found = search.best([wanted] if wanted else course.lectures)
    notebook = search.notebooks.unplaced(found.place if found else None)
    if notebook and not (found and found.is_begun):
        raise SubmissionError(_which_module(notebook, wanted or search.said(notebook, course)))
    if found is None:
        inner = _inner_zip(path, tree, wanted, search.hints)
        return open_submission(inner, course, lecture, student, newest=newest)
    if isinstance(tree, Folder) and not own:
        found = zip_beside.completed(tree, found, course)
    declared.check(found.files, found.lecture, tree.name)
    for name, data in found.files.items():
        if reason := why_not(name, data):
            raise SubmissionError(reason)
    modules = {name: text_of(data) for name, data in found.files.items() if name.endswith(".py")}
    left_out = [remark for name, text in modules.items() if (remark := sentence_about(name, text))]
    return Submission(student, found.lecture, dict(found.files), (*found.remarks, *left_out), declared.python)


def own_files(root: Path, course: Course, lecture: Lecture) -> Found | None:
    """What lies in the lecture's folder of a student's own course folder; None if that is nothing."""
    return Search(Folder(root), course, nearest=True).at(lecture.id, lecture)


def _tree(path: Path) -> Tree:
    """What is at `path`, as files in folders. Raises SubmissionError if it is nothing of the kind."""
    name = clean(path.name, 100)
    if path.is_symlink():
        raise SubmissionError(f"{name} is a link, which is not followed; hand in a folder or a packed zip")
    if path.is_dir():
        return Folder(path)
    if not path.is_file():
        raise SubmissionError(f"{clean(str(path), 200)} is neither a folder nor a file")
    if is_notebook(path.name):
        return Single(path)
    if path.suffix == ".py":
        raise SubmissionError(f"{name} is a single module; put it into a folder or a zip that is named for the student")
    return Package(path)


def _inner_zip(path: Path, tree: Tree, lecture: Lecture | None, hints: list[str]) -> Path:
    """The one zip in a folder, as learning platforms store what was handed in. Raises SubmissionError."""
    archives = [name for name in tree.files("") if name.lower().endswith(ARCHIVES)]
    if len(archives) == 1 and isinstance(tree, Folder):
        return path / archives[0]
    files = f"{lecture.id} ({', '.join(lecture.files)})" if lecture else "any lecture of this course"
    what = f"{tree.name} holds none of the files of {files}"
    if archives and isinstance(tree, Folder):
        raise SubmissionError(f"{what}, but {len(archives)} archives; keep the one that counts")
    if archives:
        raise SubmissionError(f"{what}, but another archive, {clean(archives[0], 60)}; hand in that one by itself")
    raise SubmissionError("; ".join([what, *filter(None, [*hints[:1], first_in(tree)])]))


def _which_module(notebook: str, lecture: Lecture | None) -> str:
    name = clean(notebook, 80)
    if lecture is None:
        return (
            f"{name} does not say which lecture it is for, and defines nothing that one asks for; "
            "begin each cell that counts with a line that names its module, or grade with --lecture"
        )
    names = ", ".join(lecture.modules)
    return (
        f"{name} does not say to which module its cells belong, and defines nothing that {lecture.id} asks for; "
        f"begin each cell that counts with a line such as # {lecture.modules[0]} (modules: {names})"
    )
