"""The process that stands by. It forks for each command, so that none knows of another, and ends when it is idle.

`python -m grader.standby.process LECTURE` begins with what that lecture needs; a command about another changes that.
"""

import os
import select
import signal
import socket
import struct
import sys
from contextlib import suppress
from pathlib import Path

from grader.desk import standby
from grader.sandbox.spare import Spare
from grader.standby import prepare
from grader.standby.work import carry_out

IDLE = 600.0  # seconds without any command
CREDENTIALS = struct.Struct("3i")


def main() -> None:
    """Take the place that is looked at, unless somebody stands there already, and stay until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    path = standby.socket_path()
    listening = path and _place_at(path)
    if path and listening:
        try:
            with listening:
                Standby(listening, sys.argv[1]).serve()
        finally:
            path.unlink(missing_ok=True)


def _place_at(path: Path) -> socket.socket | None:
    """The socket at which commands ask; None if somebody answers there."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as other, suppress(OSError):
        other.connect(str(path))
        return None
    aside = path.with_name(f"{os.getpid()}")
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listening.bind(str(aside))
    listening.listen(8)
    aside.rename(path)
    return listening


class Standby:
    """Who is at work, and the warm process that the next command finds."""

    def __init__(self, listening: socket.socket, lecture: str) -> None:
        self.listening = listening
        self.wanted = lecture
        self.lecture = ""
        self.spare: Spare | None = None
        self.at_work: dict[int, int] = {}  # what tells of a command, and its process
        self.holder = 0  # what tells of the command that may take the spare one
        self.is_taken = False

    def serve(self) -> None:
        """Until nobody has asked for a while, and nobody is at work."""
        try:
            while True:
                self._prepare()
                ready, _, _ = select.select([self.listening.fileno(), *self.at_work], [], [], IDLE)
                if not ready and not self.at_work:
                    return
                for one in ready:
                    self._hear(one) if one in self.at_work else self._begin()
        finally:
            prepare.end(self.spare)

    def _prepare(self) -> None:
        """Have ready what the last command did not find."""
        if not self.holder and (self.spare is None or self.wanted != self.lecture):
            prepare.end(self.spare)
            self.lecture, self.spare = self.wanted, prepare.spare_for(self.wanted)

    def _begin(self) -> None:
        """Fork for one command; a stranger's is not even read."""
        connection, _ = self.listening.accept()
        with connection:
            peer = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, CREDENTIALS.size)
            if CREDENTIALS.unpack(peer)[1] != os.geteuid():
                return
            told, tells = os.pipe()
            pid = os.fork()
            if pid == 0:
                os.close(told)
                self.listening.close()
                carry_out(connection, None if self.holder else self.spare, tells)
            os.close(tells)
            self.at_work[told] = pid
            self.holder = self.holder or told

    def _hear(self, told: int) -> None:
        """What a command says of the warm process, one line for each thing; nothing more when it has ended."""
        lines = os.read(told, 1 << 12).decode().split("\n")
        for line in filter(None, lines):
            if line in ("taken", "given back"):
                self.is_taken = line == "taken"
            else:
                self.wanted = line
        if lines == [""]:
            self._ended(told)

    def _ended(self, told: int) -> None:
        os.close(told)
        with suppress(ChildProcessError):
            os.waitpid(self.at_work.pop(told), 0)
        if self.holder == told:
            self.holder = 0
            if self.is_taken:  # it was broken off in the middle
                prepare.end(self.spare)
                self.spare, self.is_taken = None, False


if __name__ == "__main__":
    main()
