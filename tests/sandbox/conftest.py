"""A sandbox for each test, whose folders lie in the test's own, and an end to whatever hangs."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sandbox_kit import LECTURE, within

from grader.inside.levels import LEVELS
from grader.sandbox import Sandbox
from grader.sandbox.isolation import missing, offered


@pytest.fixture(autouse=True)
def _guarded() -> Iterator[None]:
    with within(30):
        yield


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders of this test are made, so that it can be seen which are left."""
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    return made


@pytest.fixture(params=LEVELS)
def box(folders: Path, request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox at each level that this machine offers."""
    if request.param not in offered():
        pytest.skip(f"not offered here: {missing(request.param)}")
    with Sandbox(LECTURE.id, level=request.param) as made:
        yield made
