"""Length-prefixed frames on a pipe: four little-endian bytes, then as many bytes as they say."""

import os
import struct

HEAD = struct.Struct("<I")


def frame(body: bytes) -> bytes:
    """The body with its length in front."""
    return HEAD.pack(len(body)) + body


def read_frame(fd: int) -> bytes | None:
    """The next frame's body from a blocking descriptor; None at the end of the stream."""
    head = _read(fd, HEAD.size)
    return None if head is None else _read(fd, HEAD.unpack(head)[0])


def write(fd: int, data: bytes) -> None:
    """All of the data, to a blocking descriptor."""
    while data:
        data = data[os.write(fd, data) :]


def _read(fd: int, size: int) -> bytes | None:
    parts = []
    while size:
        part = os.read(fd, min(size, 1 << 20))
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
