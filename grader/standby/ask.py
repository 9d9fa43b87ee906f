"""Have a command carried out by the process that stands by, if there is one, and see to it that there is one next time.

Imports what is light alone: this is what stands between a student and the verdict.
"""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress

from grader.desk import standby

COMMANDS = ("check", "pack", "panel")  # whose start is what takes long
AT_THE_KEYS = "--debug"  # who sits at the keys of this one has to be its own process's terminal
OF_A_COMMAND = ("-C", "--course", "--cells")  # options before it that take a value
PATIENCE = 0.3  # seconds for the sign that it has been taken on
GONE = "FAULT  The process that stood by has gone in the middle of this. Run the command again."


def carried_out(words: Sequence[str]) -> int | None:
    """The exit code; None if this has to be done here."""
    if not is_meant(words):
        return None
    path = standby.socket_path()
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as asked:
        asked.settimeout(PATIENCE)
        request = {"words": list(words), "folder": os.getcwd(), "environment": dict(os.environ)}
        try:
            asked.connect(str(path))
            socket.send_fds(asked, [json.dumps(request).encode()], [0, 1, 2])
            taken = asked.recv(16)
        except OSError:
            return None
        return _outcome(asked) if taken else None


def is_meant(words: Sequence[str]) -> bool:
    """Whether a process that stands by may carry this out, here."""
    return _command_in(words) in COMMANDS and AT_THE_KEYS not in words and standby.is_wanted()


def _command_in(words: Sequence[str]) -> str:
    """The first word that is neither an option nor the value of one."""
    left = iter(words)
    for word in left:
        if word in OF_A_COMMAND:
            next(left, None)
        elif not word.startswith("-"):
            return word
    return ""


def _outcome(asked: socket.socket) -> int:
    """Wait for its end. Ctrl-C goes on to whoever is at work, who then says what is to be said."""
    asked.settimeout(None)
    signal.signal(signal.SIGINT, lambda *_: _interrupt(asked))
    code = asked.recv(16)
    if code:
        return int(code)
    print(GONE, file=sys.stderr)
    return 3


def _interrupt(asked: socket.socket) -> None:
    with suppress(OSError):  # it may have come to its end by itself
        asked.send(b"interrupt")


def let_one_stand_by(words: Sequence[str]) -> None:
    """Start one, if this command had to start for itself what such a process would have had ready."""
    spare = sys.modules.get("grader.sandbox.spare")
    missed = spare.SHELF.missed if spare else ""
    if not missed or not is_meant(words) or standby.socket_path() is None:
        return
    command = [sys.executable, "-P", "-m", "grader.standby.process", missed]
    null = subprocess.DEVNULL
    subprocess.Popen(command, stdin=null, stdout=null, stderr=null, cwd="/", start_new_session=True)
