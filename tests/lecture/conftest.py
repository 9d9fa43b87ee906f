"""The long trainings of lectures 2 to 6, on the lectures' own list of names: `pytest -m lecture`."""

import shutil
from collections.abc import Callable, Iterator

import lecture_kit as kit
import pytest

ROWS: list[kit.Row] = []


@pytest.fixture(scope="session", autouse=True)
def one_thread() -> Iterator[None]:
    with kit.on_one_thread():
        yield


@pytest.fixture(scope="session")
def splits(lecture_words):
    return kit.lecture_splits(lecture_words)


@pytest.fixture
def record() -> Callable[..., None]:
    """Puts a number into the table that is printed at the end."""

    def add(*args: object, **kwargs: object) -> None:
        ROWS.append(kit.Row(*args, **kwargs))

    return add


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if ROWS:
        terminalreporter.section("the lectures' numbers")
        rows = sorted(ROWS, key=lambda row: row.id)
        for line in kit.table_lines(rows, shutil.get_terminal_size(fallback=(170, 24)).columns):
            terminalreporter.write_line(line)
