"""Denial of service: taking time, memory, processes, files and output, and refusing to end."""

import textwrap

from attacks.attacks_kit import LECTURE, SOLUTION, Attack

from grader.inside.levels import LANDLOCK
from grader.judging.suite import PUBLIC, tests_of

# what the public checks of the other exercises of the file are worth
RIGHT = sum(
    test.points
    for test in tests_of(LECTURE)
    if test.visibility == PUBLIC and test.exercise in ("symmetric-slope", "gradf", "numerical-gradient")
)


def bomb(name: str, tries: str, body: str, **more: object) -> Attack:
    """An attack whose slope is a bomb; everything else in the file is right."""
    slope = "def slope(f, x, h):\n" + textwrap.indent(textwrap.dedent(body).strip("\n"), "    ")
    imports = "import ctypes, os, signal, sys, threading, time\n"
    code = "\n\n\n".join([imports + SOLUTION, slope + "\n    return None\n"])
    return Attack(name, tries, code, **{"marks": RIGHT, "hurried": True, "hidden": False, **more})  # type: ignore[arg-type]


def at_import(name: str, tries: str, code: str, **more: object) -> Attack:
    """An attack that begins when the file is imported."""
    text = "\n\n".join([SOLUTION, "import ctypes, os, signal, sys, threading, time", textwrap.dedent(code)])
    return Attack(name, tries, text, **{"marks": 0, "hurried": True, "hidden": False, **more})  # type: ignore[arg-type]


DENIALS: tuple[Attack, ...] = (
    bomb("endless-loop", "Runs for ever.", "while True: pass"),
    bomb(
        "endless-loop-that-catches-everything",
        "Runs for ever and catches whatever could stop it.",
        """
        while True:
            try:
                while True: pass
            except BaseException:
                continue
        """,
    ),
    bomb("endless-loop-in-c", "Spends ages in one call of the interpreter.", "sum(range(10 ** 12))"),
    bomb("giant-power", "Computes a number with a thousand million digits.", "return 7 ** 10 ** 9"),
    bomb(
        "catastrophe-of-an-expression",
        "Matches a regular expression that needs exponential time.",
        """
        import re
        re.match("(a+)+$", "a" * 40 + "b")
        """,
    ),
    bomb("sleeps-for-ever", "Does nothing, for ever.", "while True: time.sleep(1000)"),
    bomb(
        "deaf-to-signals",
        "Ignores and blocks every signal, sets alarms for itself, and runs for ever.",
        """
        for number in range(1, 65):
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                pass
        signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
        while True: pass
        """,
    ),
    bomb(
        "deadlock",
        "Waits for a lock that it holds itself.",
        """
        lock = threading.Lock()
        lock.acquire()
        lock.acquire()
        """,
    ),
    bomb(
        "joins-itself",
        "Waits for a thread that waits for it, while another thread holds the interpreter.",
        """
        main = threading.current_thread()
        other = threading.Thread(target=main.join)
        other.start()
        other.join()
        """,
    ),
    bomb(
        "stays-in-its-exit",
        "Has functions that run at exit, threads that are no daemons and objects that hang when removed.",
        """
        import atexit

        class Stays:
            def __del__(self): time.sleep(60)

        atexit.register(time.sleep, 60)
        threading.Thread(target=time.sleep, args=(60,)).start()
        sys.keeps = Stays()
        sys.exit(3)
        """,
    ),
    bomb(
        "a-thousand-threads",
        "Starts as many threads as it can get, each of them busy.",
        """
        for _ in range(1000):
            try:
                threading.Thread(target=lambda: time.sleep(60), daemon=True).start()
            except (RuntimeError, MemoryError):
                break
        while True: time.sleep(1)
        """,
    ),
    bomb(
        "fork-bomb",
        "Starts processes that start processes; ours are at most some hundred.",
        """
        for _ in range(7):
            try:
                os.fork()
            except OSError:
                break
        while True: time.sleep(60)
        """,
    ),
    bomb(
        "processes-in-sessions-of-their-own",
        "Starts processes that leave the group and the session and ignore signals, and ends itself.",
        """
        for _ in range(8):
            try:
                if os.fork() == 0:
                    os.setsid()
                    signal.signal(signal.SIGTERM, signal.SIG_IGN)
                    while True: time.sleep(60)
            except OSError:
                break
        os._exit(0)
        """,
    ),
    bomb(
        "memory-of-a-list",
        "Lets a list grow without end.",
        """
        grown = []
        while True: grown.append(bytearray(1 << 24))
        """,
    ),
    bomb("memory-at-once", "Asks for a terabyte.", "return bytearray(1 << 40)"),
    bomb(
        "memory-of-a-text",
        "Doubles a text again and again, and keeps on when that fails.",
        """
        text = "x" * 1024
        while True:
            try:
                text += text
            except MemoryError:
                pass
        """,
    ),
    bomb(
        "memory-mapped",
        "Maps memory, touched and shared, and a file that is larger than the memory.",
        """
        import mmap

        kept = []
        while len(kept) < 400:
            try:
                kept.append(mmap.mmap(-1, 1 << 24))
                kept[-1].write(bytes(1 << 20))
            except (OSError, ValueError, MemoryError):
                break
        raise MemoryError
        """,
    ),
    bomb(
        "memory-that-no-limit-counts",
        "Fills files that live in memory and belong to no process: memfd and /dev/shm, up to 200 MB.",
        """
        number = os.memfd_create("memory")
        for _ in range(13):
            os.lseek(number, 1 << 24, 1)
            os.write(number, bytes(1 << 20))
        print("".join(("FO", "UND")), "memory")
        """,
        impossible_from=LANDLOCK,
        succeeds_below=False,
    ),
    bomb(
        "one-large-file",
        "Writes a file as large as the disk.",
        """
        with open("large", "wb") as file:
            while True: file.write(bytes(1 << 20))
        """,
    ),
    bomb(
        "many-files",
        "Makes files without end.",
        """
        count = 0
        while True:
            count += 1
            open(f"file{count}", "w").close()
        """,
    ),
    bomb(
        "many-folders",
        "Makes folders in folders, three hundred deep.",
        """
        for _ in range(300):
            os.mkdir("folder" * 20)
            os.chdir("folder" * 20)
        """,
        marks=tuple(range(RIGHT + 1)),  # taking them away again counts for its time
    ),
    bomb(
        "folders-without-end",
        "Makes folders in folders without end: removing them takes longer than making them.",
        """
        while True:
            os.mkdir("folder" * 20)
            os.chdir("folder" * 20)
        """,
        impossible_from=LANDLOCK,
        tame=False,
        marks=tuple(range(RIGHT + 1)),  # as above
    ),
    bomb("many-descriptors", "Opens descriptors without end.", "while True: os.pipe()"),
    bomb("output-flood", "Prints without end.", "while True: os.write(1, bytes(1 << 16))"),
    bomb("errors-flood", "Prints to standard error without end.", "while True: print('more ' * 1000, file=sys.stderr)"),
    bomb("answers-flood", "Writes to the reply pipe without end.", "while True: os.write(4, bytes(1 << 16))"),
    bomb("traces-flood", "Writes to the pipe of traces without end.", "while True: os.write(5, b'File ' * 9999)"),
    bomb(
        "answers-byte-by-byte",
        "Answers one byte after the other, each just before patience ends.",
        """
        os.write(4, b"\\xff\\xff\\x0f\\x00")
        while True:
            os.write(4, b" ")
            time.sleep(0.01)
        """,
    ),
    bomb(
        "deep-recursion",
        "Recurses without end, with the limit raised.",
        """
        sys.setrecursionlimit(10 ** 9)
        def down(n): return down(n + 1) + 1
        return down(0)
        """,
    ),
    bomb(
        "stack-of-c",
        "Overflows the stack of C, by comparing lists that hold each other and by nested repr.",
        """
        sys.setrecursionlimit(10 ** 9)
        threading.stack_size(1 << 26)
        nested = None
        for _ in range(10 ** 6): nested = [nested]
        return repr(nested) == nested
        """,
    ),
    bomb("null-pointer", "Reads from address 0.", "ctypes.string_at(0)"),
    bomb(
        "wild-writes",
        "Writes over memory of the interpreter.",
        "for thing in (None, True, type, sys.modules): ctypes.memset(id(thing), 0xff, 64)",
    ),
    bomb("aborts", "Aborts.", "os.abort()"),
    bomb("kills-itself", "Kills itself.", "os.kill(os.getpid(), signal.SIGKILL)"),
    bomb("stops-itself", "Stops itself, so that it neither answers nor ends.", "os.kill(os.getpid(), signal.SIGSTOP)"),
    bomb("leaves-with-a-status", "Leaves with status 3, past every finally.", "os._exit(3)"),
    bomb(
        "leaves-by-machine-call",
        "Leaves by the system call itself, which no patch of Python sees.",
        "ctypes.CDLL(None).syscall(231, 0)",
    ),
    bomb(
        "answer-of-a-million-parts",
        "Returns a list of a million numbers, and one nested ten thousand deep.",
        "return [[0.0] * 1000 for _ in range(1000)]",
    ),
    bomb(
        "answer-without-end",
        "Returns a list that contains itself.",
        """
        endless = []
        endless.append(endless)
        return endless
        """,
    ),
    bomb(
        "object-that-hangs-when-shown",
        "Raises an exception whose text takes for ever, and whose type has an endless name.",
        """
        class Slow(type("E" * 10 ** 6, (Exception,), {})):
            def __str__(self):
                while True: pass
        raise Slow
        """,
    ),
    bomb(
        "exception-of-a-megabyte",
        "Raises an exception with a long text, a long chain and many notes.",
        """
        error = ValueError("x" * 10 ** 6)
        for _ in range(1000):
            after = ValueError("y" * 1000)
            after.__cause__, error = error, after
        raise error
        """,
    ),
    bomb(
        "a-thread-that-lives-on",
        "Leaves a thread that takes the interpreter's time from all later checks, and answers wrongly.",
        """
        def busy():
            while True: sum(range(1000))
        threading.Thread(target=busy, daemon=True).start()
        return 0.0
        """,
        marks=tuple(range(RIGHT + 1)),
    ),
    at_import("hangs-at-import", "Never finishes its import.", "while True: pass"),
    at_import("dies-at-import", "Ends the process while it is imported.", "os.kill(os.getpid(), signal.SIGSEGV)"),
    at_import("raises-at-import", "Raises SystemExit while it is imported.", "raise SystemExit('bye')"),
    at_import(
        "a-source-that-takes-ages",
        "Hands in source that the compiler needs long for, or breaks down on.",
        "x = " + "(" * 5000 + ")" * 5000,
    ),
    at_import(
        "a-source-nested-deep",
        "Hands in source that is nested a hundred thousand deep, for whoever reads it as a tree.",
        "x = " + "-" * 100_000 + "1",
    ),
    at_import("a-constant-that-grows", "Hands in a constant that the compiler folds.", "x = 'x' * 10 ** 10"),
    at_import(
        "imports-itself",
        "Imports itself again and again under other names.",
        """
        import importlib
        while True:
            sys.modules.pop(__name__, None)
            importlib.import_module(__name__)
        """,
    ),
    at_import(
        "waits-for-input",
        "Reads from standard input, and from every pipe it has.",
        """
        sys.stdin.read()
        while True: os.read(3, 1)
        """,
    ),
)
