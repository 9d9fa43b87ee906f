"""The list of first names that lectures 2 and later measure with: which is in use, how to get the lectures' own.

A list is used only if it is, byte for byte, the one whose hash stands here. `platformdirs` and `pooch` are imported by
the functions that need them.
"""

import hashlib
import os
import tempfile
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from grader.course import PROJECT, load
from grader.course.probe_needs import needs_of
from grader.course.whole_files import write_whole
from grader.errors import Fault, UsageError

FOLDER, FILE = "zero-to-hero-kit", "names.txt"
URL = "https://raw.githubusercontent.com/karpathy/makemore/master/names.txt"
SECONDS = (10.0, 30.0)  # to connect, and between two pieces of the answer
RETRIES = 2
OURS_ALONE = "GRADER_OURS_ALONE"  # in the environment: with this list alone a student kit is recorded


@dataclass(frozen=True)
class NameList:
    """One list: where it lies, what a report calls it, the hash that it must have, how many names it holds.

    A text is such a list too (see texts.py): it is counted in characters, and belongs to another option of the command.
    """

    path: Path
    title: str
    sha256: str
    count: int
    unit: str = "names"
    option: str = ""
    shipped: str = ""  # under which name it lies in data/, if it does


OURS = NameList(
    PROJECT / "data" / FILE,
    "US first names of 2017, this project's list",
    "113e7a6a96d9aa96f21ff920ad62ba77a52370cbd8cdc1b960760e7e9d99c167",
    32_469,
    shipped=FILE,
)
LECTURES = NameList(
    Path(FILE),
    "US first names of 2018, the lectures' list",
    "0a30b5557f192f32ab962680889aac5f6fda0f4cecf40a6d0b5694f58ea8cc4d",
    32_033,
)


def lectures_list() -> NameList:
    """The lectures' own list, at its place in the user's cache, whether it is there or not."""
    return replace(LECTURES, path=cache_folder() / FILE)


def cache_folder() -> Path:
    """Where this user's cache lies, whether it is there or not."""
    from platformdirs import user_cache_dir

    return Path(user_cache_dir(FOLDER, appauthor=False))


@cache
def in_use() -> NameList:
    """The lectures' list if it is installed, else the project's; decided once for a process. Raises Fault."""
    theirs = lectures_list()
    return checked(theirs if may_be_theirs(theirs.path) else OURS)


def may_be_theirs(path: Path) -> bool:
    """Whether what the lectures use lies here and may be used: not in a student kit, nor while one is recorded."""
    return os.path.lexists(path) and not load().is_student_kit and not os.environ.get(OURS_ALONE)


def needed_by(lecture: str) -> NameList | None:
    """The list in use, for a lecture whose probes need it (NAMES), or the text in use (TEXT); None for the others."""
    from grader.course import texts  # which is built on this module

    needs = needs_of(lecture)
    return texts.in_use() if needs.text else in_use() if needs.names else None


def checked(names: NameList) -> NameList:
    """The same list, if its file is still what it must be. Raises Fault with the way out."""
    try:
        found = _sha256(names.path.read_bytes())
        wrong = "" if found == names.sha256 else f"has the SHA-256 {found[:16]}..., not {names.sha256[:16]}..."
    except OSError as error:
        wrong = f"cannot be read ({error.strerror})"
    if wrong:
        kind = "list of names" if names.unit == "names" else "text"
        raise Fault(f"The {kind} {names.path} {wrong}. {_way_out(names)}")
    return names


def install(from_file: Path | None = None, url: str = URL) -> NameList:
    """Put the lectures' list into the user's cache, from a local copy or from the network. Raises UsageError."""
    theirs = lectures_list()
    write_whole(theirs.path, local(from_file, LECTURES) if from_file else fetched(url, LECTURES))
    in_use.cache_clear()
    return in_use()


def remove() -> bool:
    """Take the lectures' list out of the cache; whether there was one."""
    in_use.cache_clear()
    return removed(lectures_list().path)


def removed(path: Path) -> bool:
    """Take a file out of the cache; whether there was one. Raises UsageError."""
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise UsageError(f"{path} cannot be removed ({error.strerror}). Remove it by hand.") from None
    return True


def _way_out(names: NameList) -> str:
    if names.shipped:
        return f"Get it back in the repository: git checkout data/{names.shipped}"
    own, command = "list" if names.unit == "names" else "text", f"grader data{names.option}"
    return f"Fetch it again: {command}. Or go on with the project's {own}: {command} --remove"


def local(file: Path, wanted: NameList) -> bytes:
    """The bytes of a local copy, which must be the lectures' list, or their text."""
    command = f"grader data{wanted.option} --from FILE"
    try:
        with file.open("rb") as opened:
            data = opened.read(1 << 21)  # more than the lectures' list and their text have
    except OSError as error:
        raise UsageError(f"{file} cannot be read ({error.strerror}). Name your copy: {command}") from None
    if _sha256(data) != wanted.sha256:
        own, end = ("list", ", without a newline at its end") if wanted.unit == "names" else ("text", "")
        raise UsageError(
            f"{file} is not the lectures' {own}: its SHA-256 is {_sha256(data)[:16]}..., not {wanted.sha256[:16]}... "
            f"A copy must be the same byte for byte{end}: {command}"
        )
    return data


def fetched(url: str, wanted: NameList) -> bytes:
    """The lectures' list, or their text, from the network; whatever comes instead of it is thrown away."""
    import pooch

    pooch.get_logger().setLevel("ERROR")
    own = "list" if wanted.unit == "names" else "text"
    with tempfile.TemporaryDirectory(prefix="grader-") as folder:
        source = pooch.create(
            folder, base_url="", registry={FILE: wanted.sha256}, urls={FILE: url}, retry_if_failed=RETRIES
        )
        try:
            return Path(source.fetch(FILE, downloader=pooch.HTTPDownloader(timeout=SECONDS))).read_bytes()
        except OSError as error:  # what requests raises is an OSError too
            said = f"The lectures' {own} could not be fetched ({type(error).__name__})"
        except ValueError:  # the hash
            said = f"What came was not the lectures' {own}"
    command = f"grader data{wanted.option} --from FILE"
    raise UsageError(f"{said}: {url}. Try again later, or name a copy that you have: {command}")


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
