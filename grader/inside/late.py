"""torch, which is imported when something of it is first used, and then with one thread.

Importing it takes longer than all else that a check does. Beside a student's code it is there from the start; on our
side what a measurement is called, how closely it is compared and how it is shown can be known without it.
"""

import gc
import importlib
import sys
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

__all__ = ["F", "torch"]


class Late(ModuleType):
    """Stands for a module that is not imported yet: whatever is asked of it, or put into it, the module itself has."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # who looks around in all that is loaded asks for these
            raise AttributeError(name)
        return getattr(imported(self.__name__), name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(imported(self.__name__), name, value)


@cache
def imported(name: str) -> ModuleType:
    """A module of torch, now; torch computes with one thread from then on."""
    gc.disable()  # what is imported stays: to look for what does not takes a tenth of the time
    importlib.import_module("torch").set_num_threads(1)
    gc.enable()
    return importlib.import_module(name)


def _late(name: str) -> ModuleType:
    return imported(name) if "torch" in sys.modules else Late(name)


if TYPE_CHECKING:
    import torch
    import torch.nn.functional as F
else:
    torch, F = _late("torch"), _late("torch.nn.functional")
