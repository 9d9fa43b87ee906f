"""Which modules of a lecture a notebook gives, and a sentence about what was taken for each and what was left out.

A cell that is marked for a module belongs to it as it stands. Of the other cells a module gets what it is asked for and
what that needs. A notebook that is called like a module and defines nothing that the lecture asks for is that module.
"""

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from grader.course import Lecture, load
from grader.course.safe_text import clean
from grader.course.syntax import tree_of
from grader.errors import SubmissionError
from grader.submission.gathering import Asked, Gathering, Part, text_of_part
from grader.submission.notebook import Cell
from grader.submission.statements import Statement, statements_of

MOST_STATEMENTS = 5_000  # ten times what a long notebook holds: what each looks up has to be found out
MOST_RANGES = 12
MOST_REASONS = 3


@dataclass(frozen=True)
class Given:
    """The modules that a notebook gives, which of them it says itself that they are, and what is left out of it."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    said: Collection[str] = ()  # by a mark in a cell or the notebook's own name
    parts: Mapping[str, Part] = field(default_factory=dict)
    marked: Mapping[str, Collection[int]] = field(default_factory=dict)
    names: frozenset[str] = frozenset()  # that the lecture asks for and unmarked cells define


@cache
def asked_names(lecture: Lecture) -> Mapping[str, Asked]:
    """The names that the stubs of a lecture define, and in which of its modules."""
    found: dict[str, dict[str, tuple[str, ...] | None]] = {}
    for module in lecture.modules:
        file = load().folders.exercises / lecture.id / module
        tree = tree_of(file.read_text(encoding="utf-8")) if file.is_file() else None
        for node in tree.body if tree else []:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                one = Statement(0, 0, node, "", 1)
                found.setdefault(node.name, {})[module] = one.arguments if one.is_function else None
    return {name: Asked(modules) for name, modules in found.items()}


def given_by(cells: list[Cell], stem: str, lecture: Lecture, others: Collection[str]) -> Given:
    """What a notebook called `stem` gives of a lecture. `others` are the ids of the other lectures."""
    marked = _marked(cells, lecture, others)
    parts = {}
    for module in lecture.modules:
        own = {cell.number for cell in marked.get(module, ())}
        part = _part(module, lecture, [cell for cell in cells if _is_free(cell, lecture) or cell.number in own], own)
        if part:
            parts[module] = part
    texts = {cell.number: cell.text for cell in cells}
    numbers = {module: [cell.number for cell in marked.get(module, ())] for module in parts}
    files = {module: text_of_part(part, texts, numbers[module]) for module, part in parts.items()}
    own_name = f"{stem}.py"
    if own_name in lecture.modules and own_name not in files and not set(files) - set(marked):
        files[own_name] = "\n".join(cell.text for cell in cells if not cell.path)
        numbers[own_name] = [cell.number for cell in cells if not cell.path]
    ordered = {name: files[name].encode("utf-8", "surrogatepass") for name in lecture.modules if files.get(name)}
    return Given(ordered, {*marked, own_name}, parts, numbers, frozenset(_names(parts, marked, asked_names(lecture))))


def _names(parts: Mapping[str, Part], marked: Collection[str], asked: Mapping[str, Asked]) -> Iterator[str]:
    for module, part in parts.items():
        bound = {name for statement in part.taken for name in statement.binds} if module not in marked else set()
        yield from (name for name in bound if name in asked and module in asked[name].modules)


def _marked(cells: list[Cell], lecture: Lecture, others: Collection[str]) -> dict[str, list[Cell]]:
    """The cells that say to which module they belong."""
    found: dict[str, list[Cell]] = {}
    for cell in cells:
        *folders, module = cell.path.split("/")
        if module not in lecture.modules or not set(folders).isdisjoint(others):
            continue
        if cell.replaces:
            found[module] = []
        found.setdefault(module, []).append(cell)
    return found


def _is_free(cell: Cell, lecture: Lecture) -> bool:
    """Whether a cell says of no module that it belongs there; `# Engine.py` is nearly a mark, and none."""
    name = cell.path.rpartition("/")[2]
    return not name or (name not in lecture.modules and name.casefold() in lecture.modules)


def _part(module: str, lecture: Lecture, cells: list[Cell], own: Collection[int]) -> Part | None:
    statements: list[Statement] = []
    for cell in cells:
        statements += statements_of(cell.text.partition("\n")[2], cell.number, len(statements))
    if len(statements) > MOST_STATEMENTS:
        most = f"{MOST_STATEMENTS:,} statements"
        raise SubmissionError(f"a notebook holds more than {most}; hand in the modules themselves")
    marked = [statement.index for statement in statements if statement.cell in own]
    part = Gathering(module, asked_names(lecture), statements, marked).part()
    return part or (Part((), {}, (), (), (), ()) if own else None)  # marked cells may hold nothing but comments


def sentence_about(name: str, cells: list[Cell], lecture: Lecture, given: Given, modules: Iterable[str]) -> str:
    """What was taken of a notebook, for which module, and what was left out; empty if nothing was chosen."""
    taken = {module: _numbers(given, module) for module in modules}
    used = set[int]().union(*taken.values())
    left = [one.number for one in cells if _is_free(one, lecture) and one.number not in used and _says_something(one)]
    told = "; ".join(f"{module} from {_cells(numbers)}" for module, numbers in taken.items() if numbers)
    if not told:
        return ""
    sentence = f"{clean(name, 60)}: {told}; {'left out: ' + _cells(left) if left else 'no cell was left out'}"
    parts = [given.parts[module] for module in taken if module in given.parts]
    reading = [f"{_names_of(one)} reads from outside" for part in parts for one in part.reading]
    broken = [f"{_names_of(one)} is not valid Python" for part in parts for one in part.broken]
    return "; ".join([sentence, *list(dict.fromkeys(reading + broken))[:MOST_REASONS]])


def _says_something(cell: Cell) -> bool:
    """Whether there is more in a cell than comments, such as magics have become."""
    return any(line.strip() and not line.startswith("#") for line in cell.text.split("\n"))


def _names_of(statement: Statement) -> str:
    """As `gradf in cell 7`."""
    names = ", ".join(clean(name, 30) for name in statement.binds[:3])
    return f"{names} in cell {statement.cell}"


def _numbers(given: Given, module: str) -> list[int]:
    taken = given.parts[module].taken if module in given.parts else ()
    return sorted({statement.cell for statement in taken} | set(given.marked.get(module, ())))


def _cells(numbers: list[int]) -> str:
    """As `cells 1, 3 to 5`."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    told = [f"{a}" if a == b else f"{a}, {b}" if b == a + 1 else f"{a} to {b}" for a, b in ranges[:MOST_RANGES]]
    more = " and more" if len(ranges) > MOST_RANGES else ""
    return f"{'cell' if len(numbers) == 1 else 'cells'} {', '.join(told)}{more}"
