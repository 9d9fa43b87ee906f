"""Secrets in every place where a trusted process holds some, and doors at which nobody may knock."""

import ctypes
import os
import select
import socket
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from secrets import randbelow, token_hex
from typing import Any

from grader.course import PROJECT

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.shmat.restype = ctypes.c_void_p
LIBC.shmdt.argtypes = [ctypes.c_void_p]
IPC_CREAT, IPC_RMID = 0o1000, 0
ADD_KEY, KEYCTL = 248, 250  # numbers of system calls on x86-64
JOIN_SESSION_KEYRING, SESSION_KEYRING = 1, -3
PLACES = ("home", "out", "memory", "neighbour", "sysv", "shm", "keyring", "descriptor")


class Planted:
    """All of them, in folders below `folder`; `close` takes away what lies elsewhere."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.marker = f"mark{token_hex(6)}"
        self.seed = 10**9 + randbelow(10**9)
        self.tokens = {place: f"CANARY-{place}-{token_hex(8)}" for place in PLACES}
        self.tokens |= {"environ": os.environ["GRADER_SECRET"], "cmdline": sys.argv[3]}
        self._folders()
        self.memory = bytearray(self.tokens["memory"].encode())
        self.descriptor = os.open(self._file("attic/held-open.txt", "descriptor"), os.O_RDONLY)
        os.set_inheritable(self.descriptor, True)
        self.shm = Path("/dev/shm") / f"{self.marker}-planted"
        with suppress(OSError):
            self.shm.write_text(self.tokens["shm"])
        self._sysv()
        self._keyring()
        self._doors()

    def _folders(self) -> None:
        for name in ("home", "out", "attic", "tmp", "work"):
            (self.folder / name).mkdir()
        os.environ["HOME"] = str(self.folder / "home")
        os.environ["TMPDIR"] = tempfile.tempdir = str(self.folder / "tmp")
        os.chdir(self.folder / "work")
        self._file("home/marks.txt", "home")
        self._file("out/gradebook.csv", "out")
        (self.folder / "out" / "seed.txt").write_text(f"{self.seed}\n")

    def _file(self, name: str, place: str) -> Path:
        file = self.folder / name
        file.write_text(f"secret {self.tokens[place]}\n")
        return file

    def _sysv(self) -> None:
        self.key = 1 + randbelow(2**30)
        self.segment = LIBC.shmget(self.key, 4096, IPC_CREAT | 0o600)
        if self.segment >= 0:
            address = LIBC.shmat(self.segment, None, 0)
            ctypes.memmove(address, self.tokens["sysv"].encode(), len(self.tokens["sysv"]))
            LIBC.shmdt(address)

    def _keyring(self) -> None:
        """A key in a session keyring of our own, which children inherit."""
        LIBC.syscall(KEYCTL, JOIN_SESSION_KEYRING, None)
        token = self.tokens["keyring"].encode()
        LIBC.syscall(ADD_KEY, b"user", b"grader-secret", token, len(token), SESSION_KEYRING)

    def _doors(self) -> None:
        self.tcp, self.udp = socket.socket(), socket.socket(type=socket.SOCK_DGRAM)
        self.abstract, self.named = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
        for door in (self.tcp, self.udp):
            door.bind(("127.0.0.1", 0))
        self.abstract.bind(f"\0{self.marker}")
        self.named.bind(str(self.folder / "home" / "door"))
        self.doors = {"tcp": self.tcp, "udp": self.udp, "abstract": self.abstract, "named": self.named}
        for door in (self.tcp, self.abstract, self.named):
            door.listen(64)

    def visits(self) -> list[str]:
        """Which doors somebody has called at since the last time."""
        found = []
        while ready := select.select(list(self.doors.values()), [], [], 0)[0]:
            for name, door in self.doors.items():
                if door in ready:
                    found.append(name)
                    door.recv(1000) if name == "udp" else door.accept()[0].close()
        return sorted(set(found))

    def clues(self, needles: dict[str, str]) -> dict[str, Any]:
        """What an attacker may know beforehand: places and numbers, and no secret itself.

        What is to be searched for in memory comes in halves, the first one reversed, so that it is not found in the
        submission's own text.
        """
        return {
            "trusted": os.getpid(),
            "marker": self.marker,
            "project": str(PROJECT),
            "folder": str(self.folder),
            "home": str(self.folder / "home"),
            "out": str(self.folder / "out"),
            "shm": str(self.shm),
            "key": self.key,
            "tcp": self.tcp.getsockname()[1],
            "udp": self.udp.getsockname()[1],
            "descriptor": self.descriptor,
            "needles": {name: [text[:14][::-1], text[14:28]] for name, text in needles.items()},
            "seed": [str(self.seed)[:5][::-1], str(self.seed)[5:]],
        }

    def close(self) -> None:
        """Take away what lies outside our folder."""
        self.shm.unlink(missing_ok=True)
        LIBC.shmctl(self.segment, IPC_RMID, None)
        for door in self.doors.values():
            door.close()
        os.close(self.descriptor)
