"""A student's module brought up to a newer stub: what they have written stays, and what is new comes to it.

Both are compared piece by piece with the stub that was handed out. Where only the course has changed a piece, the new
one is taken; where the student has, theirs. Where nobody knows what was handed out, a piece that still raises is taken
to be a stub's, and every other to be the student's.
"""

import ast
import re
from dataclasses import dataclass, field

from grader.course.pieces import BODY, END, HEAD, TEXT, Piece, pieces_of

RAISES = re.compile(r'\s*raise NotImplementedError\("([a-z0-9-]+)"\)[^\n]*\s*')


@dataclass
class Merge:
    """The text, and what became of it: what was put in, what was renewed, and what both have changed."""

    text: str
    added: list[str] = field(default_factory=list)
    renewed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Unreadable:
    """What was worked on is not valid Python now, or cannot be told apart into its parts."""


def merged(theirs: str, base: str | None, new: str) -> Merge | Unreadable | None:
    """The module with both; None where nothing of the stub is left, for whoever has emptied a file wants it empty."""
    own, old, fresh = map(_by_name, (theirs, base, new))
    if own is None or fresh is None:
        return Unreadable()
    if not (own.keys() - {END, TEXT}) & fresh.keys():
        return None
    work = _Work(own, old, fresh)
    work.renew()
    work.insert(_bound(theirs))
    text = "".join(piece.text for piece in work.result)
    whole = own.keys() | work.inserted <= (_by_name(text) or {}).keys()
    return Merge(text, work.added, work.renewed, work.left) if whole else Unreadable()


def _by_name(text: str | None) -> dict[str, Piece] | None:
    pieces = pieces_of(text) if text is not None else None
    return {piece.name: piece for piece in pieces} if pieces is not None else None


@dataclass
class _Work:
    own: dict[str, Piece]
    old: dict[str, Piece] | None
    fresh: dict[str, Piece]
    inserted: set[str] = field(default_factory=set)
    added: list[str] = field(default_factory=list)
    renewed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.result = list(self.own.values())

    def renew(self) -> None:
        """Exchange what the course alone has changed."""
        for at, piece in enumerate(self.result):
            new = self.fresh.get(piece.name)
            if new is None or piece.name == END or new.said == piece.said:
                continue
            if self._is_as_handed_out(piece):
                self.result[at] = Piece(new.name, piece.above + new.proper)
                self.renewed.append(piece.owner)
            elif self.old and (old := self.old.get(piece.name)) and old.said != new.said:
                self.left.append(piece.owner)
        self.renewed, self.left = list(dict.fromkeys(self.renewed)), list(dict.fromkeys(self.left))

    def _is_as_handed_out(self, piece: Piece) -> bool:
        if self.old is not None:
            return piece.name in self.old and self.old[piece.name].said == piece.said
        body = self.own.get(f"{piece.owner}{BODY}")
        return body is not None and RAISES.fullmatch(body.text) is not None

    def insert(self, bound: set[str]) -> None:
        """Put in what is new, each piece behind the one that it follows in the stub."""
        before = ""
        for name, piece in self.fresh.items():
            if name != END and name not in self.own and self._is_wanted(piece, bound):
                self._put(piece, before)
            if any(one.name == name for one in self.result):
                before = name
        self.added = list(dict.fromkeys(self.added))

    def _is_wanted(self, piece: Piece, bound: set[str]) -> bool:
        """Whether it is new, and not there under its name in another form."""
        if self.old is not None and piece.name in self.old:
            return False
        names = _names_of(piece)
        if "*" in bound or (names and names <= bound):
            return False
        owner = piece.owner.rpartition(".")[0]
        return not owner or f"{owner}{HEAD}" in {one.name for one in self.result}

    def _put(self, piece: Piece, before: str) -> None:
        at = next((at for at, one in enumerate(self.result, 1) if one.name == before), 0)
        depth = piece.owner.count(".") if piece.name.endswith((HEAD, BODY)) else 0
        while 0 < at < len(self.result) and depth == 0 and _is_method(self.result[at]):
            at += 1  # behind the whole class
        if at and not self.result[at - 1].text.endswith("\n"):
            self.result[at - 1] = Piece(self.result[at - 1].name, f"{self.result[at - 1].text}\n")
        self.result.insert(at, piece)
        self.inserted.add(piece.name)
        found = RAISES.fullmatch(piece.text)
        if found or not piece.name.endswith(HEAD):
            self.added.append(found[1] if found else piece.owner)


def _is_method(piece: Piece) -> bool:
    return piece.name.endswith((HEAD, BODY)) and "." in piece.owner


def _names_of(piece: Piece) -> set[str]:
    """The names that a piece gives, or needs to give: of an import those that it binds."""
    try:
        body = ast.parse(piece.said).body
    except SyntaxError:  # a head without its body
        return {piece.owner}
    aliases = [alias for node in body if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names]
    return {alias.asname or alias.name.partition(".")[0] for alias in aliases} or {piece.owner}


def _bound(text: str) -> set[str]:
    """What a module gives names to in other ways than by `def` and `class`; "*" for whatever a star brings."""
    found: set[str] = set()
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign):
            found |= {ast.unparse(target) for target in node.targets}
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
    return found
