"""The text that the lectures about language models measure with: which is in use, how to get the lectures' own.

As with the list of names, a text is used only if it is, byte for byte, the one whose hash stands here.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path

from grader.course import PROJECT
from grader.course.names import NameList, cache_folder, checked, fetched, local, may_be_theirs, removed
from grader.course.whole_files import write_whole

FILE = "tinyshakespeare.txt"
URL = "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/input.txt"
OURS = NameList(
    PROJECT / "data" / "text.txt",
    "questions and stories of lectures 1 to 6, this project's text",
    "af9697daec3e05464559fdf07ebc4418a2765d0c9edb782e4834ab7e0eb83eab",
    65_441,
    "characters",
    " --text",
    "text.txt",
)
LECTURES = NameList(
    Path(FILE),
    "plays of Shakespeare, the lectures' text",
    "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed",
    1_115_394,
    "characters",
    " --text",
)


def lectures_text() -> NameList:
    """The lectures' own text, at its place in the user's cache, whether it is there or not."""
    return replace(LECTURES, path=cache_folder() / FILE)


@cache
def in_use() -> NameList:
    """The lectures' text if it is installed, else the project's; decided once for a process. Raises Fault."""
    theirs = lectures_text()
    return checked(theirs if may_be_theirs(theirs.path) else OURS)


def install(from_file: Path | None = None, url: str = URL) -> NameList:
    """Put the lectures' text into the user's cache, from a local copy or from the network. Raises UsageError."""
    theirs = lectures_text()
    write_whole(theirs.path, local(from_file, LECTURES) if from_file else fetched(url, LECTURES))
    in_use.cache_clear()
    return in_use()


def remove() -> bool:
    """Take the lectures' text out of the cache; whether there was one."""
    in_use.cache_clear()
    return removed(lectures_text().path)
