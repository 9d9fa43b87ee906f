"""What is known of our own solution besides its answers: which functions it runs for one, and its steps on the way."""

import sys
from collections.abc import Mapping
from types import FrameType
from typing import Any, Protocol

from grader.inside import plain
from grader.inside.plain import Array
from grader.inside.probe import Probe
from grader.judging.mistakes.bounded import Effort
from grader.judging.subjects import Expected

LARGEST = 10_000  # numbers in a step
RESULT = ""  # what is returned, which has no name
Function = tuple[str, str]  # its file, and its name as Class.method


class Ours(Expected, Protocol):
    """Our own solution, whether it is here or what it gives was recorded."""

    def ran(self, probe: Probe, inputs: Mapping[str, Any]) -> frozenset[Function]:
        """The functions that it runs to answer this question."""
        ...

    def steps(self, probe: Probe, inputs: Mapping[str, Any]) -> dict[str, Array]:
        """Its variables when it returns, in the order in which they are first set, and its result."""
        ...


class OurSolution(Effort):
    """Our own solution, which is here."""

    def ran(self, probe: Probe, inputs: Mapping[str, Any]) -> frozenset[Function]:
        """The functions that it runs to answer this question."""
        return self.of(probe, inputs).named(self.lecture)

    def steps(self, probe: Probe, inputs: Mapping[str, Any]) -> dict[str, Array]:
        """Its variables when it returns, in the order in which they are first set, and its result."""
        found: dict[str, Any] = {}

        def leaving(frame: FrameType, event: str, argument: Any) -> None:
            if event == "return" and frame.f_code.co_filename.startswith(f"{self.modules.lecture}/"):
                found.clear()  # the last to return is the one that was asked
                found.update(_variables(frame))
                found.update({RESULT: argument} if _is_step(argument) else {})

        given, before = plain.decode(plain.encode(dict(inputs))), sys.getprofile()
        with self.loaded(probe) as loaded:
            sys.setprofile(leaving)
            try:
                probe(loaded, given)
            finally:
                sys.setprofile(before)
        return {name: plain.decode(plain.encode(value)) for name, value in found.items()}


def _variables(frame: FrameType) -> dict[str, Any]:
    """The tensors of floats that a function has made, and not been given."""
    names = frame.f_code.co_varnames
    arguments = [frame.f_locals.get(name) for name in names[: frame.f_code.co_argcount]]
    given = {id(part) for value in arguments for part in (value if isinstance(value, list | tuple) else [value])}
    made = {name: frame.f_locals[name] for name in names if name in frame.f_locals}
    return {name: value for name, value in made.items() if id(value) not in given and _is_step(value)}


def _is_step(value: Any) -> bool:
    return type(value).__module__ == "torch" and value.is_floating_point() and 1 < value.numel() <= LARGEST
