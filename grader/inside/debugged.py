"""One case of a student's own code under Python's debugger: in a process of the student's own, at the student's keys.

A program of its own, started clean like the warm process: what measures is loaded by path, and nothing that judges.
It is handed a file as a descriptor: the student's modules, a probe and its inputs, and where to stop first.
"""

import base64
import importlib
import importlib.util
import json
import os
import pdb
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from pprint import pformat
from types import FrameType, ModuleType, TracebackType
from typing import Any

MOST_LINES = 20  # of what a case gives
NOT_THEIRS = ("__main__", "bdb", "pdb", "cmd", "grader.*", "importlib.*")  # modules in which the debugger does not stop


class AtTheKeys(pdb.Pdb):
    """Python's debugger, which stops in the student's own code alone, and knows whether it ever did."""

    def __init__(self) -> None:
        super().__init__(skip=NOT_THEIRS)
        self.has_stopped = False

    def interaction(self, *where: Any, **more: Any) -> None:
        if not self.has_stopped:
            self.clear_all_breaks()  # they were ours, and have done what they were for
            self.has_stopped = True
        super().interaction(*where, **more)

    def set_quit(self) -> None:
        """Leave at once: an exception might be caught on its way, by whatever code it passes."""
        print("The debugger was left.", flush=True)
        os._exit(0)

    def watch(self, stops: list[list[Any]]) -> None:
        """Go on until one of these lines is reached for the first time."""
        sys.settrace(None)
        self.reset()
        for file, line in stops:
            self.set_break(file, line)
        self.botframe = sys._getframe()
        self.set_continue()
        if stops:
            sys.settrace(self.trace_dispatch)

    def called(self, *arguments: object, **named: object) -> None:
        """What breakpoint() does here."""
        self.set_trace(sys._getframe(1))


def main() -> None:
    """Load what measures, and begin."""
    with open(int(sys.argv[1]), encoding="utf-8") as handed:
        job = json.load(handed)
    sys.path[:] = job["load"]["path"]
    _warm().load(job["load"]["modules"])
    for name in job["load"]["preload"]:
        importlib.import_module(name)
    for name, function, argument in job["load"]["calls"]:
        getattr(sys.modules[name], function)(argument)
    debug(job)


def _warm() -> ModuleType:
    """The program beside this one, which knows how the files of this folder are loaded."""
    spec = importlib.util.spec_from_file_location("warm", Path(__file__).with_name("warm.py"))
    if spec is None or spec.loader is None:
        raise ImportError("warm.py is not there")
    warm = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(warm)
    return warm


def debug(job: Mapping[str, Any]) -> None:
    """Measure one case, with the debugger where it stops and where something is raised, and tell what came of it."""
    from grader.inside import plain
    from grader.inside.modules import Modules
    from grader.inside.probe import REGISTRY

    keys, modules = AtTheKeys(), Modules(job["lecture"], job["files"], job["home"])
    measure, inputs = REGISTRY[job["probe"]], plain.decode(base64.b64decode(job["inputs"]))
    try:
        sys.breakpointhook = keys.called
        with modules.fresh(measure.modules) as loaded:
            keys.watch(job["stops"])
            _tell(_undisturbed(lambda: measure(loaded, inputs)), keys.has_stopped)
    except BaseException as error:
        sys.settrace(None)
        _look_back(error, keys, job["lecture"])


def _undisturbed(measure: Callable[[], Any]) -> Any:
    try:
        return measure()
    finally:
        sys.settrace(None)


def _tell(value: Any, has_stopped: bool) -> None:
    """What the case gave, as this code computes it; what should have come is not known here."""
    if not has_stopped:
        print("It ran to its end without a stop: no breakpoint() lies on its way.")
    lines = pformat(value, sort_dicts=False).splitlines()
    print("This case gives:")
    print("\n".join(f"  {line[:200]}" for line in lines[:MOST_LINES]))
    if len(lines) > MOST_LINES:
        print(f"  ... ({len(lines) - MOST_LINES} more lines)")


def _look_back(error: BaseException, keys: pdb.Pdb, lecture: str) -> None:
    """Say what was raised, and open the debugger in the student's line that it came through last."""
    text = str(error)
    print(f"{type(error).__name__}: {text}" if text else type(error).__name__)
    trace = _to_the_last_own(error.__traceback__, lecture)
    if trace is not None:
        keys.reset()
        keys.interaction(None, trace)


def _to_the_last_own(trace: TracebackType | None, lecture: str) -> TracebackType | None:
    """What of a traceback lies in the student's files, without what these have called; None if there is nothing."""
    frames = []
    while trace is not None:
        frames.append(trace)
        trace = trace.tb_next
    own = [one for one in frames if _is_own(one.tb_frame, lecture)]
    if not own:
        return None
    own[-1].tb_next = None
    return own[0]


def _is_own(frame: FrameType, lecture: str) -> bool:
    return frame.f_code.co_filename.startswith(f"{lecture}/")


if __name__ == "__main__":
    main()
