"""Threads that tell the inbox what happens: files of a lecture that are saved, and keys that are pressed."""

import os
import re
import select
import signal
import sys
import termios
import threading
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from grader.desk.watch.inbox import KEY, QUIT, RESIZED, SAVED, Inbox

FILES = (".py", ".ipynb", ".safetensors")
STEP, DEBOUNCE = 10, 60  # milliseconds: how long a save may go on in several writes
AGAIN = 0.3  # seconds between two looks at what does not call
LONGEST = 64  # bytes that are read at a time
KEYS = re.compile(
    r"\x1b\[[0-9;]*[A-Za-z~]|\x1b?.", re.DOTALL
)  # one that sends several letters, as an arrow does, is one
ENDING = ("q", "Q", "\x04", "")


@contextmanager
def saves_in(folder: Path, inbox: Inbox) -> Iterator[None]:
    """Tell of every file of a lecture that is saved in the folder, renamed into it, or taken away."""
    with _thread(lambda over: _tell_saves(folder, inbox, over)):
        yield


def _tell_saves(folder: Path, inbox: Inbox, over: threading.Event) -> None:
    """A folder may go away for a while, as when another branch is checked out; the one that comes back is another."""
    while not over.is_set():
        with suppress(OSError):
            _tell_saves_in_this(folder, folder.stat().st_ino, inbox, over)
        inbox.put(SAVED)
        while not folder.is_dir() and not over.wait(AGAIN):
            pass
        inbox.put(SAVED)


def _tell_saves_in_this(folder: Path, number: int, inbox: Inbox, over: threading.Event) -> None:
    """As long as it is there. Raises OSError."""
    from watchfiles import watch

    saves = watch(
        folder, watch_filter=lambda _, path: path.endswith(FILES), stop_event=over, debounce=DEBOUNCE, step=STEP,
        recursive=False, raise_interrupt=False, rust_timeout=int(1000 * AGAIN), yield_on_timeout=True,
    )  # fmt: skip
    for changes in saves:
        if changes:
            inbox.put(SAVED)
        if folder.stat().st_ino != number:
            return


@contextmanager
def keys_in(inbox: Inbox) -> Iterator[bool]:
    """Tell of every key at once, and of a window that gets another size; says whether there is a keyboard.

    The terminal is left as it was found, whatever happens.
    """
    if not sys.stdin.isatty():
        yield False
        return
    keyboard = sys.stdin.fileno()
    before = termios.tcgetattr(keyboard)
    try:
        tty.setcbreak(keyboard)
        with _on_signals(keyboard, inbox), _thread(lambda over: _tell_keys(keyboard, inbox, over)):
            yield True
    finally:
        termios.tcsetattr(keyboard, termios.TCSADRAIN, before)


def _tell_keys(keyboard: int, inbox: Inbox, over: threading.Event) -> None:
    while not over.is_set():
        if select.select([keyboard], [], [], AGAIN)[0]:
            try:
                pressed = os.read(keyboard, LONGEST).decode("utf-8", "replace")
            except OSError:  # the terminal is gone
                pressed = ""
            for key in KEYS.findall(pressed) or [""]:
                inbox.put(QUIT if key in ENDING else KEY, key)
            if not pressed:
                return


@contextmanager
def _on_signals(keyboard: int, inbox: Inbox) -> Iterator[None]:
    """A window that gets another size is drawn anew; so is one that is back after Ctrl-Z, whose keys are ours again."""

    def resized(*_: Any) -> None:
        inbox.put(RESIZED)

    def continued(*_: Any) -> None:
        tty.setcbreak(keyboard)
        inbox.put(RESIZED)

    before = {number: signal.signal(number, act) for number, act in
              ((signal.SIGWINCH, resized), (signal.SIGCONT, continued))}  # fmt: skip
    try:
        yield
    finally:
        for number, act in before.items():
            signal.signal(number, act)


@contextmanager
def _thread(work: Callable[[threading.Event], None]) -> Iterator[None]:
    """A thread that works until it is over."""
    over = threading.Event()
    thread = threading.Thread(target=work, args=(over,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
