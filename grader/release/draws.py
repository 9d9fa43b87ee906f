"""Which answers depend on what torch draws: another version of it may draw otherwise, and right code with it."""

from collections.abc import Mapping
from typing import Any

from grader.course import Lecture
from grader.inside import plain
from grader.inside.draws import few_draws
from grader.inside.plain import Plain
from grader.inside.probe import Probe
from grader.judging.subjects import Reference, is_with_torch


def canary(lecture: Lecture) -> Plain:
    """What torch draws here; None for a lecture without torch."""
    return plain.decode(plain.encode(few_draws({}, {}))) if is_with_torch(lecture.id) else None


def depends_on_draws(ours: Reference, probe: Probe, inputs: Mapping[str, Any]) -> bool:
    """Whether our solution, or the probe itself, draws with torch to answer this question."""
    if not is_with_torch(ours.modules.lecture):
        return False
    import torch
    from torch.utils._python_dispatch import TorchDispatchMode

    seen: list[bool] = []

    class Drawing(TorchDispatchMode):  # type: ignore[no-untyped-call]
        def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            seen.append(torch.Tag.nondeterministic_seeded in func.tags)
            return func(*args, **(kwargs or {}))

    with ours.loaded(probe) as loaded, Drawing():  # type: ignore[no-untyped-call]
        probe(loaded, plain.decode(plain.encode(dict(inputs))))
    return any(seen)
