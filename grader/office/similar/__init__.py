"""Whose submissions have much in common: pairs with shares, for a person to look at, and never a verdict.

Compared is what is somebody's own: lines of the stub and of the reference do not count, nor those that much of the
class has. Names and layout do not count either; comments do.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from grader.course import Lecture
from grader.errors import UsageError
from grader.office.similar.lines import Line, lines_of, of_the_course

LEAST_LINES = 8  # of one's own: below that, likeness says nothing
LEAST_SHARE = 0.3
MOST_OF_CLASS = 3  # a line that more than one in so many has is everybody's
LETTERS = 0x10000  # a million letters follow
SMALL_CLASS = 9  # in which a line that three have is not


@dataclass(frozen=True)
class Pair:
    """Two students: how much of what is their own is alike, and the lines of the first that the second has too."""

    first: str
    second: str
    share: float
    lines: int
    alike: tuple[str, ...]


def similar(lecture: Lecture, sources: Mapping[str, Mapping[str, str]]) -> list[Pair]:
    """The pairs of a class, the most alike first. `sources`: the modules of each student. Raises UsageError."""
    if not find_spec("rapidfuzz"):
        raise UsageError("Similarity is measured with the package rapidfuzz. Install it: pip install -e '.[similar]'")
    own = _own(lecture, sources)
    names = [name for name, lines in sorted(own.items()) if len(lines) >= LEAST_LINES]
    words = _words([own[name] for name in names])
    pairs = [_pair(names[i], names[j], share, own) for i, j, share in _alike(words)]
    return sorted(pairs, key=lambda pair: (-pair.share, pair.first, pair.second))


def _own(lecture: Lecture, sources: Mapping[str, Mapping[str, str]]) -> dict[str, list[Line]]:
    """Of each student the lines that are neither the course's nor everybody's."""
    given = of_the_course(lecture)
    read = {name: [line for line in lines_of(files) if line.key not in given] for name, files in sources.items()}
    counts = Counter(key for lines in read.values() for key in {line.key for line in lines})
    most = max(len(read), SMALL_CLASS) / MOST_OF_CLASS
    return {name: [line for line in lines if counts[line.key] <= most] for name, lines in read.items()}


def _words(own: Sequence[Sequence[Line]]) -> list[str]:
    """Each student's lines as letters: one for each line that several have, one of their own for all others."""
    counts = Counter(key for lines in own for key in {line.key for line in lines})
    letters = {key: chr(LETTERS + number) for number, key in enumerate(key for key in counts if counts[key] > 1)}
    alone = LETTERS + len(letters)
    return ["".join(letters.get(line.key, chr(alone + n)) for line in lines) for n, lines in enumerate(own)]


def _alike(words: list[str]) -> list[tuple[int, int, float]]:
    """The pairs whose words have enough in common, with the share, by rapidfuzz."""
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import cdist

    if len(words) < 2:
        return []
    shares = cdist(words, words, scorer=Indel.normalized_similarity, score_cutoff=LEAST_SHARE, workers=1)
    return [
        (i, j, float(shares[i][j]))
        for i in range(len(words))
        for j in range(i + 1, len(words))
        if shares[i][j] >= LEAST_SHARE
    ]


def _pair(first: str, second: str, share: float, own: Mapping[str, Sequence[Line]]) -> Pair:
    there = {line.key for line in own[second]}
    alike = tuple(line.text for line in own[first] if line.key in there)
    return Pair(first, second, round(share, 3), len(alike), alike)
