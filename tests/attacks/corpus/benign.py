"""Odd but honest: what real students write. Every one of these deserves full marks at every level."""

import textwrap

from attacks.attacks_kit import SOLUTION, SOLVED, Attack


def odd(name: str, does: str, before: str = "", after: str = "", **more: object) -> Attack:
    """The solution with something harmless before or after it."""
    parts = [textwrap.dedent(before).strip("\n"), SOLUTION, textwrap.dedent(after).strip("\n")]
    return Attack(name, does, "\n\n".join(filter(None, parts)) + "\n", **{"marks": SOLVED, **more})  # type: ignore[arg-type]


def inside(name: str, does: str, body: str, before: str = "") -> Attack:
    """The solution, whose slope does something first."""
    body = textwrap.indent(textwrap.dedent(body).strip("\n"), "    ")
    after = f"_solved = slope\n\n\ndef slope(f, x, h):\n{body}\n    return _solved(f, x, h)\n"
    return odd(name, does, before, after)


BENIGN: tuple[Attack, ...] = (
    inside("prints-a-lot", "Prints while it computes.", "for i in range(300): print('step', i, x + i * h)"),
    inside(
        "prints-odd-characters",
        "Prints text that no terminal likes.",
        r"print('\x1b[31mred\x1b[0m', 'naïve', '😀', '\udcff', chr(0), flush=True)",
    ),
    inside("prints-to-errors", "Prints to standard error, and a warning.", "sys.stderr.write('w\\n')", "import sys"),
    inside(
        "uses-threads",
        "Computes in a thread and in a pool of threads.",
        """
        from concurrent.futures import ThreadPoolExecutor

        found = []
        thread = threading.Thread(target=lambda: found.append(f(x)))
        thread.start()
        thread.join()
        with ThreadPoolExecutor(2) as pool:
            assert list(pool.map(f, [x, x])) == [found[0]] * 2
        """,
        "import threading",
    ),
    inside(
        "counts-processors",
        "Asks how many processors there are, in every usual way.",
        "assert multiprocessing.cpu_count() > 0 and os.cpu_count() > 0",
        "import multiprocessing, os",
    ),
    inside(
        "writes-a-small-file",
        "Writes its notes into the current folder and reads them again.",
        """
        with open("notes.txt", "w") as notes:
            notes.write(f"{x} {h}")
        with open("notes.txt") as notes:
            assert notes.read() == f"{x} {h}"
        """,
    ),
    inside(
        "uses-temporary-files",
        "Writes a temporary file and a temporary folder.",
        """
        with tempfile.TemporaryFile("w+") as file, tempfile.TemporaryDirectory() as folder:
            file.write("x")
            with open(folder + "/y", "w") as other:
                other.write("y")
        """,
        "import tempfile",
    ),
    inside(
        "unusual-modules",
        "Imports unusual modules of the standard library inside its functions.",
        """
        import array, bisect, calendar, cmath, collections, contextlib, csv, ctypes, dataclasses, datetime, decimal
        import enum, fractions, functools, glob, hashlib, heapq, html, io, itertools, json, locale, logging, numbers
        import operator, pathlib, pprint, queue, random, re, secrets, shutil, socket, sqlite3, statistics, string
        import struct, subprocess, tempfile, timeit, traceback, typing, unittest, urllib.parse, uuid, weakref, zlib

        assert float(fractions.Fraction(1, 2)) == float(decimal.Decimal("0.5"))
        assert statistics.mean([1, 2, 3]) == 2 and uuid.uuid4() and secrets.token_hex(4)
        sqlite3.connect(":memory:").execute("create table t (x)")
        """,
    ),
    inside(
        "logs",
        "Logs what it does.",
        """
        logging.basicConfig(level=logging.DEBUG)
        logging.getLogger(__name__).warning("slope at %s", x)
        """,
        "import logging",
    ),
    inside("logs-to-a-file", "Logs into a file.", "logging.FileHandler('run.log').close()", "import logging"),
    inside(
        "runs-an-event-loop",
        "Computes in a coroutine.",
        """
        async def compute():
            await asyncio.sleep(0)
            return f(x)

        assert asyncio.run(compute()) == f(x)
        """,
        "import asyncio",
    ),
    odd(
        "guarded-imports",
        "Imports what may be missing, guarded by try.",
        """
        try:
            import a_module_that_nobody_has
        except ImportError:
            pass
        try:
            import tensorflow as tf
        except ImportError:
            tf = None
        """,
    ),
    odd(
        "imports-numpy-and-torch",
        "Imports numpy and torch, guarded by try.",
        """
        try:
            import numpy as np
            import torch
        except ImportError:
            np = torch = None
        """,
        heavy=True,
    ),
    odd(
        "imports-matplotlib",
        "Imports matplotlib, as the lecture's notebook does in its first cell.",
        """
        try:
            import matplotlib
            matplotlib.use("Agg")
            import matplotlib.pyplot as plt
        except ImportError:
            plt = None
        """,
        heavy=True,
    ),
    inside(
        "catches-everything",
        "Catches BaseException around its own mistakes.",
        """
        try:
            raise KeyboardInterrupt
        except BaseException:
            pass
        try:
            1 / 0
        except:
            pass
        """,
    ),
    odd("recursion-limit", "Raises the recursion limit.", "import sys\nsys.setrecursionlimit(100_000)"),
    inside(
        "recurses",
        "Recurses five thousand deep.",
        """
        def down(n):
            return 0 if n == 0 else down(n - 1)

        sys.setrecursionlimit(20_000)
        assert down(5000) == 0
        """,
        "import sys",
    ),
    odd(
        "slots-and-dataclasses",
        "Has classes with slots, properties, and data classes.",
        after="""
        from dataclasses import dataclass

        @dataclass(frozen=True, slots=True)
        class Point:
            x: float
            y: float = 0.0

        assert Point(1.0) == Point(1.0, 0.0)
        """,
    ),
    inside("sets-an-alarm", "Sets and clears an alarm.", "signal.alarm(30); signal.alarm(0)", "import signal"),
    inside(
        "handles-signals",
        "Sets a handler of its own for an interrupt, and puts the old one back.",
        "signal.signal(signal.SIGINT, signal.signal(signal.SIGINT, signal.SIG_DFL))",
        "import signal",
    ),
    odd("warnings-are-errors", "Turns warnings into errors.", 'import warnings\nwarnings.filterwarnings("error")'),
    inside("seeds-the-generator", "Seeds a generator, draws.", "random.seed(42); random.random()", "import random"),
    inside("sleeps-a-little", "Sleeps ten milliseconds.", "time.sleep(0.01)", "import time"),
    odd("no-collector", "Switches the garbage collector off, and empties it.", "import gc\ngc.disable()\ngc.collect()"),
    inside(
        "asks-where-it-is",
        "Asks for its folder, its home, its user, its machine and its file.",
        """
        os.getcwd(), os.environ.get("HOME"), os.path.expanduser("~"), os.getpid(), platform.platform(), __file__
        try:
            getpass.getuser()
        except (KeyError, OSError):
            pass
        """,
        "import getpass, os, platform\n__file__ = globals().get('__file__', 'derivatives.py')",
    ),
    inside("uses-its-locale", "Sets the locale of its user.", "locale.setlocale(locale.LC_ALL, '')", "import locale"),
    inside(
        "reads-its-own-source",
        "Looks at the source of its own functions.",
        'assert "2 * h" in inspect.getsource(symmetric_slope)',
        "import inspect",
    ),
    inside(
        "pickles-and-copies",
        "Pickles, copies and hashes objects of its own.",
        """
        point = {"x": x, "h": [h, (h,)]}
        assert pickle.loads(pickle.dumps(point)) == copy.deepcopy(point) == point
        """,
        "import copy, pickle",
    ),
    odd(
        "names-in-unicode",
        "Uses names and comments outside ASCII.",
        after="""
        def Größe(ξ, Δ):    # größer als π?
            return ξ + Δ

        assert Größe(1, 2) == 3
        """,
    ),
    Attack("line-ends-of-windows", "Has line ends of Windows.", SOLUTION.replace("\n", "\r\n"), SOLVED),
    Attack("line-ends-of-old", "Has line ends of old machines.", SOLUTION.replace("\n", "\r"), SOLVED),
    Attack("byte-order-mark", "Begins with a byte order mark.", "\ufeff" + SOLUTION, SOLVED),
    Attack("tabs", "Is indented by tabs.", SOLUTION.replace("    ", "\t"), SOLVED),
    Attack("no-last-newline", "Ends without a line end.", SOLUTION.rstrip("\n"), SOLVED),
    Attack("form-feeds", "Has form feeds and trailing blanks.", SOLUTION.replace("\n\n\ndef", " \n\f\n\ndef"), SOLVED),
    odd("encoding-declared", "Declares its encoding.", "# -*- coding: utf-8 -*-"),
    odd(
        "main-block",
        "Has a main block that would ask for input.",
        after="""
        if __name__ == "__main__":
            print(slope(float, float(input("x? ")), 0.1))
        """,
    ),
    Attack(
        "future-annotations",
        "Has annotations, some of which name what does not exist.",
        "from __future__ import annotations\n" + SOLUTION.replace("slope(f, x, h):", "slope(f: Missing, x: X, h):"),
        SOLVED,
    ),
    odd(
        "a-demo-at-the-end",
        "Trains a little when it is imported.",
        after="""
        w = 5.0
        for _ in range(200):
            w -= 0.1 * symmetric_slope(lambda w: (w - 2) ** 2, w, 1e-4)
        print(f"w = {w:.3f}")
        assert abs(w - 2) < 1e-3
        """,
    ),
    odd(
        "doctests-itself",
        "Runs its own examples.",
        after="""
        import doctest
        print(doctest.run_docstring_examples(slope, {"slope": slope}))
        """,
    ),
    odd(
        "files-that-shadow",
        "Is handed in with files called random.py, torch.py, conftest.py, pytest.ini and __init__.py.",
        beside={
            "random.py": "raise SystemExit('planted')",
            "torch.py": "raise SystemExit('planted')",
            "conftest.py": "raise SystemExit('planted')",
            "pytest.ini": "[pytest]\naddopts = --maxfail=0\n",
            "sitecustomize.py": "raise SystemExit('planted')",
        },
    ),
    inside(
        "takes-its-time",
        "Computes a tenth of a second.",
        """
        until = time.perf_counter() + 0.1
        while time.perf_counter() < until:
            pass
        """,
        "import time",
    ),
    inside("uses-forty-megabytes", "Uses some memory.", "assert len(bytearray(40 << 20)) == 40 << 20"),
    inside(
        "reads-the-clock",
        "Asks for the time in all ways.",
        "time.time(), time.monotonic(), time.localtime(), datetime.datetime.now().isoformat(), time.process_time()",
        "import datetime, time",
    ),
    inside("cached", "Remembers its results.", "double(x)", "import functools\ndouble = functools.cache(float)"),
    odd(
        "leaves-quietly-registered",
        "Registers an exit.",
        "import atexit\natexit.register(print, 'bye')",
    ),
    inside(
        "a-thread-in-the-background",
        "Leaves a thread that sleeps in the background.",
        "threading.Thread(target=time.sleep, args=(30,), daemon=True).start()",
        "import threading, time",
    ),
    odd("exports-names", "Says what it exports, and has a version.", '__all__ = ["slope"]\n__version__ = "0.1"'),
)
