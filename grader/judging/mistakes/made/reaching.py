"""Which other exercises a student's code for one exercise goes through, as far as its names tell."""

import ast
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache, lru_cache

from grader.course import Lecture, places
from grader.course.stubs import stubs_of
from grader.course.syntax import tree_of

Function = ast.FunctionDef

SCOPES = (Function, ast.ClassDef, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def exercises_reached(lecture: Lecture, sources: Mapping[str, str], exercise: str) -> set[str]:
    """The earlier exercises whose functions are named in those of this one, or in whatever is named there, and so on.

    Too many rather than too few: what has a function's name may be something else. Classes of the course are left out,
    for what runs of those is known from our solution.
    """
    order = [one.id for one in lecture.exercises]
    solved, named = _solved(lecture), _named(lecture, tuple(sources.items()))
    seen: set[str] = set()
    ahead = [name for function in _own(lecture, exercise) for name in named.get(function, ())]
    while ahead:
        name = ahead.pop()
        if name not in seen:
            seen.add(name)
            ahead += named.get(name, ())
    reached = {id for name in seen for id in solved.get(name, ())}
    return reached & set(order[: order.index(exercise)])


def _own(lecture: Lecture, exercise: str) -> list[str]:
    """Our functions in which an exercise is solved."""
    return places.functions(lecture).get(exercise, [])


@lru_cache(maxsize=4)
def _named(lecture: Lecture, files: tuple[tuple[str, str], ...]) -> Mapping[str, set[str]]:
    """What is named in whatever a submission defines, by the name of that."""
    named: dict[str, set[str]] = {}
    for name, names in _defined(lecture, dict(files)):
        named.setdefault(name, set()).update(names)
    return named


@cache
def _solved(lecture: Lecture) -> dict[str, set[str]]:
    """By the names of our functions, without their classes, the exercises that are solved in them."""
    found: dict[str, set[str]] = {}
    for (_, function), ids in places.written_in(lecture).items():
        found.setdefault(function.rpartition(".")[2], set()).update(ids)
    return found


@cache
def _owners(lecture: Lecture) -> set[str]:
    """Our classes that have methods."""
    nodes = [node for text in stubs_of(lecture).values() if (tree := tree_of(text)) for node in tree.body]
    classes = [node for node in nodes if isinstance(node, ast.ClassDef)]
    return {node.name for node in classes if any(isinstance(inner, Function) for inner in node.body)}


def _defined(lecture: Lecture, sources: Mapping[str, str]) -> Iterator[tuple[str, set[str]]]:
    """All functions, methods and classes of a submission, and all names in each; methods with their class as well."""
    owners = _owners(lecture)
    for source in sources.values():
        try:
            nodes = list(ast.walk(ast.parse(source)))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        libraries = _libraries(nodes, {file.removesuffix(".py") for file in sources})
        for node in nodes:
            if isinstance(node, Function):
                yield node.name, _names(node, libraries)
            elif isinstance(node, ast.ClassDef):
                methods = [inner for inner in node.body if isinstance(inner, Function)]
                yield from ((f"{node.name}.{inner.name}", _names(inner, libraries)) for inner in methods)
                yield node.name, set() if node.name in owners else {inner.name for inner in methods}


def _libraries(nodes: Iterable[ast.AST], own: Container[str]) -> set[str]:
    """The names under which a file knows modules that are not the submission's."""
    imported = [alias for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    return {(alias.asname or alias.name).partition(".")[0] for alias in imported if alias.name not in own}


def _names(node: Function, libraries: Container[str]) -> set[str]:
    """All names and attributes in a function, but for what is its own and what belongs to a library."""
    inside = list(ast.walk(node))
    names = {part.id for part in inside if isinstance(part, ast.Name)}
    attributes = [part for part in inside if isinstance(part, ast.Attribute)]
    return (names - _local(node)) | {
        part.attr for part in attributes if getattr(part.value, "id", None) not in libraries
    }


def _local(node: Function) -> set[str]:
    """The names that a function gives to something itself: its parameters, and whatever it assigns to."""
    parameters = {part.arg for part in ast.iter_child_nodes(node.args) if isinstance(part, ast.arg)}
    own = list(_own_scope(node.body))
    assigned = {part.id for part in own if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
    handed_on = {name for part in own if isinstance(part, ast.Global | ast.Nonlocal) for name in part.names}
    return (parameters | assigned) - handed_on


def _own_scope(nodes: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """All that lies in these statements, but for what begins a scope of its own."""
    for node in nodes:
        yield node
        if not isinstance(node, SCOPES):
            yield from _own_scope(ast.iter_child_nodes(node))
