"""One command, carried out in a fork of the process that stands by, as if it had been started by itself."""

import io
import json
import os
import signal
import socket
import sys
import threading
from contextlib import suppress
from typing import Any, NoReturn

from grader.cli import main
from grader.sandbox.spare import SHELF, Spare

LARGEST = 1 << 20  # bytes of a request


def carry_out(connection: socket.socket, ready: Spare | None, tells: int) -> NoReturn:
    """Do it, tell the exit code, and leave."""
    code = 3
    try:
        data, descriptors, _, _ = socket.recv_fds(connection, LARGEST, 3)
        connection.send(b"taken")  # who asked may be gone by now: then that is the end
        _become(json.loads(data), descriptors)
        threading.Thread(target=_listen, args=(connection,), daemon=True).start()
        SHELF.spare, SHELF.tell = ready, lambda what: os.write(tells, f"{what}\n".encode())
        code = _run()
        connection.send(str(code).encode())
    finally:
        os._exit(code)


def _become(request: dict[str, Any], descriptors: list[int]) -> None:
    """The command's own words, folder, environment and streams."""
    for number, descriptor in enumerate(descriptors):
        os.dup2(descriptor, number)
        os.close(descriptor)
    encoding, errors = sys.stdout.encoding, sys.stdout.errors
    sys.stdin = io.TextIOWrapper(open(0, "rb", closefd=False), encoding, errors)  # noqa: SIM115
    sys.stdout = _writing(1, encoding, errors)
    sys.stderr = _writing(2, encoding, "backslashreplace")
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["folder"])
    sys.argv = ["grader", *request["words"]]


def _writing(number: int, encoding: str, errors: str | None) -> io.TextIOWrapper:
    """A stream that is written at the end of each line if somebody watches, and if it is that of errors."""
    raw = open(number, "wb", closefd=False)  # noqa: SIM115
    return io.TextIOWrapper(raw, encoding, errors, line_buffering=number == 2 or os.isatty(number))


def _listen(connection: socket.socket) -> None:
    """Ctrl-C where the command was typed, or its end there, ends it here."""
    try:
        while connection.recv(16):
            os.kill(os.getpid(), signal.SIGINT)
    except OSError:
        return
    os.kill(os.getpid(), signal.SIGTERM)


def _run() -> int:
    """The exit code, as an interpreter gives it."""
    try:
        main()
    except SystemExit as ended:
        code = 0 if ended.code is None else ended.code if isinstance(ended.code, int) else 1
    finally:
        _flush()
    return code


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(BrokenPipeError):  # whoever read it has seen enough
            stream.flush()
