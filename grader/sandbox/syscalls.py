"""Which system calls a worker may make: an allow-list, compiled on the trusted side by libseccomp.

What CPython, numpy and torch need for files, memory, time, threads and waiting. Not among it: processes, programs,
signals to others, sockets that lead anywhere, mounts, namespaces, keys, locks, owners and modes of files, whatever
watches or steers another process. What is refused gives EPERM, as if it were merely not permitted.
"""

import errno
import os
import tempfile
from functools import cache
from types import ModuleType
from typing import Any

from grader.errors import NoIsolation

ALLOWED = """
    access arch_prctl brk chdir clock_getres clock_gettime clock_nanosleep close close_range dup dup2 dup3
    epoll_create epoll_create1 epoll_ctl epoll_pwait epoll_pwait2 epoll_wait eventfd eventfd2 exit exit_group
    faccessat faccessat2 fadvise64 fallocate fchdir fdatasync fstat fstatfs fsync ftruncate futex
    getcwd getdents getdents64 getegid geteuid getgid getgroups getitimer getpgid getpgrp getpid getppid getpriority
    getrandom getresgid getresuid getrlimit getrusage getsid gettid gettimeofday getuid
    lseek lstat madvise membarrier mincore mkdir mkdirat mlock mmap mprotect mremap munlock munmap
    nanosleep newfstatat pause pipe pipe2 poll ppoll pread64 preadv preadv2 pselect6 pwrite64 pwritev
    pwritev2 read readahead readlink readlinkat readv rename renameat renameat2 restart_syscall rmdir
    rseq rt_sigaction rt_sigpending rt_sigprocmask rt_sigreturn rt_sigsuspend rt_sigtimedwait
    sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getparam sched_getscheduler sched_yield
    select set_robust_list set_tid_address setitimer alarm sigaltstack stat statfs statx sysinfo
    time times umask uname unlink unlinkat wait4 waitid write writev
    recvfrom shutdown
    """.split()  # noqa: SIM905
CLONE_THREAD = 0x00010000
AF_UNIX = 1
TCGETS, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX = 0x5401, 0x541B, 0x5421, 0x5450, 0x5451
F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC, F_GETPIPE_SZ = 0, 1, 2, 3, 4, 1030, 1032


@cache
def filter_program() -> tuple[bytes, int]:
    """The compiled filter, and the number of the seccomp call itself. Raises NoIsolation where libseccomp is missing.

    Built once, and never beside student code: a worker only loads the result.
    """
    try:
        import pyseccomp
    except (ImportError, RuntimeError, OSError) as error:
        raise NoIsolation(f"the system-call filter needs libseccomp (Debian: package libseccomp2): {error}") from None
    made = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.EPERM))
    made.set_attr(pyseccomp.Attr.ACT_BADARCH, pyseccomp.KILL_PROCESS)
    arch = pyseccomp.system_arch()
    for name in ALLOWED:
        if pyseccomp.resolve_syscall(arch, name) >= 0:  # newer architectures lack the older calls
            made.add_rule(pyseccomp.ALLOW, name)
    _allow_some(made, pyseccomp)
    with tempfile.TemporaryFile() as file:
        made.export_bpf(file)
        file.seek(0)
        return file.read(), pyseccomp.resolve_syscall(arch, "seccomp")


def _allow_some(made: Any, scmp: ModuleType) -> None:
    """Calls that are harmless with some arguments alone."""

    def equal(position: int, value: int) -> Any:
        return scmp.Arg(position, scmp.EQ, value)

    made.add_rule(scmp.ERRNO(errno.ENOSYS), "clone3")  # its arguments cannot be read here; libc then takes clone
    made.add_rule(scmp.ALLOW, "clone", scmp.Arg(0, scmp.MASKED_EQ, CLONE_THREAD, CLONE_THREAD))
    for call, flags in (("open", 1), ("openat", 2)):
        if scmp.resolve_syscall(scmp.system_arch(), call) >= 0:
            _allow_opening(made, scmp, call, flags)
    made.add_rule(scmp.ALLOW, "prlimit64", equal(0, 0))  # one's own
    made.add_rule(scmp.ALLOW, "socketpair", equal(0, AF_UNIX))  # within the process, as an event loop needs it
    made.add_rule(scmp.ALLOW, "sendto", equal(4, 0))  # no address: to the other end of such a pair
    for request in (TCGETS, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX):
        made.add_rule(scmp.ALLOW, "ioctl", equal(1, request))
    for command in (F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC, F_GETPIPE_SZ):  # no locks, no leases
        made.add_rule(scmp.ALLOW, "fcntl", equal(1, command))


def _allow_opening(made: Any, scmp: ModuleType, call: str, flags: int) -> None:
    """Opening a file, but for emptying it while it is opened for reading, which early versions of Landlock let pass."""
    made.add_rule(scmp.ALLOW, call, scmp.Arg(flags, scmp.MASKED_EQ, os.O_TRUNC, 0))
    for way in (os.O_WRONLY, os.O_RDWR):
        made.add_rule(scmp.ALLOW, call, scmp.Arg(flags, scmp.MASKED_EQ, os.O_ACCMODE, way))
