"""The table of ranks behind GPT-4's ids, for those who want to see these: fetched on request, kept by hash.

No check needs it, and no report names it. `pooch` is imported by the function that needs it.
"""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from grader.course.names import RETRIES, SECONDS, cache_folder
from grader.course.whole_files import write_whole
from grader.errors import UsageError

URL = "https://openaipublic.blob.core.windows.net/encodings/cl100k_base.tiktoken"
LARGEST = 1 << 22  # bytes; more than twice as many as the table has
WAYS = "Try again later, or name a copy that you have: grader data --ranks --from FILE"


@dataclass(frozen=True)
class Table:
    """The one table that is taken: its name, the hash that it must have, how many tokens it holds."""

    file: str = "cl100k_base.tiktoken"
    sha256: str = "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"
    count: int = 100_256

    @property
    def path(self) -> Path:
        """Its place in the user's cache, whether it is there or not."""
        return cache_folder() / self.file


RANKS = Table()


def read() -> str:
    """The table in the cache, as text. Raises UsageError with the way to get it."""
    if not is_there():
        raise UsageError(f"{RANKS.path} is not the table of ranks. Fetch it: grader data --ranks")
    return RANKS.path.read_text(encoding="ascii")


def is_there() -> bool:
    """Whether the table lies in the cache, byte for byte."""
    try:
        return _is_it(RANKS.path.read_bytes())
    except OSError:
        return False


def install(from_file: Path | None = None, url: str = URL) -> None:
    """Put the table into the user's cache, from a local copy or from the network. Raises UsageError."""
    write_whole(RANKS.path, _local(from_file) if from_file else _fetched(url))


def _local(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST)
    except OSError as error:
        raise UsageError(f"{file} cannot be read ({error.strerror}). {WAYS}") from None
    if not _is_it(data):
        raise UsageError(f"{file} is not the table of ranks: its SHA-256 is not {RANKS.sha256[:16]}... {WAYS}")
    return data


def _fetched(url: str) -> bytes:
    """The table from the network; whatever comes instead of it is thrown away."""
    import pooch

    pooch.get_logger().setLevel("ERROR")
    with tempfile.TemporaryDirectory(prefix="grader-") as folder:
        source = pooch.create(
            folder, base_url="", registry={RANKS.file: RANKS.sha256}, urls={RANKS.file: url}, retry_if_failed=RETRIES
        )
        try:
            return Path(source.fetch(RANKS.file, downloader=pooch.HTTPDownloader(timeout=SECONDS))).read_bytes()
        except OSError as error:  # what requests raises is an OSError too
            said = f"The table of ranks could not be fetched ({type(error).__name__})"
        except ValueError:  # the hash
            said = "What came was not the table of ranks"
    raise UsageError(f"{said}: {url}. {WAYS}")


def _is_it(data: bytes) -> bool:
    return hashlib.sha256(data).hexdigest() == RANKS.sha256
