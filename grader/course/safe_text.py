"""Text from strangers made safe to show: no control characters, cut with a visible count."""

import unicodedata

HIDDEN = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")


def clean(text: str, limit: int = 500, keep_newlines: bool = False) -> str:
    """Control, format and unassigned characters as escapes; at most `limit` characters of the original."""
    cut = text[:limit]
    kept = "\n" if keep_newlines else ""
    shown = "".join(c if c in kept or unicodedata.category(c) not in HIDDEN else _escape(c) for c in cut)
    more = len(text) - len(cut)
    return f"{shown} ... ({more:,} more characters)" if more else shown


def _escape(character: str) -> str:
    return character.encode("unicode_escape", "backslashreplace").decode("ascii")
