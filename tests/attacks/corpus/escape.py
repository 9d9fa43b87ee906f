"""Escape: changing other processes, the machine, the kit's files, the next submission's surroundings."""

from attacks.attacks_kit import SOLVED, Attack, prowler

from grader.inside.levels import LANDLOCK, PROCESS


def tries(name: str, sentence: str, body: str, level: str = LANDLOCK, **more: object) -> Attack:
    return prowler(name, sentence, body, level, **more)


ESCAPES: tuple[Attack, ...] = (
    tries(
        "signals-to-the-trusted-process",
        "Sends signals that do nothing to the processes above it; where one arrives, SIGKILL would too.",
        """
        for pid in ancestors():
            for number in (0, signal.SIGURG, signal.SIGCONT):
                attempt(os.kill, pid, number)
            try:
                call(434, pid, 0)    # pidfd_open
                say("pidfd")
            except OSError:
                pass
            attempt(call, 234, pid, pid, signal.SIGURG)                 # tgkill
            attempt(os.killpg, os.getpgid(pid), 0)
        """,
    ),
    tries(
        "signals-to-everybody",
        "Sends the signal that does nothing to all processes at once, and to the group that it was born in.",
        """
        attempt(os.kill, -1, 0)
        attempt(os.kill, CLUES["trusted"], 0)
        attempt(os.killpg, os.getpgid(os.getppid()), 0)
        """,
    ),
    tries(
        "stops-the-process-above",
        "Stops whoever started it, so that all submissions after it wait for ever.",
        """
        os.kill(os.getppid(), signal.SIGSTOP)
        say("stopped")
        """,
        tame=False,
    ),
    tries(
        "kills-the-process-above",
        "Kills whoever started it.",
        """
        os.kill(os.getppid(), signal.SIGKILL)
        say("killed")
        time.sleep(60)
        """,
        marks=(SOLVED - 2, SOLVED),  # the process may be killed for it
        tame=False,
    ),
    tries(
        "sends-signals-by-descriptor",
        "Lets the kernel send signals for it: F_SETOWN on a pipe, timers for another thread, a queue of messages.",
        """
        import fcntl

        r, w = os.pipe()
        for pid in ancestors():
            try:
                fcntl.fcntl(r, 8, pid)     # F_SETOWN
                if fcntl.fcntl(r, 9) == pid:
                    say("owner")
            except OSError:
                pass
        """,
    ),
    tries(
        "changes-the-limits-of-others",
        "Lowers the limits of the trusted process and of the warm one: open files, memory, processor time.",
        """
        import resource

        for pid in ancestors():
            for kind in (resource.RLIMIT_CORE, resource.RLIMIT_MSGQUEUE):
                attempt(resource.prlimit, pid, kind, (0, 0))
            attempt(resource.prlimit, pid, resource.RLIMIT_NOFILE)
        """,
    ),
    tries(
        "changes-the-priority-of-others",
        "Makes the trusted process nicer, ties it to one processor, changes how it is scheduled and how it does I/O.",
        """
        for pid in ancestors():
            attempt(os.setpriority, os.PRIO_PROCESS, pid, 3)
            attempt(os.sched_setaffinity, pid, {0})
            attempt(os.sched_setscheduler, pid, os.SCHED_BATCH, os.sched_param(0))
            attempt(call, 251, 1, pid, (2 << 13) | 7)       # ioprio_set
        """,
    ),
    tries(
        "raises-its-own-limits",
        "Raises its own limits on memory, files, processes and processor time.",
        """
        import resource

        kinds = {kind: resource.getrlimit(kind) for kind in (resource.RLIMIT_AS, resource.RLIMIT_NOFILE,
                 resource.RLIMIT_FSIZE, resource.RLIMIT_CPU, resource.RLIMIT_CORE)}
        for kind, (soft, hard) in kinds.items():
            for limits in ((hard * 2, hard * 2), (resource.RLIM_INFINITY, resource.RLIM_INFINITY)):
                try:
                    resource.setrlimit(kind, limits)
                except (OSError, ValueError, OverflowError):
                    pass
            now = resource.getrlimit(kind)[1]
            if now == resource.RLIM_INFINITY or now > hard >= 0:
                say(f"limit {kind}")
        """,
        succeeds_below=False,  # some machines forbid that even to root
    ),
    tries(
        "takes-other-identities",
        "Becomes another user, root, another group; sets capabilities; asks for new privileges.",
        """
        for what, *arguments in ((os.setuid, 0), (os.setresuid, 0, 0, 0), (os.setgroups, [0]), (os.setgid, 0),
                                 (os.setuid, 65533), (os.chroot, "."), (os.setegid, 65533)):
            attempt(what, *arguments)
        """,
        tame=False,
    ),
    tries(
        "new-namespaces",
        "Makes namespaces of its own, in which it would be root, by unshare, clone and clone3.",
        """
        for flag in (0x10000000, 0x20000, 0x08000000, 0x40000000, 0x04000000, 0x02000000, 0x20000000, 0x80):
            try:
                call(272, flag)
                say(f"unshare {flag:x}")
            except OSError:
                pass
        """,
    ),
    tries(
        "enters-the-namespaces-of-others",
        "Enters the namespaces of the process above it.",
        """
        for pid in ancestors():
            for name in ("mnt", "pid", "net", "user"):
                try:
                    number = os.open(f"/proc/{pid}/ns/{name}", os.O_RDONLY)
                    say(f"opened {name}")
                except OSError:
                    pass
            try:
                pidfd = call(434, pid, 0)
                call(308, pidfd, 0x20000)
                say("entered")
            except OSError:
                pass
        """,
    ),
    tries(
        "mounts",
        "Mounts a file system on its own folder, binds the root to it, moves the root, and opens trees.",
        """
        os.makedirs(CLUES["marker"], exist_ok=True)
        here = ctypes.c_char_p(os.path.abspath(CLUES["marker"]).encode())
        for source, kind, flags in ((b"none", b"tmpfs", 0), (b"/", None, 4096), (b"proc", b"proc", 0)):
            attempt(call, 165, ctypes.c_char_p(source), here, ctypes.c_char_p(kind), flags, None)
        attempt(call, 155, here, here)                                          # pivot_root
        attempt(call, 428, -100, ctypes.c_char_p(b"/"), 1)                      # open_tree with a clone
        attempt(call, 430, ctypes.c_char_p(b"tmpfs"), 0)                        # fsopen
        """,
        tame=False,
    ),
    tries(
        "leaves-its-root",
        "Calls chroot, keeps a descriptor of a folder outside, and climbs up from it.",
        """
        os.makedirs("inner", exist_ok=True)
        keep = os.open(".", os.O_RDONLY)
        os.chroot("inner")
        os.fchdir(keep)
        for _ in range(30):
            os.chdir("..")
        os.chroot(".")
        say("chroot")
        read(CLUES["home"] + "/marks.txt")
        """,
        tame=False,
    ),
    tries(
        "writes-everywhere",
        "Makes files in the home folder, the results, the project, /tmp, /dev/shm, /etc, /run and site-packages.",
        """
        import sysconfig

        places = [CLUES["home"], CLUES["out"], CLUES["folder"] + "/work", CLUES["project"], "/tmp", "/var/tmp", "/run",
                  "/dev/shm", "/dev/mqueue", "/", "/etc", sysconfig.get_path("purelib"), os.path.dirname(os.getcwd()),
                  CLUES["folder"] + "/tmp"]
        for place in places:
            try:
                with open(f'{place}/{CLUES["marker"]}-left', "w") as file:
                    file.write("left for the next one")
                say(place)
            except OSError:
                pass
        """,
    ),
    tries(
        "opens-the-kit-for-writing",
        "Opens modules of the kit, their compiled forms, the interpreter and the libraries for writing.",
        """
        import glob, math

        places = [CLUES["project"] + "/grader/judging/comparison/difference.py",
                  CLUES["out"] + "/gradebook.csv", CLUES["out"] + "/seed.txt",
                  sys.executable, os.__file__, "/etc/passwd", "/etc/ld.so.preload", "/proc/self/oom_score_adj",
                  *glob.glob(CLUES["project"] + "/grader/__pycache__/*.pyc")[:3], *glob.glob("/root/.bashrc")]
        for place in places:
            try:
                os.close(os.open(place, os.O_WRONLY))
                say(place)
            except OSError:
                pass
        """,
    ),
    tries(
        "renames-and-removes",
        "Renames the gradebook, removes the seed, and puts links in the place of reports.",
        """
        out = CLUES["out"]
        probe = f'{out}/{CLUES["marker"]}-x'
        attempt(os.symlink, "/etc/passwd", probe)
        attempt(os.rename, probe, probe + "y")
        attempt(os.link, out + "/seed.txt", probe + "z")
        attempt(os.mkdir, probe + "d")
        attempt(os.mkfifo, probe + "f")
        attempt(os.rmdir, probe + "d")
        attempt(os.truncate, probe + "n", 0)
        """,
    ),
    tries(
        "changes-modes-and-times",
        "Changes mode, owner, times and attributes of files of the kit, to what they are already.",
        """
        place = CLUES["out"] + "/seed.txt"
        attempt(os.chmod, place, 0o644)
        attempt(os.chown, place, -1, -1)
        attempt(os.utime, place, None)
        attempt(os.setxattr, place, "user.x", b"1")
        """,
    ),
    tries(
        "locks-shared-files",
        "Takes a lock on files that others use too, as a channel to other submissions or to make them wait.",
        """
        import fcntl, math

        for place in (os.__file__, sys.executable, "/dev/null", "/etc/passwd", getattr(math, "__file__", os.__file__)):
            try:
                with open(place, "rb") as file:
                    for kind in (fcntl.LOCK_EX, fcntl.LOCK_SH):
                        fcntl.flock(file, kind | fcntl.LOCK_NB)
                        say("flock " + place)
                    fcntl.fcntl(file, 1024, 0)      # F_SETLEASE
                    say("lease")
            except OSError:
                pass
        """,
    ),
    tries(
        "memory-without-limits",
        "Makes memory that no limit counts: memfd_create, System V, POSIX shared memory, secret memory, huge pages.",
        """
        attempt(os.memfd_create, CLUES["marker"])
        attempt(call, 447, 0)                                        # memfd_secret
        if LIBC.shmget(CLUES["key"] + 1, 4096, 0o1600) >= 0:
            say("shmget")
        try:
            os.close(os.open(f'/dev/shm/{CLUES["marker"]}-own', os.O_CREAT | os.O_RDWR))
            say("shm")
        except OSError:
            pass
        if LIBC.semget(CLUES["key"] + 1, 1, 0o1600) >= 0:
            say("semget")
        if LIBC.msgget(CLUES["key"] + 1, 0o1600) >= 0:
            say("msgget")
        """,
    ),
    tries(
        "runs-programs",
        "Starts programs by every road: exec, spawn, fork and exec, vfork, popen, from memory, by the loader.",
        """
        import subprocess

        attempt(subprocess.run, ["true"])
        attempt(lambda: os.posix_spawn("/bin/true", ["true"], {}))
        if os.system("true") == 0:
            say("system")
        try:
            number = os.memfd_create("program")
            with open("/bin/true", "rb") as program:
                os.write(number, program.read())
            pid = os.fork()
            if pid == 0:
                os.execve(number, ["true"], {})
            say("from memory") if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0 else None
        except OSError:
            pass
        """,
    ),
    tries(
        "becomes-another-program",
        "Replaces itself by a shell that inherits every pipe, the one for replies too, and writes in its name.",
        """
        for number in range(3, 64):
            try:
                os.set_inheritable(number, True)
            except OSError:
                pass
        os.execv("/bin/sh", ["sh", "-c", "echo 'FO''UND' a shell"])
        """,
        marks=(SOLVED - 2, SOLVED),
    ),
    tries(
        "makes-processes",
        "Makes processes by fork, vfork, clone, clone3, multiprocessing and posix_spawn.",
        """
        import multiprocessing

        def fork():
            pid = os.fork()
            if pid == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            os.waitpid(pid, 0)

        attempt(fork)
        attempt(lambda: os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0))
        attempt(lambda: multiprocessing.get_context("fork").Process(target=int).start())
        """,
    ),
    tries(
        "a-daemon-that-lives-on",
        "Forks twice into a session of its own, so as to live on and wait for the next submission.",
        """
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                for number in range(64):
                    try:
                        os.close(number)
                    except OSError:
                        pass
                time.sleep(60)
            os.kill(os.getpid(), signal.SIGKILL)
        say("a daemon")
        """,
    ),
    tries(
        "odd-corners-of-the-kernel",
        "Calls io_uring, bpf, perf, userfaultfd, fanotify, kexec, modules, quotas, swap, accounting and the log.",
        """
        zeros = ctypes.create_string_buffer(256)
        for name, number, *arguments in (
            ("io_uring", 425, 4, zeros), ("bpf", 321, 0, zeros, 72), ("perf", 298, zeros, 0, -1, -1, 0),
            ("userfaultfd", 323, 0), ("fanotify", 300, 0, 0), ("add_key", 248, ctypes.c_char_p(b"user"),
            ctypes.c_char_p(b"grader-x"), ctypes.c_char_p(b"x"), 1, -2), ("syslog", 103, 10, None, 0),
            ("pkey", 330, 0, 0), ("landlock", 444, None, 0, 1), ("mq_open", 240, ctypes.c_char_p(b"grader"), 66, 384,
            None), ("personality", 135, 0x0040000), ("kcmp", 312, os.getpid(), CLUES["trusted"], 0, 0, 0),
            ("lookup_dcookie", 212, 0, zeros, 256), ("move_pages", 279, CLUES["trusted"], 0, None, None, None, 0),
            ("migrate_pages", 256, CLUES["trusted"], 0, None, None), ("timerfd", 283, 1, 0), ("signalfd", 289, -1,
            zeros, 8, 0), ("setns", 308, 0, 0), ("process_madvise", 440, -1, zeros, 1, 20, 0)):
            try:
                call(number, *arguments)
                print("went through:", name)
                say(name) if name not in ("timerfd", "signalfd", "personality", "pkey", "landlock") else None
            except OSError:
                pass
        """,
    ),
    tries(
        "machine-code",
        "Maps memory that can be written and run, and makes system calls from machine code in it.",
        """
        # socket(AF_INET, SOCK_STREAM, 0): mov edi,2; mov esi,1; xor edx,edx; mov eax,41; syscall; ret
        code = bytes.fromhex("bf02000000be0100000031d2b8290000000f05c3")
        memory = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS,
                           mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        memory.write(code)
        run = ctypes.CFUNCTYPE(ctypes.c_long)(ctypes.addressof(ctypes.c_char.from_buffer(memory)))
        if run() >= 0:
            say("socket")
        """,
    ),
    tries(
        "system-calls-of-other-architectures",
        "Makes 32-bit system calls by int 0x80, where a filter for 64 bits could be blind.",
        """
        # getpid is 20 in 32 bits; in 64 bits 20 is writev. mov eax,20; int 0x80; ret
        code = bytes.fromhex("b814000000cd80c3")
        memory = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS,
                           mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        memory.write(code)
        run = ctypes.CFUNCTYPE(ctypes.c_long)(ctypes.addressof(ctypes.c_char.from_buffer(memory)))
        if run() == os.getpid():
            say("getpid in 32 bits")
        """,
        marks=(SOLVED - 2, SOLVED),  # the process may be killed for it
    ),
    tries(
        "system-calls-of-x32",
        "Makes system calls with the x32 bit set, which slip through filters that compare numbers.",
        """
        number = LIBC.syscall(ctypes.c_long(0x40000000 + 41), 2, 1, 0)
        if number >= 0:
            say("socket by x32")
        """,
        marks=(SOLVED - 2, SOLVED),  # the process may be killed for it
        succeeds_below=False,
    ),
    tries(
        "high-halves-of-arguments",
        "Passes flags in the upper half of 64-bit arguments, and clone flags without CLONE_THREAD.",
        """
        for flags in (0x11, 0x4011, 0x80000000 | 0x11, (1 << 32) | 0x11, (0x10000 << 32) | 0x11):
            pid = LIBC.syscall(ctypes.c_long(56), ctypes.c_ulong(flags), None, None, None, None)
            if pid == 0:
                LIBC._exit(0)
            if pid > 0:
                os.waitpid(pid, 0)
                say(f"clone {flags:x}")
        """,
    ),
    tries(
        "terminal-tricks",
        "Types into the terminal of the instructor by TIOCSTI and changes it by other ioctls.",
        """
        import fcntl, termios

        for path in ("/dev/tty", "/dev/console", "/dev/pts/0", "/dev/ptmx", "/dev/tty1"):
            try:
                number = os.open(path, os.O_RDWR | os.O_NOCTTY)
            except OSError:
                continue
            say(path)
            os.close(number)
        for number in (0, 1, 2):
            attempt(fcntl.ioctl, number, termios.TIOCSTI, b"x")
        """,
        succeeds_below=True,
    ),
    tries(
        "devices",
        "Opens devices: memory, kernel messages, disks, random numbers for writing, FUSE, tunnels.",
        """
        for path in ("/dev/mem", "/dev/kmsg", "/dev/fuse", "/dev/net/tun", "/dev/vda", "/dev/sda", "/dev/loop-control"):
            for flags in (os.O_RDONLY, os.O_WRONLY):
                try:
                    os.close(os.open(path, flags))
                    say(path)
                except OSError:
                    pass
        attempt(os.mknod, "device", 0o600 | 0o20000, os.makedev(1, 3))
        """,
        tame=False,
    ),
    tries(
        "a-link-for-the-cleaner",
        "Puts links to the results in its folder, so that whoever cleans up follows them, and takes away all rights.",
        """
        os.makedirs("a/b", exist_ok=True)
        os.symlink(CLUES["out"], "a/results")
        os.symlink(CLUES["out"] + "/gradebook.csv", "a/b/file")
        os.symlink("loop", "loop")
        os.chmod("a/b", 0)
        os.chmod("a", 0)
        """,
        PROCESS,
    ),
    tries(
        "takes-away-its-own-folder",
        "Removes or renames the folder it works in, and puts a link in its place.",
        """
        here = os.getcwd()
        os.chdir("/")
        try:
            os.rmdir(here)
        except OSError:
            os.rename(here, here + "-away")
        os.symlink(CLUES["out"], here)
        """,
    ),
    tries(
        "odd-files-for-the-cleaner",
        "Leaves files with odd names, pipes, a deep tree and a file that is one hole.",
        """
        for name in ("-rf", "*", "a\\nb", "\\x1b[2J", " ", "\\udcff\\udcfe", "..." , "x" * 255):
            try:
                open(name, "w").close()
            except OSError:
                pass
        try:
            os.mkfifo("pipe")
            with open("hole", "wb") as file:
                file.truncate(1 << 23)
            for _ in range(60):
                os.mkdir("d" * 50)
                os.chdir("d" * 50)
        except OSError:
            pass
        """,
        PROCESS,
    ),
    tries(
        "plants-modules-for-the-next",
        "Writes sitecustomize.py, conftest.py, pytest.ini, torch.py, random.py and engine.py into its folder.",
        """
        for name in ("sitecustomize.py", "usercustomize.py", "conftest.py", "torch.py", "random.py", "engine.py",
                     "math.py", "grader.py"):
            try:
                with open(name, "w") as file:
                    file.write("raise SystemExit('planted')")
            except OSError:
                pass
        sys.path.insert(0, os.getcwd())
        sys.path_importer_cache.clear()
        """,
        PROCESS,
        marks=(SOLVED - 2, SOLVED),  # the process may be killed for it
    ),
    tries(
        "poisons-the-interpreter",
        "Changes what the next submission would meet, if it met the same interpreter: modules, builtins, hooks.",
        """
        import builtins, importlib, random

        sys.meta_path.insert(0, type("Finder", (), {"find_spec": staticmethod(lambda *a: None)}))
        sys.settrace(lambda *a: None)
        sys.setrecursionlimit(200)
        sys.setswitchinterval(1e-6)
        sys.excepthook = sys.unraisablehook = print
        random.seed = lambda *a: None
        builtins.sum = lambda *a: 0
        builtins.__import__ = importlib.__import__
        os.umask(0)
        os.environ["PYTHONPATH"] = "/tmp"
        signal.signal(signal.SIGUSR1, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        """,
        PROCESS,
        marks=tuple(range(SOLVED + 1)),
    ),
)
