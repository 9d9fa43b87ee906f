"""What a module needs of a notebook's cells, and nothing else: no calls, no plots, no training, no checks.

The names that the module's stub defines are looked for; of several definitions the last one that stands counts, with
what is added to it later. Whatever these look up is taken too. A name that another module of the lecture is asked for
is imported from there. Cells that are marked for the module are taken as they are.
"""

import ast
import builtins
from bisect import bisect_left
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from grader.errors import SubmissionError
from grader.submission.statements import Statement, bound_by

MOST_STEPS = 300_000
KNOWN = frozenset(dir(builtins)) | {"__name__", "__file__", "__doc__", "display", "get_ipython"}


@dataclass(frozen=True)
class Asked:
    """A name that a lecture asks for: in which modules, and for a function the names of its arguments there."""

    modules: Mapping[str, tuple[str, ...] | None]


@dataclass(frozen=True)
class Part:
    """What is taken for one module: statements in their order, names to import, and what was left out of need."""

    taken: tuple[Statement, ...]
    aliases: Mapping[int, frozenset[str]]  # of an import statement, by its index: the names that are used
    first: tuple[str, ...]  # lines above, as `from engine import Value`
    last: tuple[str, ...]  # lines below: names that are only looked up when a function is called
    reading: tuple[Statement, ...]
    broken: tuple[Statement, ...]  # what would define something, and does not parse


@dataclass
class Gathering:
    """One look for what one module needs. `marked` are the indices of statements that are taken in any case."""

    module: str
    asked: Mapping[str, Asked]
    statements: list[Statement]
    marked: Collection[int]
    steps: int = 0
    needed: dict[int, set[str]] = field(default_factory=dict)  # index of a statement, and the names that made it so
    imports: dict[tuple[str, str], bool] = field(default_factory=dict)  # (module, name): whether needed at once
    unknown: bool = False
    broken: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.bound: dict[str, list[int]] = {}
        self.changed: dict[str, list[int]] = {}
        for statement in self.statements:
            for name in statement.binds:
                self.bound.setdefault(name, []).append(statement.index)
            for name in statement.changes:
                self.changed.setdefault(name, []).append(statement.index)

    def part(self) -> Part | None:
        """What is taken; None if the cells define nothing that the module is asked for, and none is marked for it."""
        ahead = [(at, "", len(self.statements)) for at in self.marked]
        ahead += [(at, name, len(self.statements)) for name in self._own() for at in self._definition(name)]
        broken = [(at, name, len(self.statements)) for name in self._own() for at in self._unreadable(name)]
        if not ahead:
            ahead, broken = broken, []
        if not ahead:
            return None
        self.broken = sorted({at for at, _, _ in broken})
        self._follow(ahead)
        self.needed.update({one.index: {"*"} for one in self.statements if one.is_future})
        if self.unknown:
            self._take_stars()
        return self._result()

    def _own(self) -> list[str]:
        """The names that this module is asked for and that no marked cell defines."""
        given = {name for at in self.marked for name in self.statements[at].binds}
        return [name for name, asked in self.asked.items() if self.module in asked.modules and name not in given]

    def _definition(self, name: str) -> list[int]:
        """The last definition of a name that is asked for, whatever is bound to it for a check afterwards."""
        found = [self.statements[at] for at in self.bound.get(name, ())]
        if any(one.defines for one in found):
            likely = [one for one in found if one.defines and self._fits(name, one)]
        else:
            likely = [one for one in found if one.imports]
        return [one.index for one in likely[-1:]]

    def _unreadable(self, name: str) -> list[int]:
        """The last cell that does not parse and would define the name, if nothing else does: it never ran."""
        found = [at for at in self.bound.get(name, ()) if self.statements[at].node is None]
        return [] if self._definition(name) else found[-1:]

    def _fits(self, name: str, statement: Statement) -> bool:
        """Whether it may be this module's: where two modules are asked for one name, the arguments tell which."""
        modules = self.asked[name].modules
        others = [arguments for module, arguments in modules.items() if module != self.module]
        return statement.arguments == modules[self.module] or statement.arguments not in others

    def _follow(self, ahead: list[tuple[int, str, int]]) -> None:
        """From statement to statement, along the names that they look up before a place in the notebook."""
        seen = set[tuple[int, str, int]]()
        while ahead:
            step = ahead.pop()
            if step in seen:
                continue
            seen.add(step)
            self._count()
            at, name, before = step
            statement = self.statements[at]
            self.needed.setdefault(at, set()).add(name)
            ahead += [(other, name, other) for other in self._additions(at, name)]
            now, later = statement.needs
            for need in sorted(now | later):
                for limit in {at} if need in now else {before, len(self.statements)}:
                    ahead += [(other, need, limit) for other in self._sources(need, limit, need in now)]

    def _count(self) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise SubmissionError(f"what {self.module} needs is too tangled to be found in a notebook; mark its cells")

    def _sources(self, name: str, before: int, at_once: bool) -> list[int]:
        """The statements that a name comes from; none if another module gives it, or Python itself."""
        self._count()
        asked, places = self.asked.get(name), self.bound.get(name, [])
        is_own = asked and self.module in asked.modules and before == len(self.statements)
        if is_own and (own := self._definition(name)):
            return own
        if asked and self._is_elsewhere(asked, places):
            other = next(iter(asked.modules))
            self.imports[other, name] = self.imports.get((other, name), False) or at_once
            return []
        known = [at for at in places[: bisect_left(places, before)] if self.statements[at].node]
        if not known:
            self.unknown = self.unknown or name not in KNOWN
            return []
        last = self.statements[known[-1]]
        parts = [at for at in known if self.statements[at].imports_part(name)] if last.imports else []
        return sorted({*parts, last.index})

    def _is_elsewhere(self, asked: Asked, places: list[int]) -> bool:
        """Whether just one other module is asked for it, and the notebook has no other meaning for the name."""
        if self.module in asked.modules or len(asked.modules) > 1:
            return False
        return not places or any(self.statements[at].defines for at in places)

    def _additions(self, at: int, name: str) -> list[int]:
        """What is added to it later, until the name stands for something else."""
        base = self.statements[at]
        if base.node is None or base.imports:
            return []
        nexts = [other for other in self.bound.get(name, ()) if other > at]
        until = next(
            (other for other in nexts if self.statements[other].defines or not base.defines), len(self.statements)
        )
        added = [other for other in self.changed.get(name, ()) if at < other < until]
        return [other for other in added if base.is_class or not self.statements[other].is_function]

    def _take_stars(self) -> None:
        """Names that nobody gives may come from `from x import *`."""
        for statement in self.statements:
            if "*" in statement.binds:
                self.needed.setdefault(statement.index, set()).add("*")

    def _result(self) -> Part:
        dropped = self._dropped()
        taken = tuple(self.statements[at] for at in sorted(self.needed) if at not in dropped)
        lines = {True: list[str](), False: list[str]()}
        for (module, name), at_once in sorted(self.imports.items()):
            lines[at_once].append(f"from {module.removesuffix('.py')} import {name}")
        aliases = {one.index: frozenset(self.needed[one.index]) for one in taken}
        reading = tuple(self.statements[at] for at in sorted(dropped) if self.statements[at].reads)
        broken = tuple(self.statements[at] for at in self.broken)
        return Part(taken, aliases, tuple(lines[True]), tuple(lines[False]), reading, broken)

    def _dropped(self) -> set[int]:
        """What reads a file on import, and what cannot run without it; a function that needs it says so when called."""
        dropped = {at for at in self.needed if self.statements[at].reads and at not in self.marked}
        for at in sorted(self.needed) if dropped else ():
            now = self.statements[at].needs[0]
            sources = (place[-1] for name in now if (place := [b for b in self.bound.get(name, ()) if b < at]))
            if at not in self.marked and any(source in dropped for source in sources):
                dropped.add(at)
        return dropped


def text_of_part(part: Part, cells: Mapping[int, str], marked: Collection[int]) -> str:
    """The module's text: for each cell its lines, empty where something was left out; marked cells as they are."""
    future, blocks = list[str](), list[str]()
    for cell in sorted({statement.cell for statement in part.taken} | set(marked)):
        if cell in marked:
            blocks.append(cells[cell])
            continue
        own = [statement for statement in part.taken if statement.cell == cell]
        future += [_shown(one, part) for one in own if one.is_future]
        blocks.append(_block(cell, [(one.line, _shown(one, part)) for one in own if not one.is_future]))
    return "\n".join([*_above(future + list(part.first)), *blocks, *_above(list(part.last))])


def _above(lines: list[str]) -> list[str]:
    return ["\n".join([*dict.fromkeys(lines), ""])] if lines else []


def _block(cell: int, texts: list[tuple[int, str]]) -> str:
    """A cell whose statements stand on the lines that they have there, below a comment that tells which one it is."""
    lines: list[str] = []
    for line, text in texts:
        lines += [""] * (line - 1 - len(lines))
        if len(lines) >= line and lines[-1]:
            text = f"{lines.pop()}; {text}"
        lines += text.split("\n")
    return "\n".join([f"# code cell {cell}", *lines, ""])


def _shown(statement: Statement, part: Part) -> str:
    """The statement as it stands there; of an import the names alone that are used."""
    node, used = statement.node, part.aliases[statement.index]
    if not isinstance(node, ast.Import | ast.ImportFrom):
        return statement.text
    kept = [alias for alias in node.names if statement.is_future or bound_by(alias) in used]
    if isinstance(node, ast.Import):
        return ast.unparse(ast.Import(kept))
    return ast.unparse(ast.ImportFrom(node.module, kept, node.level))
