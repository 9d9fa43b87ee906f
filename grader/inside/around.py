"""What a student's modules find around them: an empty folder, their own files in it, and what a notebook would give.

Runs beside student code, in the worker alone. Nothing of it is a wall: the folder is the worker's own at every level.
"""

import builtins
import os
import shutil
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NoReturn


class BdbQuit(Exception):
    """Somebody has left a breakpoint in; it is called as what a debugger raises that finds nobody at the keys."""


class Nothing:
    """Takes whatever is asked of it, and does nothing: what get_ipython gives."""

    def __getattr__(self, name: str) -> Any:
        return nothing


def nothing(*arguments: object, **named: object) -> None:
    """What display and all magics do here."""


def no_debugger(*arguments: object, **named: object) -> NoReturn:
    """What breakpoint() does here."""
    raise BdbQuit


def furnish() -> None:
    """Give modules the names that a notebook has beside Python's own, and breakpoints an end."""
    vars(builtins).update(display=nothing, get_ipython=Nothing)
    sys.breakpointhook = no_debugger


class Home:
    """The folder in which this process was started. The files lie in it only where a module asks where it is."""

    def __init__(self, lecture: str, files: Mapping[str, str]) -> None:
        self.folder = os.getcwd()
        self.place = _place(os.lstat(self.folder))
        self.lecture = lecture
        self.files = files if any("__file__" in text for text in files.values()) else {}
        self.size_when_empty = -1 if self.files else _size_that_tells(self.folder)

    def tidy(self) -> None:
        """Leave nothing of what an earlier measurement has written; of another folder in its place leave everything."""
        with suppress(OSError, RecursionError):
            if self._is_as_it_was(os.stat(os.curdir)):
                return
            found = os.lstat(self.folder)
            if _place(found) != self.place:
                return
            os.chdir(self.folder)
            if self._is_as_it_was(found):
                return
            for entry in list(os.scandir(self.folder)):
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path, ignore_errors=True)
                else:
                    os.unlink(entry.path)
            self._lay_out()

    def _is_as_it_was(self, told: os.stat_result) -> bool:
        return _place(told) == self.place and told.st_size == self.size_when_empty

    def _lay_out(self) -> None:
        if self.files:
            os.mkdir(self.lecture)
        for name, text in self.files.items():
            with open(os.path.join(self.lecture, name), "w", encoding="utf-8", errors="replace") as file:
                file.write(text)


def _place(told: os.stat_result) -> tuple[int, int, int]:
    """What tells a folder from any other, and from a link, which may get the number of one that is gone."""
    return told.st_dev, told.st_ino, stat.S_IFMT(told.st_mode)


def _size_that_tells(folder: str) -> int:
    """The size of the folder while it is empty, if one entry makes it larger, as in memory; else -1."""
    empty = os.lstat(folder).st_size
    entry = os.path.join(folder, "entry")
    os.mkdir(entry)
    filled = os.lstat(folder).st_size
    os.rmdir(entry)
    return empty if filled > empty == os.lstat(folder).st_size else -1
