"""What an export is asked for, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path


@dataclass(frozen=True)
class Asked:
    """What `grader export` was asked for. `into`: the platform's own table; `column`: the one that is filled."""

    to: str
    output: Path
    into: Path | None = None
    column: str = ""
    out_of: Decimal | None = None


@dataclass(frozen=True)
class Exported:
    """The files to write, by their path below the output, or the output itself; and what an instructor must know."""

    files: Mapping[str, bytes]
    told: tuple[str, ...]
