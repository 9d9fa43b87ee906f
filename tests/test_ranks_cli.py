"""`grader data --ranks` as a user runs it, and the table in the cache."""

import hashlib
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli.data import data
from grader.course import ranks
from grader.errors import UsageError

SMALL = b"IQ== 0\nIg== 1\n"


@pytest.fixture
def table(tmp_path, monkeypatch):
    """A cache of its own, and a table of two tokens in the place of the large one."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    small = ranks.Table("small.tiktoken", hashlib.sha256(SMALL).hexdigest(), 2)
    monkeypatch.setattr(ranks, "RANKS", small)
    return small


def run(*words: object):
    return CliRunner().invoke(data, [*map(str, words)])


def test_a_copy_is_taken_and_is_there_afterwards(table, tmp_path):
    copy = tmp_path / "copy"
    copy.write_bytes(SMALL)
    assert not ranks.is_there()
    done = run("--ranks", "--from", copy)
    assert done.exit_code == 0
    for part in ("Installed the table of ranks.", str(table.path), "2", table.sha256):
        assert part in done.output
    assert ranks.read().encode() == SMALL
    assert "is there already" in run("--ranks").output


@pytest.mark.parametrize("content", [None, b"IQ== 0\n"], ids=["no such file", "another table"])
def test_another_file_is_refused(table, tmp_path, content):
    copy = tmp_path / "copy"
    if content:
        copy.write_bytes(content)
    error = run("--ranks", "--from", copy).exception
    assert isinstance(error, UsageError)
    assert "grader data --ranks --from FILE" in str(error)
    assert not table.path.exists()


def test_what_was_damaged_is_not_read(table):
    table.path.parent.mkdir(parents=True)
    table.path.write_bytes(b"IQ== 7\n")
    with pytest.raises(UsageError, match="grader data --ranks"):
        ranks.read()


def test_without_a_network_the_other_way_is_said(table, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(ranks, "RETRIES", 0)
    with pytest.raises(UsageError, match=r"could not be fetched .*grader data --ranks --from FILE"):
        ranks.install(url="http://127.0.0.1:9/small.tiktoken")
    assert not table.path.exists()


@pytest.mark.parametrize("other", ["--show", "--remove"])
def test_ranks_go_with_a_copy_alone(other):
    assert isinstance(run("--ranks", other).exception, UsageError)


def test_the_table_that_is_taken_is_the_public_one():
    assert (ranks.Table().count, Path(ranks.URL).name) == (100_256, ranks.Table().file)
