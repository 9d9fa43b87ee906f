"""A student's name in the name of a file."""

import re
import unicodedata

LONGEST = 80


def file_name(name: str) -> str:
    """A student's own name in the name of a file of theirs: letters of any script, and nothing that leads elsewhere."""
    return re.sub(r"[^\w.-]", "_", unicodedata.normalize("NFC", name)).strip("._-")[:LONGEST] or "unnamed"
