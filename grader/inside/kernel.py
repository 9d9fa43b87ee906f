"""The Linux calls that confine a worker and that Python 3.11 does not offer, each under its kernel name.

Runs beside student code, and is as harmless there as the C library that it calls. Each raises OSError with what it
tried. The manual pages: unshare(2), setns(2), mount(2), prctl(2), capset(2), landlock(7), seccomp(2).
"""

import ctypes
import os
import struct
from collections.abc import Iterable

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWPID, CLONE_NEWNET = (
    0x00020000, 0x04000000, 0x08000000, 0x20000000, 0x40000000,
)  # fmt: skip
MS_NOSUID, MS_NODEV, MS_NOEXEC = 2, 4, 8
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_CHILD_SUBREAPER = 1, 4, 24, 36
PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 38, 47, 4
CAPABILITY_VERSION_3 = 0x20080522
SECCOMP_SET_MODE_FILTER = 1

# these numbers are the same on every architecture (the calls are younger than the common table)
SYS_LANDLOCK_CREATE_RULESET, SYS_LANDLOCK_ADD_RULE, SYS_LANDLOCK_RESTRICT_SELF = 444, 445, 446
LANDLOCK_CREATE_RULESET_VERSION = 1
LANDLOCK_RULE_PATH_BENEATH = 1
WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE = 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5
MAKE_DIR, MAKE_REG, TRUNCATE = 1 << 7, 1 << 8, 1 << 14
READ = READ_FILE | READ_DIR
WRITE = READ | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | TRUNCATE
FOR_A_FILE = READ_FILE | WRITE_FILE | TRUNCATE  # the other rights make sense for a folder alone
FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}  # how many there are, by version; 16 from version 5 on
NETWORK_RIGHTS = 0b11  # bind and connect over TCP, from version 4 on
SCOPES = 0b11  # abstract sockets and signals, from version 6 on

_libc = ctypes.CDLL(None, use_errno=True)


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def leave_on(number: int) -> None:
    """End this process when a signal arrives, with its number as exit status.

    What a signal does by default would not do: the first process of a pid namespace is spared that.
    """
    _libc.signal(number, ctypes.cast(_libc._exit, ctypes.c_void_p))


def unshare(flags: int) -> None:
    """New namespaces for this process; a new pid namespace begins with its next child."""
    _checked(_libc.unshare(flags), f"unshare {flags:#x}")


def setns(descriptor: int, flags: int) -> None:
    """Enter the namespaces of the process that a pidfd stands for."""
    _checked(_libc.setns(descriptor, flags), f"setns {flags:#x}")


def mount_tmpfs(folder: str, size: int, entries: int) -> None:
    """A private folder in memory, of a limited size and number of entries."""
    flags = ctypes.c_ulong(MS_NOSUID | MS_NODEV | MS_NOEXEC)
    options = f"size={size},nr_inodes={entries},mode=700".encode()
    _checked(_libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", flags, options), f"mount a tmpfs on {folder}")


def prctl(option: int, value: int) -> int:
    """prctl(2) with one value; -1 if the kernel refuses."""
    return int(_libc.prctl(option, ctypes.c_ulong(value), 0, 0, 0))


def drop_capabilities() -> None:
    """No capability is left: not to be had again, not to be handed on."""
    number = 0
    while prctl(PR_CAPBSET_DROP, number) == 0:  # fails beyond the last one, and where there are none to drop
        number += 1
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    header, none = struct.pack("=Ii", CAPABILITY_VERSION_3, 0), bytes(24)
    _checked(_libc.capset(header, none), "capset")


def landlock_version() -> int:
    """Which version of Landlock the kernel has; 0 if none, or if it is switched off."""
    return max(0, int(_libc.syscall(SYS_LANDLOCK_CREATE_RULESET, None, 0, LANDLOCK_CREATE_RULESET_VERSION)))


def landlock(readable: Iterable[str], writable: Iterable[str]) -> None:
    """From now on only these paths can be opened, none executed, no TCP used, and nobody outside be signalled."""
    version = landlock_version()
    handled = (1 << FILE_RIGHTS.get(version, 16)) - 1
    fields = [handled] + [NETWORK_RIGHTS] * (version >= 4) + [SCOPES] * (version >= 6)
    ruleset = struct.pack(f"={len(fields)}Q", *fields)
    descriptor = _libc.syscall(SYS_LANDLOCK_CREATE_RULESET, ruleset, ctypes.c_size_t(len(ruleset)), 0)
    _checked(descriptor, "landlock_create_ruleset")
    for paths, rights in ((readable, READ), (writable, WRITE)):
        for path in paths:
            _allow(descriptor, path, rights & handled)
    _checked(_libc.syscall(SYS_LANDLOCK_RESTRICT_SELF, descriptor, 0), "landlock_restrict_self")
    os.close(descriptor)


def _allow(ruleset: int, path: str, rights: int) -> None:
    opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    rule = struct.pack("=Qi", rights if os.path.isdir(path) else rights & FOR_A_FILE, opened)
    result = _libc.syscall(SYS_LANDLOCK_ADD_RULE, ruleset, LANDLOCK_RULE_PATH_BENEATH, rule, 0)
    os.close(opened)
    _checked(result, f"landlock_add_rule for {path}")


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def load_filter(program: bytes, seccomp: int) -> None:
    """From now on the kernel asks this BPF program about every system call; `seccomp` is that call's own number."""
    buffer = ctypes.create_string_buffer(program, len(program))
    header = _Program(len(program) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    _checked(_libc.syscall(seccomp, SECCOMP_SET_MODE_FILTER, 0, ctypes.byref(header)), "seccomp")
