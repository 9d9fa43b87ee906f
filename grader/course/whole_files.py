"""Files are written whole or not at all: aside, then renamed."""

import os
from contextlib import suppress
from pathlib import Path

from grader.errors import UsageError


def write_whole(file: Path, data: bytes) -> None:
    """All of the file or nothing: written aside, then renamed. Raises UsageError if the folder cannot be written."""
    aside = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(data)
        aside.replace(file)
    except OSError as error:
        with suppress(OSError):
            aside.unlink()
        raise UsageError(
            f"{file} cannot be written ({error.strerror}). Make room, or choose another place, and run it again."
        ) from None
