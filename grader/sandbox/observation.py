"""What is asked, and what came of it: an observation is total, and never a live object."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from grader.course.safe_text import clean
from grader.inside import plain
from grader.inside.probe import NotAsStated, Probe

RETURNED, RAISED, TODO, TIMED_OUT, DIED, NOT_PLAIN = (
    "returned", "raised", "todo", "timed out", "died", "not plain",
)  # fmt: skip


@dataclass(frozen=True)
class Frame:
    """One line of the student's that was running."""

    file: str
    line: int
    function: str = ""
    source: str = ""


@dataclass(frozen=True)
class Observation:
    """What one probe on one set of inputs came to. Always complete, never a live object."""

    kind: str
    value: plain.Plain = None
    type: str = ""
    text: str = ""
    frames: tuple[Frame, ...] = ()
    printed: str = ""

    @cached_property
    def digest(self) -> bytes:
        """A hash of the value as Python writes it: where two are the same, nothing is left to compare."""
        return hashlib.sha256(repr(self.value).encode("utf-8", "surrogatepass")).digest()

    @cached_property
    def encoded(self) -> bytes:
        """The value as a worker writes it."""
        return plain.encode(self.value)

    @property
    def at_import(self) -> bool:
        """Whether it ended while a module was being executed, before the probe could begin."""
        return any(frame.function == "<module>" for frame in self.frames)


def concluded(probe: Probe, inputs: Mapping[str, Any], observation: Observation) -> Observation:
    """The observation with what follows from its raw values, which may be hostile, in their place."""
    if probe.conclude is None or observation.kind != RETURNED:
        return observation
    try:
        return replace(observation, value=probe.conclude(observation.value, **inputs))
    except NotAsStated as error:
        return replace(observation, kind=RAISED, value=None, type="NotAsStated", text=clean(str(error)))
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, RuntimeError):
        return replace(observation, kind=NOT_PLAIN, value=None, text="result is not what was measured")


class Asked(dict[str, Any]):
    """Inputs of a probe, written as plain data once, however many subjects are asked. They stay as they are."""

    @classmethod
    def of(cls, inputs: Mapping[str, Any]) -> "Asked":
        """These inputs, as they are if they have been asked before."""
        return inputs if isinstance(inputs, Asked) else cls(inputs)

    @cached_property
    def encoded(self) -> bytes:
        return plain.encode(dict(self))

    @cached_property
    def sha256(self) -> bytes:
        return hashlib.sha256(self.encoded).digest()
