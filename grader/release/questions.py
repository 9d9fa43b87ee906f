"""All that the public checks of a lecture may ask, whatever a submission gives."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from grader.course import Lecture, names
from grader.desk.expression_graph import Expressions
from grader.desk.pictures import Motif
from grader.inside.probe import REGISTRY, Probe
from grader.judging.by_itself import ways_alone
from grader.judging.our_solution import Function
from grader.judging.properties import POOL, Inputs, candidates
from grader.judging.recorded.answers import MANY, keys_of
from grader.judging.suite import PUBLIC, Test, asked, tests_of
from grader.sandbox.observation import Asked

CHECK_SEED = 1  # as `grader check` has it
MOST = 150  # questions that are put at once


@dataclass(frozen=True, eq=False)
class Group:
    """One probe on many inputs, which can be measured together.

    `judged`: mistakes are tried on them too. `ran`: the functions that our solution runs for each of them.
    """

    probe: Probe
    inputs: tuple[Asked, ...]
    judged: bool = True
    ran: frozenset[Function] = frozenset()

    @cached_property
    def keys(self) -> list[str]:
        """What each of its questions is called in a recording."""
        return [keys_of(self.probe, one)[0] for one in self.inputs]

    @cached_property
    def together(self) -> Asked:
        """All its questions as one."""
        return Asked(**{MANY: [dict(one) for one in self.inputs]})


def groups_of(lecture: Lecture, ran: Callable[[Probe, Asked], frozenset[Function]]) -> list[Group]:
    """Each question once. Those of one probe that run the same functions of ours stand together."""
    seen: set[str] = set()
    together: dict[tuple[str, bool, frozenset[Function]], list[Asked]] = {}
    for group in _groups(lecture):
        for key, one in zip(group.keys, group.inputs, strict=True):
            if key not in seen:
                seen.add(key)
                functions = ran(group.probe, one) if group.judged else frozenset()
                together.setdefault((group.probe.name, group.judged, functions), []).append(one)
    return [
        Group(REGISTRY[name], tuple(part), judged, functions)
        for (name, judged, functions), inputs in together.items()
        for part in _parts(REGISTRY[name], inputs)
    ]


def _parts(probe: Probe, inputs: list[Asked]) -> Iterator[list[Asked]]:
    """All that is asked of a probe, in parts, each of which may be measured at once."""
    size = MOST if f"{probe.name}.{MANY}" in REGISTRY else 1
    return (inputs[at : at + size] for at in range(0, len(inputs), size))


def public_tests(lecture: Lecture) -> list[Test]:
    """The tests that a student kit has."""
    return [test for test in tests_of(lecture) if test.visibility == PUBLIC]


def _groups(lecture: Lecture) -> Iterator[Group]:
    tests = public_tests(lecture)
    for test in tests:
        yield from _of_test(test)
    for test in tests:
        for way in ways_alone(test, CHECK_SEED):
            yield from (_group(probe, inputs, judged=False) for probe, inputs in way)
    yield from (_group(probe, inputs, judged=False) for probe, inputs in _drawn(lecture))


def _of_test(test: Test) -> Iterator[Group]:
    """What a test asks, and where the smallest failing case is sought."""
    found: list[Group] = []

    def for_all(probe: Probe, inputs: Inputs, count: int = POOL) -> None:
        wider = candidates(inputs, test.seed_of_all(CHECK_SEED), count)
        found.append(Group(probe, tuple(Asked.of(one) for one in wider)))

    ways: dict[str, Callable[..., None]] = {
        "agree": lambda probe, **inputs: None,
        "for_all": for_all,
        "at_most": lambda probe, limit: None,
    }
    test.run(ways, CHECK_SEED)
    yield from (_group(probe, inputs) for probe, inputs in asked(test, CHECK_SEED) if not probe.is_many)
    yield from found


def _group(probe: Probe, inputs: Mapping[str, Any], judged: bool = True) -> Group:
    """One question; of one that asks several at once, each."""
    if not probe.is_many:
        return Group(probe, (Asked.of(inputs),), judged)
    one = REGISTRY[probe.name.removesuffix(f".{MANY}")]
    return Group(one, tuple(Asked.of(part) for part in inputs[MANY]), judged)


def _drawn(lecture: Lecture) -> Iterator[tuple[Probe, Mapping[str, Any]]]:
    """What the pictures of a lecture ask."""
    name = f"grader.lectures.{lecture.id}.pictures"
    module = import_module(name) if find_spec(name) else None
    motifs: tuple[Motif, ...] = getattr(module, "MOTIFS", ())
    listed = names.needed_by(lecture.id) or names.in_use()
    words = listed.path.read_text(encoding="ascii").split("\n")
    yield from ((motif.probe, motif.inputs(words)) for motif in motifs)
    drawing = getattr(module, "EXPRESSIONS", None)
    if isinstance(drawing, Expressions):
        yield drawing.probe, {"program": drawing.example, "at": dict(drawing.at)}
