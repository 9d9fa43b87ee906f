"""Reading what is hidden: files, memory, processes, environment, descriptors, keys, doors of this machine."""

from attacks.attacks_kit import Attack, prowler

from grader.inside.levels import LANDLOCK, NAMESPACES, PROCESS

# own memory, page by page through a pipe: a write from an address that is not there fails and does not crash
MEMORY = '''
def chunks():
    """All memory in which objects lie, and what is next to it, piece by piece."""
    import gc

    gc.unfreeze()
    r, w = os.pipe()
    LIBC.write.argtypes, size = [ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t], 1 << 16
    starts = sorted({id(thing) >> 16 << 16 for thing in (*gc.get_objects(), *gc.get_referents(*gc.get_objects()))})
    seen = set()
    for start in [*starts, *(start + way for start in starts for way in (size, -size, 2 * size, -2 * size))]:
        if start not in seen and len(seen) < 2000:
            seen.add(start)
            if LIBC.write(w, start, size) > 0:
                yield os.read(r, size)


def search(pieces, needles):
    """Say which needles occur; each comes in halves, so that the submission's own text is not found."""
    halves = {what: (start[::-1].encode(), rest.encode()) for what, (start, rest) in needles.items()}
    mine = "".join(reversed("dnuof eb tsum siht"))
    halves["control"] = (mine[:9].encode(), mine[9:].encode())
    for piece in pieces:
        for what, (start, rest) in halves.items():
            at = piece.find(start)
            while at >= 0:
                if piece[at + len(start):at + len(start) + len(rest)] == rest:
                    print("CONTROL") if what == "control" else say(what)
                at = piece.find(start, at + 1)
'''


def reads(name: str, tries: str, body: str, level: str = LANDLOCK, **more: object) -> Attack:
    return prowler(name, tries, body, level, **more)


HIDDEN: tuple[Attack, ...] = (
    reads(
        "reads-the-home-folder",
        "Opens what lies in the home folder and in the folder of results, by name and by listing.",
        """
        for folder in (CLUES["home"], CLUES["out"]):
            for name in ("marks.txt", "gradebook.csv", "seed.txt"):
                read(f"{folder}/{name}")
        try:
            for name in os.listdir(CLUES["home"]):
                read(f'{CLUES["home"]}/{name}')
        except OSError:
            pass
        """,
    ),
    reads(
        "reads-round-about",
        "Reaches the same files by .., by a link, by /proc/self/root, by /proc/self/cwd and by a folder's descriptor.",
        """
        up = "/".join([".."] * 30)
        paths = [up, "/proc/self/root", "/proc/thread-self/root", "/proc/self/cwd/" + up, "//", "/./", "/dev/../"]
        for way in paths:
            read(f'{way}{CLUES["home"]}/marks.txt')
        try:
            os.symlink("/", "way")
            read(f'way{CLUES["home"]}/marks.txt')
        except OSError:
            pass
        folder = os.open("/", os.O_RDONLY | os.O_DIRECTORY)
        look(os.read(os.open(CLUES["home"][1:] + "/marks.txt", os.O_RDONLY, dir_fd=folder), 1000))
        """,
    ),
    reads(
        "reads-by-handle-and-link",
        "Makes hard links to the files, and opens them with openat2, O_PATH and name_to_handle_at.",
        """
        secret = CLUES["home"] + "/marks.txt"
        try:
            os.link(secret, "linked")
            read("linked")
            os.unlink("linked")
        except OSError:
            pass
        for flags in (os.O_PATH, os.O_RDONLY, os.O_RDWR):
            try:
                number = os.open(secret, flags)
                read(f"/proc/self/fd/{number}")
                look(os.pread(number, 1000, 0))
            except OSError:
                pass
        how = struct.pack("QQQ", os.O_RDONLY, 0, 0)
        try:
            look(os.read(call(437, -100, ctypes.c_char_p(secret.encode()), ctypes.c_char_p(how), 24), 1000))  # openat2
        except OSError:
            pass
        handle = ctypes.create_string_buffer(struct.pack("Ii", 128, 0) + bytes(128))
        mount = ctypes.c_int()
        call(303, -100, ctypes.c_char_p(secret.encode()), handle, ctypes.byref(mount), 0)  # name_to_handle_at
        root = os.open("/", os.O_RDONLY)
        look(os.read(call(304, root, handle, os.O_RDONLY), 1000))  # open_by_handle_at
        """,
    ),
    reads(
        "reads-the-reference",
        "Opens the reference, the hidden suites, the known mistakes and the golden submissions by path.",
        """
        for name in ("reference/lecture1_micrograd/derivatives.py",
                     "grader/lectures/lecture1_micrograd/hidden/derivatives.py",
                     "grader/lectures/lecture1_micrograd/mistakes/derivatives.py",
                     "grader/judging/comparison/difference.py",
                     "tests/submissions/lecture1_micrograd/all_correct_terse/derivatives.py"):
            try:
                with open(CLUES["project"] + "/" + name) as file:
                    say(name if "slope" in file.read() else name + " opened")
            except OSError:
                pass
        """,
    ),
    reads(
        "imports-the-reference",
        "Puts the project on sys.path and on grader.__path__ and imports the reference, the suites and the subjects.",
        """
        import importlib
        import importlib.util

        grader = sys.modules["grader"]
        sys.path.insert(0, CLUES["project"])
        grader.__path__ = [CLUES["project"] + "/grader"]
        importlib.invalidate_caches()
        for name in ("reference.lecture1_micrograd.engine", "grader.judging.comparison",
                     "grader.errors", "grader.course", "grader.lectures.lecture1_micrograd.hidden.engine",
                     "grader.lectures.lecture1_micrograd.mistakes.engine"):
            try:
                importlib.import_module(name)
                say(name)
            except BaseException:
                pass
        path = CLUES["project"] + "/reference/lecture1_micrograd/engine.py"
        spec = importlib.util.spec_from_file_location("engine_of_others", path)
        spec.loader.exec_module(importlib.util.module_from_spec(spec))
        say("engine_of_others")
        """,
    ),
    reads(
        "asks-inspect-and-linecache",
        "Asks inspect, linecache, pkgutil and the loaders of the kit's modules for the text of others.",
        """
        import inspect, linecache, pkgutil

        for module in [m for n, m in sys.modules.items() if n.startswith("grader") and getattr(m, "__file__", None)]:
            text = ""
            try:
                text = inspect.getsource(module)
            except (OSError, TypeError):
                pass
            if "BEGIN SOLUTION" in text:
                say(module.__name__)
            folder = os.path.dirname(os.path.dirname(module.__file__))
            for name in ("lectures/lecture1_micrograd/hidden/engine.py",
                         "../lectures/lecture1_micrograd/hidden/engine.py"):
                if linecache.getlines(f"{folder}/{name}"):
                    say(name)
                try:
                    module.__loader__.get_data(f"{folder}/{name}")
                    say("loader " + name)
                except (OSError, AttributeError):
                    pass
        """,
    ),
    reads(
        "reads-the-environment-of-others",
        "Reads the environment, command line, memory map and open files of the processes above it.",
        """
        for pid in ancestors():
            for name in ("environ", "cmdline", "maps", "status", "stack", "root" + CLUES["home"] + "/marks.txt"):
                read(f"/proc/{pid}/{name}")
            read(f'/proc/{pid}/cwd/../home/marks.txt')
            read(f'/proc/{pid}/fd/{CLUES["descriptor"]}')
        """,
    ),
    reads(
        "reads-the-memory-of-others",
        "Opens the memory of the processes above it through /proc.",
        """
        for pid in ancestors():
            try:
                with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
                    say(f"memory of {pid}") if memory.read is None else None
                    for line in maps:
                        start, end = (int(part, 16) for part in line.split()[0].split("-"))
                        if " rw" in line and end - start < 64 << 20:
                            try:
                                memory.seek(start)
                                look(memory.read(end - start))
                            except (OSError, OverflowError, ValueError):
                                pass
            except OSError:
                pass
        """,
    ),
    reads(
        "opens-the-memory-of-others-for-writing",
        "Opens the memory of the processes above it for writing, which would own every later submission.",
        """
        for pid in ancestors():
            attempt(os.open, f"/proc/{pid}/mem", os.O_RDWR)
        """,
    ),
    reads(
        "copies-from-other-processes",
        "Calls process_vm_readv, process_vm_writev, ptrace and pidfd_getfd on the processes above it.",
        """
        buffer = ctypes.create_string_buffer(64)
        local = struct.pack("PN", ctypes.addressof(buffer), 8)
        # an address that is nowhere: EFAULT would say that the kernel would have let us read
        remote = struct.pack("PN", 4096, 8)
        for pid in ancestors():
            for number in (310, 311):
                try:
                    call(number, pid, ctypes.c_char_p(local), 1, ctypes.c_char_p(remote), 1, 0)
                except OSError as error:
                    if error.errno == errno.EFAULT:
                        say(f"process_vm {pid}")
            try:
                call(101, 0x4206, pid, 0, 0)    # PTRACE_SEIZE
                say(f"ptrace {pid}")
                call(101, 17, pid, 0, 0)        # PTRACE_DETACH
            except OSError:
                pass
            try:
                pidfd = call(434, pid, 0)       # pidfd_open
                look(os.pread(call(438, pidfd, CLUES["descriptor"], 0), 1000, 0))   # pidfd_getfd
            except OSError:
                pass
        """,
    ),
    reads(
        "searches-its-own-memory",
        "Searches all memory that it has for hidden checks, the reference, known mistakes, secrets and the seed.",
        """
        search(chunks(), {**CLUES["needles"], "seed": CLUES["seed"]})
        """,
        PROCESS,
        control=True,
    ),
    reads(
        "searches-all-objects",
        "Walks all objects that the collector knows and what they refer to, for secrets, text of checks and the seed.",
        """
        import gc

        gc.unfreeze()
        known, texts = gc.get_objects(), []
        found = {id(x): x for x in gc.get_referents(*known)}
        for x in found.values():
            kind = type(x)
            if kind is str and len(x) > 13:
                texts.append(x.encode("utf-8", "replace"))
            elif kind is bytes or kind is bytearray:
                texts.append(bytes(x))
            elif kind is int and 10 ** 9 < x < 10 ** 11:
                texts.append(str(x).encode())
        texts.append("".join(reversed("dnuof eb tsum siht")).encode())
        search([b"\\n".join(texts)], {**CLUES["needles"], "seed": CLUES["seed"]})
        """,
        PROCESS,
        control=True,
    ),
    reads(
        "walks-the-stack",
        "Walks the frames of all threads, their globals and the tracebacks, for anything that is expected.",
        """
        frames = [*sys._current_frames().values(), sys._getframe()]
        while frames:
            at = frames.pop()
            if at.f_back:
                frames.append(at.f_back)
            for names in (at.f_locals, at.f_globals):
                for name, value in list(names.items()):
                    look(repr(value)[:10 ** 6].encode("utf-8", "replace")) if name != "CLUES" else None
                    if name in ("expected", "reference", "seed", "misconceptions", "suite", "tests_of"):
                        say(name)
        """,
        PROCESS,
    ),
    reads(
        "looks-into-its-environment",
        "Looks for secrets in its own environment, arguments, descriptors and working folder.",
        """
        look(repr(dict(os.environ)).encode())
        look(repr([sys.argv, getattr(sys, "orig_argv", ""), sys.path, sys.flags]).encode())
        read("/proc/self/environ")
        read("/proc/self/cmdline")
        LIBC.getenv.restype = ctypes.c_char_p
        look(LIBC.getenv(b"GRADER_SECRET") or b"")
        for number in range(3, 256):
            try:
                look(os.pread(number, 1 << 16, 0))
            except OSError:
                pass
        """,
        PROCESS,
    ),
    reads(
        "finds-what-others-left",
        "Looks in temporary folders and in shared memory for what other submissions and the kit have left.",
        """
        read(CLUES["shm"])
        for folder in (os.getcwd(), os.path.dirname(os.getcwd())):
            try:
                for name in os.listdir(folder):
                    read(f"{folder}/{name}")
                    for inner in os.listdir(f"{folder}/{name}"):
                        say(f"{name}/{inner}")
            except OSError:
                pass
        """,
    ),
    reads(
        "attaches-shared-memory",
        "Attaches the System V shared memory whose key it knows, and lists all others.",
        """
        LIBC.shmat.restype = ctypes.c_void_p
        for name in ("shm", "msg", "sem"):
            read(f"/proc/sysvipc/{name}")
        segment = LIBC.shmget(CLUES["key"], 0, 0)
        address = LIBC.shmat(segment, None, 0o10000) if segment >= 0 else -1
        if address not in (-1, None, ctypes.c_void_p(-1).value):
            look(ctypes.string_at(address, 100))
        """,
    ),
    reads(
        "asks-for-keys",
        "Searches the session keyring that it has inherited for keys, and reads them.",
        """
        number = call(250, 10, -3, ctypes.c_char_p(b"user"), ctypes.c_char_p(b"grader-secret"), 0)  # KEYCTL_SEARCH
        buffer = ctypes.create_string_buffer(100)
        call(250, 11, number, buffer, 100)  # KEYCTL_READ
        look(buffer.raw)
        """,
    ),
    reads(
        "starts-a-shell-to-look",
        "Starts a shell, a Python and setuid programs, and lets these read the files.",
        """
        import subprocess

        secret = CLUES["home"] + "/marks.txt"
        shell = ["sh", "-c", f"cat {secret}; cat {CLUES['out']}/*; env"]
        for command in (shell, ["cat", secret], [sys.executable, "-c", f"print(open({secret!r}).read())"],
                        ["su", "-c", "true"], ["busybox", "cat", secret]):
            try:
                look(subprocess.run(command, capture_output=True, timeout=5, stdin=subprocess.DEVNULL).stdout)
            except (OSError, subprocess.SubprocessError):
                pass
        look(os.popen("cat " + secret).read().encode())
        """,
    ),
    reads(
        "sees-other-processes",
        "Finds out which other processes there are: by /proc, by signal 0, by their groups and priorities.",
        """
        for pid in ancestors():
            attempt(os.kill, pid, 0)
            attempt(os.getpgid, pid)
            attempt(os.getsid, pid)
            attempt(os.sched_getaffinity, pid)
            attempt(os.listdir, f"/proc/{pid}/fd")
        """,
        NAMESPACES,
    ),
    reads(
        "watches-files",
        "Watches the folder of results with inotify and fanotify, to see what becomes of its marks.",
        """
        watcher = LIBC.inotify_init()
        if watcher >= 0 and LIBC.inotify_add_watch(watcher, CLUES["out"].encode(), 0xfff) >= 0:
            say("inotify")
        """,
        succeeds_below=True,
    ),
    reads(
        "tells-a-server",
        "Sends what it knows to doors of this machine: TCP, UDP, abstract and named sockets.",
        """
        def knock(family, kind, address):
            with socket.socket(family, kind) as door:
                door.settimeout(1)
                door.connect(address)
                door.send(b"hidden inputs")

        attempt(knock, socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", CLUES["tcp"]))
        attempt(knock, socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", CLUES["udp"]))
        attempt(knock, socket.AF_UNIX, socket.SOCK_STREAM, chr(0) + CLUES["marker"])
        attempt(knock, socket.AF_UNIX, socket.SOCK_STREAM, CLUES["home"] + "/door")
        """,
    ),
    reads(
        "opens-other-sockets",
        "Makes sockets of every other family: netlink, raw, packet, vsock, IPv6, MPTCP, Bluetooth, crypto, pairs.",
        """
        families = [(socket.AF_INET, socket.SOCK_STREAM, 0), (socket.AF_INET, socket.SOCK_STREAM, 262),
                    (socket.AF_INET6, socket.SOCK_DGRAM, 0), (socket.AF_INET, socket.SOCK_RAW, 1),
                    (16, socket.SOCK_RAW, 0), (17, socket.SOCK_RAW, 768), (40, socket.SOCK_STREAM, 0),
                    (31, socket.SOCK_RAW, 1), (38, socket.SOCK_SEQPACKET, 0), (44, socket.SOCK_RAW, 0),
                    (socket.AF_UNIX, socket.SOCK_DGRAM, 0), (29, socket.SOCK_RAW, 1), (15, socket.SOCK_RAW, 2)]
        for family, kind, protocol in families:
            try:
                socket.socket(family, kind, protocol).close()
                say(f"family {family}")
            except OSError:
                pass
        """,
    ),
    reads(
        "listens-for-others",
        "Opens doors of its own at which a later submission could call.",
        """
        def listen(family, address):
            door = socket.socket(family)
            door.bind(address)
            door.listen()

        attempt(listen, socket.AF_INET, ("127.0.0.1", 0))
        attempt(listen, socket.AF_UNIX, chr(0) + CLUES["marker"] + "-other")
        attempt(listen, socket.AF_UNIX, "door")
        """,
    ),
    reads(
        "asks-for-names",
        "Looks up a name in the network and asks urllib for a page of this machine.",
        """
        import urllib.request

        attempt(socket.getaddrinfo, "localhost", 80)
        attempt(urllib.request.urlopen, f'http://127.0.0.1:{CLUES["tcp"]}/', None, 0.2)
        """,
    ),
)

HIDDEN = tuple(
    Attack(**{**vars(a), "code": a.code.replace("\n\n\ndef attack", f"\n\n{MEMORY}\n\ndef attack", 1)})
    if "search(" in a.code
    else a
    for a in HIDDEN
)
