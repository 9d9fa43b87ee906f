"""Where a watch writes."""

from contextlib import AbstractContextManager
from typing import Protocol


class Screen(Protocol):
    """`show` is what stands now; `keep` is for good; while `aside`, others write."""

    def show(self, verdict: str, state: str) -> None: ...

    def wait(self, state: str) -> None: ...

    def keep(self, text: str) -> None: ...

    def draw(self) -> None: ...

    def aside(self) -> AbstractContextManager[None]: ...
