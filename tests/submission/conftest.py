"""What the tests of submissions share."""

from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def scratch(tmp_path_factory) -> Path:
    """One place that all examples of a module's properties may overwrite."""
    return tmp_path_factory.mktemp("scratch")
