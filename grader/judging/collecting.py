"""What pytest finds in a lecture's suites, each of which is a file or a folder with a file for each module."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from grader.course import Lecture, load
from grader.errors import Fault

CONFIGURATION = Path(__file__).parent / "pytest.ini"  # the suites' own
NO_TESTS = ("__init__.py", "shared.py")
OPTIONS = (
    "--collect-only", "--noconftest", "--import-mode=importlib", "-p", "no:terminal", "-p", "no:cacheprovider",
    "--capture=no",  # else the keyboard would be taken away meanwhile from whoever is reading it
)  # fmt: skip
AUTOLOAD = "PYTEST_DISABLE_PLUGIN_AUTOLOAD"


def collected(lecture: Lecture, suite: str) -> list[Any]:
    """The tests of one suite of a lecture, file by file: those of the lecture's modules first, in their order."""
    folder = load().folders.lectures / lecture.id
    files = _files(folder, suite, lecture.modules)
    return _pytest_items(folder, suite, files) if files else []


def _files(folder: Path, suite: str, modules: tuple[str, ...]) -> list[Path]:
    alone = folder / f"{suite}.py"
    if alone.is_file():
        return [alone]
    order = {name: place for place, name in enumerate(modules)}
    found = [file for file in (folder / suite).glob("*.py") if file.name not in NO_TESTS]
    return sorted(found, key=lambda file: (order.get(file.name, len(order)), file.name))


class _Found:
    """What pytest reports to: the tests that it has found, and what kept it from finding them."""

    def __init__(self) -> None:
        self.items: list[Any] = []
        self.errors: list[str] = []

    def pytest_collection_finish(self, session: Any) -> None:
        self.items = list(session.items)

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self.errors.append(str(report.longrepr))


def _pytest_items(folder: Path, suite: str, files: list[Path]) -> list[Any]:
    """All that pytest collects in one go: our own configuration, no plugin but its own, no output."""
    import pytest

    found = _Found()
    # pytest 8.0 names a module by its path from the root, and two modules of one name would be one
    where = ["-c", str(CONFIGURATION), "--rootdir", str(folder.parent)]
    with _no_other_plugins():
        status = pytest.main([*where, *OPTIONS, *map(str, files)], [found])
    if status or found.errors:
        raise Fault(f"the suite {folder.name}/{suite} cannot be collected: {' '.join(found.errors) or status}")
    return found.items


@contextmanager
def _no_other_plugins() -> Iterator[None]:
    """Whatever else is installed beside pytest has no say."""
    before = os.environ.get(AUTOLOAD)
    os.environ[AUTOLOAD] = "1"
    try:
        yield
    finally:
        os.environ.pop(AUTOLOAD)
        if before is not None:
            os.environ[AUTOLOAD] = before
