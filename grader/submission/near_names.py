"""Files that are called nearly like a module: `engine (1).py`, `Engine.py`, `engine.py.txt`, `doe_jane_engine.py`.

One is taken where it is the only candidate for a module that is not there; else it is named.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from grader.course import Lecture
from grader.course.safe_text import clean

ENDING = re.compile(r"\.py(?:\.txt)?$")
NO_CANDIDATE = {"test", "tests", "old", "backup", "bak", "draft", "stub", "stubs", "original", "template", "example"}
MOST_SHOWN = 3
SCRATCH = "replay_"  # how the name begins of a script that only repeats a failing case; it is nobody's module


def module_like(name: str, lecture: Lecture) -> str:
    """The one module that a file's name resembles; empty if it is the module's own, or there is none."""
    lower = name.casefold()
    if name in lecture.modules or lower.startswith(SCRATCH) or not ENDING.search(lower):
        return ""
    stem = ENDING.sub("", lower)
    found = [module for module in lecture.modules if _has_word(stem, module.removesuffix(".py"))]
    return found[0] if len(found) == 1 else ""


def like_modules_of(lecture: Lecture) -> Callable[[str], bool]:
    """Whether a file's name resembles any of its modules."""
    return lambda name: bool(module_like(name, lecture))


def is_called(text: str, lecture: Lecture) -> bool:
    """Whether a file's or a folder's name says which lecture it is for, as `Lecture 3 (Ada)` does."""
    return lecture.id in text or re.search(rf"lecture[ _-]*0*{lecture.number}(?!\d)", text.casefold()) is not None


def is_candidate(name: str) -> bool:
    """Whether nothing in the name says that the file is something else, such as a test or an old version."""
    return NO_CANDIDATE.isdisjoint(re.split(r"[^a-z]+", name.casefold()))


def resembling(names: Iterable[str], lecture: Lecture, missing: Iterable[str]) -> Mapping[str, list[str]]:
    """For each module that is missing the files that are called nearly like it."""
    found: dict[str, list[str]] = {module: [] for module in missing}
    for name in names:
        if (module := module_like(name, lecture)) in found:
            found[module].append(name)
    return {module: files for module, files in found.items() if files}


def sentence_about(module: str, names: list[str]) -> str:
    """What resembles a module that is missing, and was not taken for it."""
    shown = " and ".join(clean(name, 60) for name in names[:MOST_SHOWN])
    more = " and more" if len(names) > MOST_SHOWN else ""
    resembles = "resembles" if len(names) == 1 else "resemble"
    return f"{module} is missing; {shown}{more} {resembles} it and {'was' if len(names) == 1 else 'were'} not taken"


def _has_word(stem: str, word: str) -> bool:
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", stem) is not None
