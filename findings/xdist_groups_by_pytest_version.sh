#!/usr/bin/env bash
# pytest-xdist 3.8.0 keeps tests of one `xdist_group` in one process with pytest 8.4.2, and no longer with pytest 9.2.0.
#
# Seen with Python 3.11: under `-n 2 --dist loadgroup` two tests that are marked with the same group run in one worker
# with pytest 8.4.2, every time. With pytest 9.2.0 nothing is said, all tests pass, and the two run in two workers, every
# time. Tests that share a costly process by group, as a grader's do, then pay for it once in each worker. What goes on
# working with both is a scheduler of one's own, which reads the group from the test's id (pytest_xdist_make_scheduler).
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv

cat > test_groups.py <<'PYTHON'
import os
from pathlib import Path

import pytest


def note(name):
    Path(f"{name}.worker").write_text(os.environ["PYTEST_XDIST_WORKER"])


@pytest.mark.xdist_group("shared")
def test_first():
    note("first")


@pytest.mark.xdist_group("shared")
def test_second():
    note("second")


@pytest.mark.xdist_group("other")
def test_third():
    note("third")
PYTHON

workers() {
  venv/bin/pip install -q "pytest==$1" pytest-xdist==3.8.0
  for _ in 1 2 3; do
    rm -f ./*.worker
    venv/bin/python -m pytest -q -n 2 --dist loadgroup -p no:cacheprovider > /dev/null
    cmp -s first.worker second.worker && echo together || echo apart
  done | sort -u
}

old=$(workers 8.4.2)
new=$(workers 9.2.0)
printf 'pytest 8.4.2: %s\npytest 9.2.0: %s\n' "$old" "$new"
[ "$old" = together ] && [ "$new" = apart ]
